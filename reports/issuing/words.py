"""The words for what is recorded about issued papers."""

from django.utils.translation import gettext_lazy as _

from records.audit import history
from records.audit.history import Word

DOCUMENT = {"title": Word(_("Title of the paper"), history.text)}

history.speak("reports.issueddocument", _("Issued paper"), DOCUMENT)
