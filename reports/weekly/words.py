"""The words for what is recorded about the figures of the week."""

from django.utils.translation import gettext_lazy as _

from records.audit import history
from records.audit.history import Word

CHOICE = {"weekly": Word(_("Figures of the week by mail"), history.yes_or_no)}
SHEET = {"judged_on": Word(_("Figures as of"), history.day)}

history.speak("reports.weeklychoice", _("Wish for the figures of the week"), CHOICE)
history.speak("reports.weeklysheet", _("Figures of the week"), SHEET)
