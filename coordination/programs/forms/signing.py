from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import SigningAuthority
from coordination.programs.forms.steps import ReasonForm
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.services import Scan
from records.fields import DayField, LineField
from records.forms import PortalForm


class SignatureForm(PortalForm):
    """That a party signed on paper: the day and, where there is one, the scan."""

    signed_on = DayField(label=_("Day of signing"), help_text=_("Day/month/year, as written on the signed paper"))
    scan = forms.FileField(
        label=_("Scan of the signed paper"),
        required=False,
        max_length=200,
        help_text=_("PDF, JPG or PNG, at most 20 MB."),
        widget=forms.FileInput,
    )

    def kept_scan(self) -> Scan | None:
        """The upload as the service takes it."""
        upload = self.cleaned_data.get("scan")
        return Scan(upload.name, upload.file, upload.size) if upload else None


class ReturnForm(ReasonForm):
    """Why a party returns the version."""


class SignerForm(PortalForm):
    """Who signs for a party and by what printed title."""

    signer_name = LineField(
        label=_("Name of the signer"),
        max_length=120,
        required=False,
        help_text=_("Leave empty while it is not known; the paper then keeps the place free."),
    )
    title = LineField(label=_("Title as printed"), max_length=80)
    authority = forms.ChoiceField(label=_("Signs"), choices=SigningAuthority.choices, required=False)

    def __init__(self, *args, slot: SignatureSlot, **kwargs):
        stored = {"signer_name": slot.signer_name, "title": slot.title, "authority": slot.authority}
        super().__init__(*args, initial=stored, **kwargs)


class NumberForm(PortalForm):
    """The number and symbol of the paper."""

    number = forms.IntegerField(
        label=_("Document number"),
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Enter a number only, for example 2"),
            "min_value": _("The number must be between 1 and 99999"),
            "max_value": _("The number must be between 1 and 99999"),
        },
    )
    symbol = LineField(label=_("Symbol"), max_length=60, help_text=_("Such as CTPH-UBND-MTTQ, without the number."))

    def __init__(self, *args, program: Program, **kwargs):
        super().__init__(
            *args, initial={"number": program.document_number, "symbol": program.document_symbol}, **kwargs
        )
