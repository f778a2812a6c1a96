from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coordination.programs.enums import Stance
from coordination.programs.services import Letter
from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm

LONGEST_WORDS = 2000


class AgreementForm(PortalForm):
    """What a party says of the text it has before it."""

    stance = forms.ChoiceField(label=_("What your agency says"), choices=Stance.choices, widget=forms.RadioSelect)
    words = ProseField(
        label=_("Reservation or reason"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where your agency has a reservation or does not agree."),
    )
    read = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def told(self) -> dict:
        """What was said, under the names the service takes."""
        return {name: self.cleaned_data[name] for name in ("stance", "words", "read")}


class LetterForm(AgreementForm):
    """What a party said by letter, as the drafting secretary enters it."""

    letter_number = LineField(
        label=_("Number and symbol of the letter"), max_length=60, help_text=_("Such as 15/CV-MTTQ")
    )
    letter_on = DayField(label=pgettext_lazy("paper", "Day of the letter"), help_text=_("Day/month/year"))

    field_order = ("letter_number", "letter_on", "stance", "words", "read")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stance"].label = _("The letter says")
        self.fields["words"].help_text = _("Needed where the letter has a reservation or does not agree.")

    def told(self) -> dict:
        """What was said and the letter it was said in, under the names the service takes."""
        letter = Letter(self.cleaned_data["letter_number"], self.cleaned_data["letter_on"])
        return {**super().told(), "letter": letter}
