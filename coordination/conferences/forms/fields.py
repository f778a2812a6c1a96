"""Fields and choices several forms of a conference share."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.lineage import existing_on
from coordination.programs.models import Program
from records.fields import ProseField

NOT_CHOSEN = _("Not chosen")


class HourField(forms.TimeField):
    """A time of day typed as 14:00, 14h00 or 14h."""

    default_error_messages = {"invalid": _("Not a real time. Use hours and minutes, for example 14:00")}
    widget = forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M")

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M", "%Hh%M", "%Hh"], **kwargs)

    def to_python(self, value):
        return super().to_python(value.replace("\x00", "?") if isinstance(value, str) else value)


class CountField(forms.IntegerField):
    """A number of people; an unknown one stays empty."""

    default_error_messages = {
        "invalid": _("Enter a whole number of people"),
        "min_value": _("Enter a whole number of people"),
        "max_value": _("The number is too large"),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}))
        super().__init__(min_value=0, max_value=9999, required=False, **kwargs)


def offer(field: forms.ModelChoiceField, agencies, day: date) -> None:
    """List the agencies that exist on a day; one that does not is refused by the service, with its reason.

    Rule: R-SUCC-6.
    """
    field.queryset = agencies.select_related("unit")
    first = [("", field.empty_label)] if getattr(field, "empty_label", None) is not None else []
    offered = existing_on(field.queryset, day).in_protocol_order()
    field.choices = [*first, *((agency.pk, field.label_from_instance(agency)) for agency in offered)]


def text_field(label: str, rows: int = 3, **kwargs) -> ProseField:
    return ProseField(label=label, max_length=20000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def program_label(program: Program) -> str:
    return f"{program.code} – {program.short_title}"


def program_with_parties(program: Program) -> str:
    """With the parties by their short names: two programs of one conference have different ones."""
    names = ", ".join(party.agency.current_short_name for party in program.parties.all())
    return f"{program_label(program)} ({names})" if names else program_label(program)
