"""Confirming and returning a result, asking for a later deadline, moving one, refusing to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm


class _Reasoned(PortalForm):
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)


class ConfirmForm(_Reasoned):
    """Confirming a result, with a remark if there is one."""

    remark = ProseField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReturnForm(_Reasoned):
    """Returning a result; the lead agency must read why."""

    reason = ProseField(
        label=_("Reason for returning"),
        help_text=_("The lead agency reads this and reports again."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason for returning the task")},
    )


class ExtendForm(_Reasoned):
    """Moving a deadline."""

    new_due_on = DayField(label=_("New deadline"), help_text=_("Day/month/year"))
    reason = ProseField(
        label=_("Reason for moving the deadline"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason for moving the deadline")},
    )
    decision = LineField(
        label=_("Decision"),
        help_text=_("Number and date of the paper that allows it, if there is one."),
        max_length=200,
        required=False,
    )


class AskExtensionForm(_Reasoned):
    """Asking for a later deadline; nothing moves until someone decides."""

    new_due_on = DayField(label=_("Deadline you ask for"), help_text=_("Day/month/year"))
    reason = ProseField(
        label=_("Why the task needs more time"),
        help_text=_("What was done, what stands in the way, what will be done until then."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the task needs more time")},
    )


class RefuseExtensionForm(_Reasoned):
    """Leaving the deadline where it is; the lead agency must read why."""

    answer = ProseField(
        label=_("Why the deadline is not moved"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the deadline is not moved")},
    )
