"""The words for what is recorded about certificates of signature."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.audit import history
from records.audit.history import Word

CERTIFICATE = {
    "agency": Word(_("Agency"), history.text),
    "office": Word(_("Office"), history.text),
    "certificate": Word(_("Certificate"), history.text),
    "issuer": Word(pgettext_lazy("certificate", "Issued by"), history.text),
    "serial": Word(_("Serial number"), history.text),
    "fingerprint": Word(_("Fingerprint (SHA-256)"), history.text),
    "until": Word(pgettext_lazy("certificate", "Valid until"), history.day),
    "reason": Word(_("Reason"), history.text),
}

history.speak("agencies.signingcertificate", _("Certificate of signature"), CERTIFICATE)
