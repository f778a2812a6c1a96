"""The shape of what comes in about agencies: how they are called, ranked and printed, where they are reached."""

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import AgencyKind, Family, PaperRules, SigningAuthority
from agencies.directory.models import Agency, AgencyName
from agencies.registry.services import FIRST, Contact, Facts
from agencies.registry.services.contact import must_be_a_phone, must_be_an_email
from agencies.units.models import AdminUnit
from records import clock
from records.errors import RuleBroken
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

_USUAL = "usual"
_LONGEST_LINES = 420
_NO_PARENT = ("", _("None"))


def _lines(label, help_text="", **kwargs) -> ProseField:
    kwargs.setdefault("required", False)
    widget = forms.Textarea(attrs={"rows": 2})
    return ProseField(label=label, help_text=help_text, max_length=_LONGEST_LINES, widget=widget, **kwargs)


class _Reached(PortalForm):
    """Where an agency is reached."""

    phone = LineField(label=_("Telephone"), max_length=60, required=False)
    email = LineField(label=_("E-mail"), max_length=120, required=False)
    address = LineField(label=_("Address"), max_length=200, required=False)

    def clean(self):
        """What is wrong with the contact is told together with all else that is wrong."""
        typed = super().clean()
        for field, must_be in (("phone", must_be_a_phone), ("email", must_be_an_email)):
            try:
                must_be(self.cleaned_data.get(field, ""))
            except RuleBroken as refusal:
                self.add_refusal(refusal)
        return typed

    def contact(self) -> Contact:
        """The contact as the services take it."""
        return Contact(*(self.cleaned_data[name] for name in ("phone", "email", "address")))


class FactsForm(PortalForm):
    """What adding, changing and correcting an agency share. What may be left blank is filled with what is usual."""

    name = LineField(label=_("Official name"), max_length=200, help_text=_("In full, as papers print it."))
    kind = forms.ChoiceField(label=_("Kind"), choices=AgencyKind.choices, initial=AgencyKind.OTHER.value)
    kind_label = LineField(
        label=_("Name of the kind"),
        max_length=100,
        required=False,
        help_text=_("Only for “Other kind”: newspaper, military command, religious body…"),
    )
    abbreviation = LineField(label=_("Abbreviation"), max_length=20)
    short_name = LineField(
        label=_("Short name"), max_length=80, required=False, help_text=_("For tables. Left blank: the official name.")
    )
    head_title = LineField(
        label=_("Title of the head"),
        max_length=60,
        required=False,
        help_text=_("Such as editor-in-chief or commander. It stands in signature blocks."),
    )
    after = forms.ChoiceField(
        label=_("Place in protocol order"), help_text=_("Lists of agencies follow this order, not the alphabet.")
    )
    parent = forms.ChoiceField(label=_("Agency above"), required=False)
    legal_basis = LineField(
        label=_("Legal basis"), max_length=300, required=False, help_text=_("Number and date of the decision.")
    )
    family = forms.ChoiceField(label=_("Family"), required=False)
    document_symbol = LineField(
        label=_("Symbol in document numbers"),
        max_length=40,
        required=False,
        help_text=_("As the agency registered it. Left blank: the abbreviation."),
    )
    superior_lines = _lines(_("Letterhead: superior body"), _("One line each. Blank where none is printed."))
    letterhead_lines = _lines(_("Letterhead: this body"), _("One line each. Left blank: the name in capitals."))
    authority = forms.ChoiceField(label=_("The head signs"), required=False)
    authority_lines = _lines(_("Body signed for"), _("Printed above the title. Left blank: the name in capitals."))
    paper_rules = forms.ChoiceField(
        label=_("Rules of its own papers"),
        choices=[("", _("As usual for the family")), *PaperRules.choices],
        required=False,
        help_text=_("They also say whether grounds of signing are written “TM.” or, as in the Party, “T/M”."),
    )

    def __init__(self, *args, unit: AdminUnit, agency: Agency | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        others = list(unit.agencies.exclude(pk=agency.pk if agency else None).on(clock.today()).in_protocol_order())
        self.neighbours = {str(other.pk): other for other in others}
        behind = [
            (pk, gettext("After %(agency)s") % {"agency": other.current_name}) for pk, other in self.neighbours.items()
        ]
        self.fields["after"].choices = [(FIRST, gettext("First of all")), *behind]
        above = latest_naming(agency).parent if agency else None
        self.parents = self.neighbours | ({str(above.pk): above} if above else {})
        named = [(pk, other.current_name) for pk, other in self.parents.items()]
        self.fields["parent"].choices = [_NO_PARENT, *named]
        self._offer_families(agency)
        self.helper.layout = self.laid_out()

    def clean(self):
        """A kind nobody planned for is named, which is told together with all else that is missing."""
        typed = super().clean()
        if typed.get("kind") == AgencyKind.OTHER and "kind_label" in typed and not typed["kind_label"]:
            self.add_error("kind_label", gettext("Name the kind of agency"))
        return typed

    def laid_out(self) -> Layout:
        """The fields in their order on the page; what is seldom changed by hand is folded away."""
        return Layout(*self.first_fields(), self.on_papers())

    def first_fields(self) -> list:
        """What stands above the folded part."""
        called = Div("abbreviation", "short_name", css_class="pf-fields")
        kinds = Div("kind", "kind_label", css_class="pf-fields")
        return [Fieldset(gettext("Agency"), "name", kinds, called, "head_title")]

    def on_papers(self) -> Div:
        """How the agency stands on papers, folded away while nothing in it is wrong."""
        words = gettext("On papers: symbol, letterhead, ground of signing")
        names = (
            "family", "document_symbol", "superior_lines", "letterhead_lines", "authority", "authority_lines",
            "paper_rules",
        )  # fmt: skip
        wrong = " or ".join(f"form.{name}.errors" for name in names)
        return Div(
            HTML(f'<details class="pf-fold"{{% if {wrong} %}} open{{% endif %}}><summary>{words}</summary>'),
            Div("family", "document_symbol", css_class="pf-fields"),
            "superior_lines",
            "letterhead_lines",
            "authority",
            "authority_lines",
            "paper_rules",
            HTML("</details>"),
        )

    @property
    def place_kept(self) -> str:
        """The choice of a place that changes nothing."""
        return str(self.initial.get("after", ""))

    def facts(self) -> Facts:
        """The facts as the services take them."""
        typed = self.cleaned_data
        same = (
            "name", "kind", "kind_label", "abbreviation", "short_name", "head_title", "legal_basis", "family",
            "document_symbol", "superior_lines", "letterhead_lines", "authority_lines", "paper_rules",
        )  # fmt: skip
        return Facts(
            **{name: typed[name] for name in same},
            authority=None if typed["authority"] == _USUAL else typed["authority"],
            after=None if typed["after"] == self.place_kept else self.neighbours.get(typed["after"], FIRST),
            parent=self.parents.get(typed["parent"]),
        )

    def _offer_families(self, agency: Agency | None) -> None:
        usual = gettext("As usual for the kind")
        families, grounds = [*Family.choices], [*SigningAuthority.choices]
        if agency is None:
            families, grounds = [("", usual), *families], [(_USUAL, usual), *grounds]
            self.fields["authority"].initial = _USUAL
        self.fields["family"].choices, self.fields["authority"].choices = families, grounds


class AddForm(FactsForm, _Reached):
    """An agency to enter in a unit's directory."""

    valid_from = DayField(label=_("First day"), help_text=_("Day/month/year. It may be estimated."))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Only for an agency that has ended."))
    code = LineField(
        label=_("Code"),
        max_length=30,
        required=False,
        help_text=_("Stands in addresses. Left blank: after the abbreviation."),
    )

    def __init__(self, *args, unit: AdminUnit, **kwargs):
        super().__init__(*args, unit=unit, **kwargs)
        self.initial.setdefault("valid_from", clock.today())
        self.initial.setdefault("after", next(reversed(self.neighbours), FIRST))  # behind all others

    def first_fields(self) -> list:
        place = Fieldset(
            gettext("Place and time"),
            Div("after", "parent", css_class="pf-fields"),
            Div("valid_from", "valid_to", css_class="pf-fields"),
            Div("legal_basis", "code", css_class="pf-fields"),
        )
        contact = Fieldset(gettext("Contact"), Div("phone", "email", css_class="pf-fields"), "address")
        return [*super().first_fields(), place, contact]


class ChangeForm(FactsForm):
    """What an agency is called, ranked and printed by from a day on."""

    since = DayField(label=_("In force from"), help_text=_("Day/month/year. Earlier papers keep what held then."))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, unit=agency.unit, agency=agency, **{"initial": stored_facts(agency), **kwargs})
        self.fields["head_title"].required = True

    def first_fields(self) -> list:
        when = Fieldset(gettext("The change"), Div("since", "legal_basis", css_class="pf-fields"))
        place = Fieldset(gettext("Place among the agencies"), Div("after", "parent", css_class="pf-fields"))
        return [when, *super().first_fields(), place, "revision"]


class CorrectForm(FactsForm):
    """What was typed wrong in the present naming, and why it is mended."""

    reason = ProseField(
        label=_("Reason for the correction"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the history of the agency."),
        error_messages={"required": _("Give the reason for the correction")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, agency: Agency, **kwargs):
        initial = stored_facts(agency) | {"legal_basis": latest_naming(agency).legal_basis}
        super().__init__(*args, unit=agency.unit, agency=agency, **{"initial": initial, **kwargs})
        self.fields["head_title"].required = True

    def first_fields(self) -> list:
        place = Fieldset(
            gettext("Place among the agencies"), Div("after", "parent", css_class="pf-fields"), "legal_basis"
        )
        return [Fieldset(gettext("The correction"), "reason"), *super().first_fields(), place, "revision"]


class ContactForm(_Reached):
    """Where an agency is reached, as it was last seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **{"initial": stored_contact(agency), **kwargs})
        self.helper.layout = Layout(Div("phone", "email", css_class="pf-fields"), "address", "revision")


def latest_naming(agency: Agency) -> AgencyName:
    """The naming a change follows and a correction mends."""
    return agency.names.select_related("parent").order_by("-valid_from").first()


def stored_contact(agency: Agency) -> dict:
    """Where an agency is reached, under the names of the form's fields."""
    return {name: getattr(agency, name) for name in ("phone", "email", "address", "revision")}


def stored_facts(agency: Agency) -> dict:
    """What is recorded of an agency under the names of the form's fields; the decision of a change is a new one."""
    name, before = latest_naming(agency), _before(agency)
    same = (
        "name", "abbreviation", "short_name", "head_title", "family", "document_symbol", "superior_lines",
        "letterhead_lines", "authority", "authority_lines", "paper_rules",
    )  # fmt: skip
    return {column: getattr(name, column) for column in same} | {
        "kind": agency.kind,
        "kind_label": agency.kind_label,
        "after": str(before.pk) if before else FIRST,
        "parent": str(name.parent_id or ""),
        "revision": agency.revision,
    }


def _before(agency: Agency) -> Agency | None:
    """The agency this one follows in protocol order."""
    in_order = list(agency.unit.agencies.on(clock.today()).in_protocol_order())
    place = in_order.index(agency) if agency in in_order else 0
    return in_order[place - 1] if place else None
