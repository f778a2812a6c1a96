"""Whether the sheet of the week is wanted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.forms import PortalForm
from reports.weekly.enums import UNWANTED, WANTED


class WeeklyForm(PortalForm):
    """Yes or no."""

    wanted = forms.ChoiceField(
        label=_("The figures of the week by mail"),
        choices=((WANTED, _("Send them every Monday at 7 o'clock")), (UNWANTED, _("Do not send them"))),
        widget=forms.RadioSelect,
    )

    def clean_wanted(self) -> bool:
        return self.cleaned_data["wanted"] == WANTED
