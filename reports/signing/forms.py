from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from records.fields import DayField, ProseField
from records.forms import PortalForm
from reports.signing.enums import VERDICTS
from reports.signing.looking.faults import Fault

LONGEST_REASON = 2000


class PrepareForm(PortalForm):
    """The day the file prints; number and signers are those of the program."""

    dated_on = DayField(
        label=_("Day printed on the paper"),
        help_text=_(
            "Day/month/year. Number and day are printed and reserved; they no longer change once parties sign."
        ),
    )


class WithdrawForm(PortalForm):
    """Why a file nobody has signed is taken back."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))


class SignedFileForm(PortalForm):
    """The file, signed."""

    file = forms.FileField(
        label=_("Signed file"),
        max_length=200,
        allow_empty_file=True,
        help_text=_("The PDF as your signing tool saved it, not printed or saved again by another program."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self):
        """Why here: what is far too large is not read at all."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.EVIDENCE_MAX_BYTES:
            raise ValidationError(VERDICTS[Fault.TOO_LARGE].words, code="too_large")
        return upload
