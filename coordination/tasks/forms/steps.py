"""Saying that a step is done, and taking it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.fields import DayField, ProseField
from records.forms import PortalForm


class StepForm(PortalForm):
    """A step that is done: since when, and what came of it."""

    done_on = DayField(label=_("Done on"), help_text=_("Day/month/year"))
    result = ProseField(label=_("Result"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)


class ReopenStepForm(PortalForm):
    """A step that is not done after all."""

    reason = ProseField(
        label=_("Reason"),
        help_text=_("What was said before stays in the task's history."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason")},
    )
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)
