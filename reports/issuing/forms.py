"""The form by which an agency's own paper gets its number, day and signer."""

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.directory.enums import SigningAuthority
from coordination.register.forms.numbers import whole_number
from coordination.register.services.numbers import LONGEST_SUBJECT
from records.fields import DayField, LineField
from records.forms import PortalForm
from reports.documents.enums import PaperKind
from reports.issuing.proposals import Proposal
from reports.issuing.services import Signing
from reports.issuing.services.numbering import LONGEST_NAME, LONGEST_SYMBOL, LONGEST_TITLE

OWN = "own"


class PaperNumberForm(PortalForm):
    """Number and symbol as proposed from the register, the day on the paper, who signs it."""

    number = whole_number(_("Document number"), help_text=_("Proposed from the register."))
    symbol = LineField(
        label=_("Symbol"), max_length=LONGEST_SYMBOL, help_text=_("Such as BC-UBND, without the number.")
    )
    dated_on = DayField(label=_("Day on the paper"), help_text=_("Day/month/year"))
    skipped = LineField(
        label=_("What became of numbers skipped"),
        max_length=LONGEST_SUBJECT,
        required=False,
        help_text=_("Only where numbers before this one were used on papers kept outside the portal."),
    )
    authority = forms.ChoiceField(label=_("Signing authority"), required=False)
    title = LineField(
        label=_("Title of the signer"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("As printed above the signature. Leave empty where the head of the agency signs."),
    )
    signer = LineField(
        label=_("Signer"), max_length=LONGEST_NAME, required=False, help_text=_("Full name, without academic titles.")
    )
    minute_taker = LineField(label=_("Who took the minutes"), max_length=LONGEST_NAME, required=False)

    def __init__(self, *args, kind: str, proposal: Proposal, **kwargs):
        super().__init__(*args, initial=proposal.facts, **kwargs)
        self.fields["authority"].choices = [(value or OWN, label) for value, label in SigningAuthority.choices]
        signing = ["authority", "title", "signer"]
        if kind == PaperKind.MINUTES:
            signing = ["signer", "minute_taker"]
            self.fields["signer"].label = _("Who chaired")
        for name in {"authority", "title", "signer", "minute_taker"} - set(signing):
            del self.fields[name]
        number = Div("number", "symbol", css_class="pf-fields")
        self.helper.layout = Layout(number, "dated_on", "skipped", *signing)

    def values(self) -> dict:
        """What was entered, under the names the service takes."""
        data = dict(self.cleaned_data)
        authority = data.pop("authority", "")
        told = {name: data.pop(name, "") for name in ("title", "signer", "minute_taker")}
        return data | {"signing": Signing(authority="" if authority == OWN else authority, **told)}
