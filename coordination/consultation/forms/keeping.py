"""Opening a round, giving it a later day, closing it."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from coordination.consultation.enums import Silence
from coordination.programs.forms.steps import LONGEST_REASON
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm


class OpenForm(PortalForm):
    """The last day for comments, what silence means, and the letter that asks for them."""

    until = DayField(label=_("Comments until"), help_text=_("The whole of this day counts. Day/month/year"))
    silence = forms.ChoiceField(
        label=_("If a party does not answer in time"),
        choices=Silence.choices,
        initial=Silence.NO_COMMENTS,
        widget=forms.RadioSelect,
        help_text=_("As the letter says. It cannot be changed afterwards."),
    )
    letter_number = forms.IntegerField(
        label=_("Number of the letter"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Enter a number only, for example 2"),
            "min_value": _("The number must be between 1 and 99999"),
            "max_value": _("The number must be between 1 and 99999"),
        },
    )
    letter_symbol = LineField(
        label=_("Symbol of the letter"),
        required=False,
        max_length=60,
        help_text=_("Such as UBND-VP, without the number. Leave both empty while there is no letter yet."),
    )
    letter_on = DayField(label=_("Day of the letter"), required=False, help_text=_("Day/month/year"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            "until", "silence", Fieldset(_("Letter"), "letter_number", "letter_symbol", "letter_on")
        )


class ExtendForm(PortalForm):
    """A later last day, and why."""

    until = DayField(label=_("New last day"), help_text=_("Day/month/year"))
    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(PortalForm):
    """Why a round is closed before its last day, where it is."""

    reason = ProseField(
        label=_("Reason"), required=False, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, needs_reason: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
