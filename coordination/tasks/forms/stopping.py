"""Suspending, resuming and cancelling a task."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.tasks.enums import Stop
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm


class StopForm(PortalForm):
    """One decision with its reason and its paper; a task that is resumed may get a new deadline.

    `offered` are the decisions the page shows. Why all are taken: a form sent twice finds the task in its new state and
    is answered as the first time; what is not allowed is refused by the act.
    """

    stop = forms.ChoiceField(label=_("What is decided"), choices=Stop.choices, widget=forms.RadioSelect)
    reason = ProseField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason")},
    )
    decision = LineField(
        label=pgettext_lazy("paper", "Number and date of the decision"),
        help_text=_("As the paper is written, with its issuer."),
        max_length=200,
        required=False,
    )
    new_due_on = DayField(label=_("New deadline"), required=False)
    form_token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, offered: Collection[Stop], is_signed: bool, takes_deadline: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stop"].widget.choices = [(one.value, one.label) for one in offered]
        if is_signed:
            self._ask_for_the_paper(at_all_events=Stop.RESUME not in offered)
        if takes_deadline:
            self.fields["new_due_on"].help_text = _("Only when the task is resumed. Leave empty to keep the deadline.")
        else:
            del self.fields["new_due_on"]

    def _ask_for_the_paper(self, *, at_all_events: bool) -> None:
        """A signed program: suspending and cancelling need a paper, resuming does not."""
        decision = self.fields["decision"]
        decision.help_text = _("The program is signed: needed to suspend or cancel the task.")
        decision.required = at_all_events
        decision.error_messages["required"] = _(
            "The program is signed: enter number and date of the paper that decides this"
        )
