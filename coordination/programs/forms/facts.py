"""The facts of a program: what it is called, for when, between whom."""

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import AgencyKind
from agencies.directory.lineage import existing_on
from agencies.models import Agency, Membership
from coordination.programs.enums import ProgramKind
from coordination.programs.models import Program
from coordination.programs.queries.foundation import PARTICULARS, foundation_of
from coordination.programs.services import FoundationDraft, PartyDraft
from coordination.programs.terms import Term, period_of
from records import clock
from records.fields import DayField, LineField, ProseField, SeveralField, YearField
from records.forms import PortalForm

LONGEST_PROSE = 4000
_NO_FACTS = ("lead", "revision", "term")
_NOT_PARTIES = (AgencyKind.OFFICE, AgencyKind.SPECIALISED)


class ProgramChoice(forms.ModelChoiceField):
    """One of the programs the actor sees, by code and short title."""

    def label_from_instance(self, program: Program) -> str:
        return f"{program.code} · {program.short_title}"


class FactsForm(PortalForm):
    """What the create and the edit page share."""

    title = LineField(label=_("Program title"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    short_title = LineField(
        label=_("Short title"), max_length=120, help_text=_("Shown in lists. At most 120 characters.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgramKind.choices)
    period_start = DayField(label=_("From"), help_text=_("Day/month/year"))
    period_end = DayField(label=_("To"), help_text=_("Day/month/year"))
    parties = SeveralField(
        label=_("Parties"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From 2 to 16 parties. They are printed in this order."),
    )
    lead = forms.ModelChoiceField(
        label=_("Lead party"),
        queryset=Agency.objects.none(),
        help_text=_("One of the parties above. It signs first and stands first among the signature blocks."),
    )
    based_on = ProgramChoice(label=_("Based on"), queryset=Program.objects.none(), required=False)
    continues = ProgramChoice(label=_("Continues"), queryset=Program.objects.none(), required=False)
    foundation_kind = LineField(
        label=_("Kind of the paper outside"),
        max_length=60,
        required=False,
        help_text=_("Its type as it is printed, such as a regulation."),
    )
    foundation_number = LineField(label=_("Number and symbol"), max_length=60, required=False)
    foundation_dated_on = DayField(label=_("Date"), required=False, help_text=_("Day/month/year"))
    foundation_parties = LineField(
        label=_("Parties, or who issued it"), max_length=300, required=False, help_text=_("As the paper names them.")
    )
    foundation_title = LineField(
        label=_("What it is about"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed among the legal bases. What you do not know stays free and is listed as missing."),
    )
    place = LineField(label=_("Place of issue"), max_length=60, required=False, help_text=_("Printed before the date."))
    document_symbol = LineField(
        label=_("Symbol"), max_length=60, required=False, help_text=_("Such as CTPH-UBND-MTTQ, without the number.")
    )

    def __init__(self, *args, actor: Membership, program: Program | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor, self.program = actor, program
        self._offer_parties()
        programs = Program.objects.visible_to(actor).order_by("-year", "ordinal")
        if program is not None:
            programs = programs.exclude(pk=program.pk)
        self.fields["based_on"].queryset = self.fields["continues"].queryset = programs
        for name in ("based_on", "continues"):
            self.fields[name].empty_label = _("None")
        self.helper.layout = self.laid_out()

    def _offer_parties(self) -> None:
        """List the agencies that exist until the program ends; one that does not is refused with its reason."""
        possible = _possible_parties(self.actor, self.program)
        alive = existing_on(possible, max(self.program.period_end, clock.today()) if self.program else clock.today())
        if self.program is not None:
            alive = (alive | possible.filter(party_to__program=self.program)).distinct()
        offered = [(agency.pk, str(agency)) for agency in alive.in_protocol_order()]
        for name, first in (("parties", []), ("lead", [("", _("Choose one of the parties"))])):
            self.fields[name].queryset = possible
            self.fields[name].choices = [*first, *offered]

    def laid_out(self) -> Layout:
        """The fields in their order on the page, one below the other unless a form of its own says more."""
        return Layout(*self.fields)

    def facts(self) -> dict:
        """The cleaned values under the names the services take."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in _NO_FACTS}
        values["foundation"] = FoundationDraft(**{name: values.pop(f"foundation_{name}") for name in PARTICULARS})
        through = {party.agency_id: party.signs_through for party in self.program.parties.all()} if self.program else {}
        lead = self.cleaned_data["lead"]
        values["parties"] = [
            PartyDraft(agency, is_lead=agency == lead, signs_through=through.get(agency.pk))
            for agency in self._in_letterhead_order()
        ]
        return values

    def _in_letterhead_order(self) -> list[Agency]:
        """The chosen parties: those that are party already in the order of the letterhead, new ones behind them."""
        stood = self.program.parties.all() if self.program else ()
        places = {party.agency_id: party.letterhead_order for party in stood}
        return sorted(self.cleaned_data["parties"], key=lambda agency: places.get(agency.pk, len(places) + 1))


class CreateForm(FactsForm):
    """The first facts of a program; its text is written on the drafting page."""

    year = YearField(label=_("Year"), help_text=_("The year in the code of the program."))
    term = forms.ChoiceField(
        label=_("Runs for"),
        choices=Term.choices,
        required=False,
        help_text=_("From the year above. For other two days, enter them below."),
    )
    drafting_agency = forms.ModelChoiceField(
        label=_("Drafting agency"),
        queryset=Agency.objects.none(),
        empty_label=None,
        help_text=_("One of the agencies you act for. Its secretary writes the text and leads it to signing."),
    )

    def __init__(self, *args, actor: Membership, **kwargs):
        super().__init__(*args, actor=actor, **kwargs)
        for name in ("period_start", "period_end"):
            self.fields[name].required = False
        mine = existing_on(Agency.objects.filter(pk__in=actor.agency_ids()), clock.today()).in_protocol_order()
        self.fields["drafting_agency"].queryset = mine
        self.fields["drafting_agency"].initial = actor.agency_id

    def laid_out(self) -> Layout:
        return Layout(
            Fieldset(
                _("Program"),
                "title",
                "short_title",
                Row("kind", "year"),
                "term",
                Row("period_start", "period_end"),
            ),
            Fieldset(_("Parties"), "parties", Row("lead", "drafting_agency")),
            Fieldset(_("Foundation and paper"), Row("based_on", "continues"), Row("place", "document_symbol")),
            foundation_fieldset(),
        )

    def clean(self):
        """A usual period fills its two days; days typed beside it must be the same ones."""
        typed = super().clean()
        term, year = typed.get("term") or Term.OTHER, typed.get("year")
        period = period_of(term, year) if year else None
        days = (typed.get("period_start"), typed.get("period_end"))
        if period is None:
            self._ask_for_days(term)
        elif any(day is not None and day != usual for day, usual in zip(days, period, strict=True)):
            words = _("The two days typed below are not those of this choice. Clear them, or choose “Other two days”")
            self.add_error("term", words)
        elif not {"period_start", "period_end"} & self.errors.keys():
            typed["period_start"], typed["period_end"] = period
        return typed

    def _ask_for_days(self, term: str) -> None:
        for name in ("period_start", "period_end") if term == Term.OTHER else ():
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])

    @staticmethod
    def usual(year: int) -> dict:
        """What most programs of a year begin with."""
        return {"year": year, "term": Term.YEAR.value}


class EditForm(FactsForm):
    """All facts of a draft, its opening and closing words and its legal bases."""

    opening = ProseField(
        label=_("Opening sentence"),
        required=False,
        max_length=LONGEST_PROSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Printed after the legal bases."),
    )
    legal_bases = ProseField(
        label=_("Legal bases"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line, printed as written and in this order."),
    )
    effect_clause = ProseField(
        label=_("Effect"), required=False, max_length=LONGEST_PROSE, widget=forms.Textarea(attrs={"rows": 3})
    )
    recipients = ProseField(
        label=_("Recipients"),
        required=False,
        max_length=LONGEST_PROSE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, actor: Membership, program: Program, **kwargs):
        super().__init__(*args, actor=actor, program=program, **{"initial": stored_facts(program), **kwargs})

    def laid_out(self) -> Layout:
        return Layout(
            Fieldset(_("Program"), "title", "short_title", "kind", Row("period_start", "period_end")),
            Fieldset(_("Parties"), "parties", "lead"),
            Fieldset(
                _("Foundation and paper"),
                Row("based_on", "continues"),
                "legal_bases",
                "opening",
                "effect_clause",
                Row("place", "document_symbol"),
                "recipients",
                "revision",
            ),
            foundation_fieldset(),
        )

    def facts(self) -> dict:
        values = super().facts()
        return values | {"legal_bases": values["legal_bases"].split("\n")}


def foundation_fieldset() -> Fieldset:
    """The particulars of a paper outside the portal."""
    return Fieldset(
        _("Paper outside the portal that it rests on"),
        Row("foundation_kind", "foundation_number"),
        Row("foundation_dated_on", "foundation_parties"),
        "foundation_title",
    )


def stored_facts(program: Program) -> dict:
    """A program's facts under the names of the form's fields."""
    paper = foundation_of(program)
    parties = [party.agency for party in program.parties.select_related("agency")]
    lead = program.parties.filter(is_lead=True).select_related("agency").first()
    names = ("title", "short_title", "kind", "period_start", "period_end", "based_on", "continues")
    papers = ("place", "document_symbol", "opening", "effect_clause", "recipients", "revision")
    foundation = {f"foundation_{name}": getattr(paper, name) if paper else None for name in PARTICULARS}
    return (
        {name: getattr(program, name) for name in (*names, *papers)}
        | foundation
        | {
            "parties": parties,
            "lead": lead.agency if lead else None,
            "legal_bases": "\n".join(basis.text for basis in program.legal_bases.all()),
        }
    )


def _possible_parties(actor: Membership, program: Program | None):
    """Agencies of the units the actor acts in that can be party, and those that are party, in protocol order."""
    possible = Agency.objects.filter(unit_id__in=actor.unit_ids()).exclude(kind__in=_NOT_PARTIES)
    if program is not None:
        possible = possible | Agency.objects.filter(party_to__program=program)
    return possible.distinct().select_related("unit").in_protocol_order()
