"""The form of what every sign-in follows."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agencies.accounts.enums import LONGEST_HOURS, LONGEST_IDLE_MINUTES, SHORTEST_HOURS, SHORTEST_IDLE_MINUTES
from records.forms import PortalForm


class _Whole(forms.IntegerField):
    """A whole number within bounds, with one sentence for whatever is not one."""

    def __init__(self, *, least: int, most: int, **kwargs):
        words = format_lazy(_("Enter a whole number from {least} to {most}"), least=least, most=most)
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), words)
        super().__init__(
            min_value=least,
            max_value=most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=errors,
            **kwargs,
        )


class PolicyForm(PortalForm):
    """Whether a second factor is required, and how long a sign-in lasts."""

    second_factor_required = forms.BooleanField(
        label=_("Administrators and secretaries need the second factor"),
        help_text=_("Whoever needs it and has none sets it up at the next sign-in"),
        required=False,
    )
    idle_minutes = _Whole(
        label=_("Minutes without use before a device is signed out"),
        least=SHORTEST_IDLE_MINUTES,
        most=LONGEST_IDLE_MINUTES,
    )
    longest_hours = _Whole(
        label=_("Hours before a device is signed out, used or not"), least=SHORTEST_HOURS, most=LONGEST_HOURS
    )
