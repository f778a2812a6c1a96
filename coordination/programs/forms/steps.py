from django import forms
from django.utils.translation import gettext_lazy as _

from records.fields import DayField, ProseField
from records.forms import PortalForm

LONGEST_REASON = 2000


class UntilForm(PortalForm):
    """The last day on which parties may comment."""

    until = DayField(label=_("Comments until"), help_text=_("Day/month/year"))


class ReasonForm(PortalForm):
    """Why a step back is taken."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))
