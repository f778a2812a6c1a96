"""The shape of what comes in about administrative units."""

from datetime import date

from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.units.enums import KINDS_OF_LEVEL, UnitKind, UnitLevel
from agencies.units.models import AdminUnit, UnitName
from agencies.units.queries import find_units
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

LONGEST_WORDS = 200
_MOST_NAMED = 5


class UnitField(LineField):
    """A unit typed by its code, or by words of its name that fit one unit only; marks may be left out.

    Why not a list of all: a province has hundreds, and a list cannot be searched without marks.
    """

    def __init__(self, *, units: QuerySet[AdminUnit], **kwargs):
        self.units = units
        kwargs.setdefault("max_length", LONGEST_WORDS)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return unit_typed(value) if isinstance(value, AdminUnit) else super().prepare_value(value)

    def clean(self, value):
        typed = super().clean(value)
        return self._unit(typed) if typed else None

    def _unit(self, typed: str) -> AdminUnit:
        found = matching_units(self.units, typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("No unit is found. Enter its code, or other words of its name"))
        named = "; ".join(unit_typed(unit) for unit in found[:_MOST_NAMED])
        raise forms.ValidationError(gettext("Several units fit: %(units)s. Enter the code") % {"units": named})


def unit_typed(unit: AdminUnit) -> str:
    """How a unit stands in a box it is typed into: code and name."""
    return f"{unit.code} · {unit.current_name}"


def matching_units(units: QuerySet[AdminUnit], typed: str, most: int = _MOST_NAMED + 1) -> list[AdminUnit]:
    """The unit of the code typed; otherwise those the words fit, the first few."""
    code = typed.split("·")[0].strip().upper()
    exactly = list(units.filter(code=code)) if code else []
    return exactly or list(find_units(units, typed).by_name()[:most])


class UnitForm(PortalForm):
    """A unit to enter in the record."""

    kind = forms.ChoiceField(
        label=_("Kind of unit"),
        choices=[
            (level.label, [(kind.value, kind.label) for kind in kinds]) for level, kinds in KINDS_OF_LEVEL.items()
        ],
        initial=UnitKind.COMMUNE.value,
    )
    bare_name = LineField(
        label=_("Name without the kind"),
        max_length=100,
        help_text=_("Without the word for its kind, such as commune or ward."),
    )
    code = LineField(
        label=_("Unit code"),
        max_length=10,
        help_text=_("Capital letters, digits and hyphens. It stands in addresses and in the codes of programs."),
    )
    valid_from = DayField(label=_("First day"), help_text=_("Day/month/year"))
    valid_to = DayField(
        label=_("Last day"), required=False, help_text=_("Only for a unit that has ended, or whose end is decided.")
    )
    legal_basis = LineField(
        label=_("Legal basis"), max_length=300, required=False, help_text=_("Number and date of the decision.")
    )

    def __init__(self, *args, units: QuerySet[AdminUnit], must_have_parent: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"] = UnitField(
            label=gettext("Unit above"),
            units=units,
            required=must_have_parent,
            help_text=gettext(
                "Its code or name, marks may be left out. A commune may stand under the province directly."
            ),
            error_messages={"required": gettext("Enter the unit above")},
        )
        days = Div("valid_from", "valid_to", css_class="pf-fields")
        self.helper.layout = Layout(
            Div("kind", "bare_name", css_class="pf-fields"), "code", "parent", days, "legal_basis"
        )


class UnitNameForm(PortalForm):
    """How a name was written down, and why it is mended."""

    kind = forms.ChoiceField(label=_("Kind of unit"))
    bare_name = LineField(label=_("Name without the kind"), max_length=100)
    legal_basis = LineField(label=_("Legal basis"), max_length=300, required=False)
    reason = ProseField(
        label=_("Reason for the correction"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is kept in the history of the unit."),
        error_messages={"required": _("Give the reason for the correction")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, unit: AdminUnit, name: UnitName, **kwargs):
        super().__init__(*args, **{"initial": stored_name(unit, name), **kwargs})
        kinds = KINDS_OF_LEVEL[UnitLevel(unit.level)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.helper.layout = Layout(
            Div("kind", "bare_name", css_class="pf-fields"), "legal_basis", "reason", "revision"
        )


class UnitFilter(PortalForm):
    """What the list of units is narrowed to."""

    q = LineField(label=_("Code or name"), required=False, max_length=LONGEST_WORDS)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("All levels")), *UnitLevel.choices])
    day = DayField(label=_("Existing on"), required=False)

    def __init__(self, query: QueryDict, *, today: date):
        typed = query.copy()
        if "day" not in query:
            typed["day"] = f"{today:%d/%m/%Y}"
        super().__init__(typed, auto_id="filter_%s")
        self.full_clean()

    @property
    def asked(self) -> dict:
        """The filters that could be read, under the names the query takes."""
        typed = self.cleaned_data
        return {"words": typed.get("q", ""), "level": typed.get("level") or None, "day": typed.get("day")}


def stored_name(unit: AdminUnit, name: UnitName) -> dict:
    """A recorded name under the names of the form's fields."""
    return {
        "kind": name.kind, "bare_name": name.bare_name, "legal_basis": name.legal_basis, "revision": unit.revision
    }  # fmt: skip
