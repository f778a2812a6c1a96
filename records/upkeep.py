"""What this floor does by itself at night."""

from datetime import time

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.jobs.schedule.declared import Planned
from records.jobs.services import clear_old
from records.mail.services import forget_words

CLEARING = Planned(
    "clear-old",
    gettext_lazy("Clear old jobs and the words of letters given up"),
    act="records.upkeep.clear",
    at=time(0, 30),
)


def clear() -> str:
    """Remove jobs that ended a week ago and their files, and the words of letters given up that long ago."""
    said = {"jobs": clear_old(), "letters": forget_words()}
    return _("%(jobs)s old jobs removed, the words of %(letters)s letters forgotten") % said
