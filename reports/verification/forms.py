"""What somebody who holds a paper types or drops; what a secretary says who takes one back."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from records.fields import DayField, LineField, ProseField
from records.forms import PortalForm
from reports.documents.strip import CODE_LENGTH, LETTERS, read_code

_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


class CodeForm(PortalForm):
    """The code at the foot of a page."""

    code = LineField(
        label=_("Verification code"),
        help_text=_("12 characters, printed at the foot of every page beside the QR code"),
        max_length=40,
        widget=forms.TextInput(attrs=_CODE),
    )

    def clean_code(self) -> str:
        """The code without hyphens, in capitals."""
        typed = self.cleaned_data["code"]
        code = read_code(typed)
        if code is None:
            raise forms.ValidationError(_why_not(typed))
        return code


class FileForm(PortalForm):
    """A file to compare: its digest where the browser worked it out, otherwise the file itself, which is not kept."""

    file = forms.FileField(
        label=_("PDF file"),
        help_text=_("The file is only used to work out its check code; it is not kept"),
        allow_empty_file=True,
        error_messages={"required": _("Choose the PDF file to compare")},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    # Nothing a reader types: what is no digest or no code counts as none.
    sha256 = forms.Field(required=False, widget=forms.HiddenInput())
    code = forms.Field(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_compared_%s", **kwargs)
        self.fields["file"].required = not _DIGEST.fullmatch(self.data.get("sha256", "").lower())

    def clean_sha256(self) -> str:
        """The digest as the browser worked it out; what is none asks for the file instead."""
        digest = str(self.cleaned_data["sha256"] or "").lower()
        return digest if _DIGEST.fullmatch(digest) else ""

    def clean_code(self) -> str:
        """The code that was asked about before, as far as it is one."""
        return read_code(str(self.cleaned_data["code"] or "")) or ""

    @property
    def digest(self) -> str:
        """The digest of the file, wherever it comes from."""
        file = self.cleaned_data.get("file")
        return file.sha256 if file is not None else self.cleaned_data["sha256"]


class WithdrawalForm(PortalForm):
    """Why an issued paper is taken back, and since when."""

    withdrawn_on = DayField(label=_("Withdrawn from"))
    reason = ProseField(
        label=_("Reason"),
        help_text=_("Everybody who checks the paper reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    by_paper = LineField(
        label=_("Withdrawn by (number and symbol of the paper)"),
        help_text=_("For example: notice no. 12/TB-UBND of 05/4/2022"),
        max_length=200,
        required=False,
    )


def _why_not(typed: str) -> str:
    plain = [char for char in typed.upper() if char not in "- ."]
    if len(plain) != CODE_LENGTH:
        return _("The code has 12 characters; %(count)s were entered") % {"count": len(plain)}
    wrong = "".join(dict.fromkeys(char for char in plain if char not in LETTERS))
    return _("The code has no %(characters)s; it is made of capitals without I and O, and the digits 2 to 9") % {
        "characters": ", ".join(wrong)
    }
