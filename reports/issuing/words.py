"""The words for what is recorded about issued papers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agencies.directory.enums import SigningAuthority
from records.audit import history
from records.audit.history import Word

DOCUMENT = {
    "title": Word(_("Title of the paper"), history.text),
    "withdrawn_on": Word(_("Withdrawn from"), history.day),
    "by_paper": Word(_("Withdrawn by (number and symbol of the paper)"), history.text),
}

REGISTRATION = {
    "title": Word(_("Title of the paper"), history.text),
    "number": Word(pgettext_lazy("audit", "Number of the paper"), history.whole),
    "document_symbol": Word(_("Symbol"), history.text),
    "dated_on": Word(_("Day of the paper"), history.day),
    "authority": Word(_("Signing authority"), history.choice(SigningAuthority)),
    "signer_title": Word(_("Title of the signer"), history.text),
    "signer": Word(_("Signer"), history.text),
    "minute_taker": Word(_("Who took the minutes"), history.text),
}

history.speak("reports.registration", _("Number of a paper"), REGISTRATION)
history.speak("reports.issueddocument", _("Issued paper"), DOCUMENT)
