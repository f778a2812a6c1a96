"""Forms of what is done about a limitation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.findings.models import Finding
from coordination.findings.queries import remedies_for
from coordination.tasks.models import Task
from records.fields import ProseField
from records.forms import PortalForm


class RemedyForm(PortalForm):
    """A task there is already that mends a limitation."""

    task = forms.ModelChoiceField(label=_("Task"), queryset=Task.objects.none(), empty_label=_("Choose a task"))

    def __init__(self, *args, actor: Membership, limitation: Finding, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = remedies_for(actor, limitation)
        self.fields["task"].label_from_instance = lambda task: f"{task.code} – {task.title}"


class ReasonForm(PortalForm):
    """Why the remedy or the waiver is taken back."""

    reason = ProseField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class WaiverForm(PortalForm):
    """Why no remedy is asked for."""

    reason = ProseField(
        label=_("Reason for doing without a remedy"),
        help_text=_("Everybody who sees the evaluation can read it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
