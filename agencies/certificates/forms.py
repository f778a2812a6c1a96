from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.models import Agency
from agencies.people.models import Office
from records.fields import ProseField
from records.forms import PortalForm

LONGEST_REASON = 500


class CertificateForm(PortalForm):
    """A certificate, for whose signature, and why it is registered."""

    office = forms.ModelChoiceField(
        label=_("Signs for"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("The agency itself: its seal"),
        help_text=_("The office whose holder signs by it, or the seal of the agency."),
    )
    file = forms.FileField(
        label=_("Certificate file"),
        max_length=200,
        help_text=_("The certificate alone, as .cer, .crt or .pem. Never a file with a key, such as .p12 or .pfx."),
        widget=forms.FileInput,
    )
    reason = ProseField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as the paper by which it was issued."),
    )

    def __init__(self, *args, agency: Agency, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = agency.offices.filter(ended_on=None).in_protocol_order()

    def facts(self) -> dict:
        """What was entered, under the names the service takes."""
        from agencies.certificates.reading import MOST_BYTES

        content = self.cleaned_data["file"].read(MOST_BYTES + 1)
        return {"office": self.cleaned_data["office"], "reason": self.cleaned_data["reason"], "content": content}


class EndCertificateForm(PortalForm):
    """Why a certificate signs no more."""

    reason = ProseField(label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}))
