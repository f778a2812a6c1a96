from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.queries import successors_of
from records.fields import ProseField
from records.forms import PortalForm

LONGEST_REASON = 2000


class ReasonForm(PortalForm):
    """Why a step back is taken."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


class SupersedeForm(PortalForm):
    """The later program that takes the place of this one."""

    by = forms.ModelChoiceField(label=_("Later program"), queryset=Program.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args, actor: Membership, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = successors_of(program, actor=actor)
        self.fields["by"].label_from_instance = lambda later: f"{later.code} · {later.short_title}"
