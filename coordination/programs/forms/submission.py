from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.directory.enums import Family
from agencies.models import Agency, Membership
from coordination.programs.enums import Verdict
from coordination.programs.models import Program
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm


class SubmitForm(PortalForm):
    """The agency of the Party a text is laid before, and the letter it goes with."""

    committee = forms.ModelChoiceField(label=_("Submitted to"), queryset=Agency.objects.none(), empty_label=_("Choose"))
    letter_number = LineField(label=_("Number and symbol of the letter"), max_length=60, required=False)
    letter_on = DayField(
        label=pgettext_lazy("paper", "Day of the letter"), required=False, help_text=_("Day/month/year")
    )

    def __init__(self, *args, actor: Membership, program: Program, **kwargs):
        super().__init__(*args, **kwargs)
        committees = Agency.objects.visible_to(actor).filter(current_family=Family.PARTY)
        self.fields["committee"].queryset = committees.in_protocol_order()


class OpinionForm(PortalForm):
    """The opinion that came back."""

    verdict = forms.ChoiceField(
        label=_("The committee"),
        choices=[(Verdict.CLEARED, _("Agrees; the text can be signed")), (Verdict.SENT_BACK, _("Sends the text back"))],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("Day of the opinion"), help_text=_("Day/month/year"))
    opinion_number = LineField(label=_("Number and symbol of the opinion"), max_length=60, required=False)
    opinion = ProseField(
        label=pgettext_lazy("opinion", "What it says"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed where the text is sent back: what is to be changed, and why."),
    )

    def clean(self):
        """A text is never sent back without saying what for."""
        told = super().clean()
        if told.get("verdict") == Verdict.SENT_BACK and not (told.get("opinion") or "").strip():
            self.add_error("opinion", _("Give the reason"))
        return told
