"""The form of a day that differs from the week's order."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.fields import DayField, LineField
from records.forms import PortalForm
from records.workdays.enums import DayKind

FIRST_YEAR, LAST_YEAR = 2000, 2100


class SpecialDayForm(PortalForm):
    """A day, why it differs and what it is called."""

    day = DayField(label=gettext_lazy("Day"), help_text=gettext_lazy("For example 30/4/2027"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DayKind.choices, widget=forms.RadioSelect)
    name = LineField(
        label=gettext_lazy("What the day is called"),
        help_text=gettext_lazy("As the notice calls it, for example the holiday, or the day it is made up for"),
        max_length=120,
    )

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Enter a day of the years %(first)s to %(last)s") % {
                "first": FIRST_YEAR, "last": LAST_YEAR,
            })  # fmt: skip
        return day

    def clean_kind(self) -> DayKind:
        return DayKind(self.cleaned_data["kind"])


class DayInListForm(PortalForm):
    """The day a button stands beside."""

    listed = forms.DateField(input_formats=["%Y-%m-%d"])


class YearForm(PortalForm):
    """The year a button stands beside."""

    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
