from collections.abc import Sequence

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import SigningAuthority
from agencies.models import OfficeHolding
from agencies.people.queries import Signer
from coordination.programs.forms.steps import LONGEST_REASON, ReasonForm
from coordination.programs.models import SignatureSlot
from coordination.programs.services import Scan
from records.fields import DayField, LineField, ProseField
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


TYPED = "typed"


class SignerForm(PortalForm):
    """Who signs for a party and by what printed title: someone who holds an office there today, or anyone typed.

    Why one person may stand there twice: whoever holds two offices signs by one of them, and the paper prints that one.
    """

    holder = forms.ChoiceField(label=_("Holder of an office"), widget=forms.RadioSelect)
    signer_name = LineField(
        label=_("Name of the signer"),
        max_length=120,
        required=False,
        help_text=_("Leave empty while it is not known; the paper then keeps the place free."),
    )
    title = LineField(label=_("Title as printed"), max_length=80)
    authority = forms.ChoiceField(label=_("Signs"), choices=SigningAuthority.choices, required=False)
    second_title = LineField(
        label=_("Second title, under the name"),
        max_length=120,
        required=False,
        help_text=_("Only where the signer also holds an office elsewhere that the paper is to print."),
    )
    reason = ProseField(
        label=_("Why somebody else signs"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as the letter by which the head delegates. It stands in the history, not on the paper."),
    )

    def __init__(self, *args, slot: SignatureSlot, signers: Sequence[Signer], **kwargs):
        stored = {"signer_name": slot.signer_name, "title": slot.title, "authority": slot.authority}
        stored["second_title"] = slot.second_title
        self.signers = {str(signer.holding.pk): signer for signer in signers}
        stored["holder"] = next((pk for pk, signer in self.signers.items() if _is_printed(signer, slot)), TYPED)
        super().__init__(*args, initial=stored, **kwargs)
        typed = ("signer_name", "title", "authority")
        if not self.signers:
            del self.fields["holder"]
            return
        offered = [(pk, _offer(signer)) for pk, signer in self.signers.items()]
        self.fields["holder"].choices = [*offered, (TYPED, _("Someone else, typed below"))]
        self.fields["title"].required = not self.is_bound or self.data.get(self.add_prefix("holder")) == TYPED
        self.helper.layout = Layout(
            Fieldset(_("Who signs"), "holder"), Fieldset(_("Someone else"), *typed), "second_title", "reason"
        )

    @property
    def chosen(self) -> OfficeHolding | None:
        """The office by which someone signs; None where the signer was typed."""
        signer = self.signers.get(self.cleaned_data.get("holder") or "")
        return signer.holding if signer else None

    def typed(self) -> dict:
        """What was typed, under the names the service takes."""
        return {name: self.cleaned_data[name] for name in ("signer_name", "title", "authority")}


def _is_printed(signer: Signer, slot: SignatureSlot) -> bool:
    printed = (signer.person.pk, signer.printed_title, signer.authority)
    return printed == (slot.signer_id, slot.title, slot.authority)


def _offer(signer: Signer) -> str:
    """Such as "Trần Việt Dũng, Chủ tịch UBND huyện: prints CHỦ TỊCH, on behalf of the body (TM.)"."""
    told = {
        "person": signer.person,
        "title": signer.title,
        "printed": signer.printed_title,
        "ground": SigningAuthority(signer.authority).label,
    }
    return _("%(person)s, %(title)s. Printed: %(printed)s; signs: %(ground)s") % told
