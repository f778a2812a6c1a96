"""One round of reminding: whoever has to be told is told, letters are written, old notices go."""

from django.utils.translation import gettext as _

from coordination.reminders.services.clearing import clear_old_notices
from coordination.reminders.services.digests import send_digests
from coordination.reminders.services.noticing import tell_whom_it_concerns
from records import clock

FIRST_HOUR = 7


def remind_in_working_hours() -> str:
    """Tell people what concerns them today, from seven in the morning on: nobody wants to be reminded at night.

    Why no entry: each of the acts it is made of leaves its own.
    """
    if clock.local_hour(clock.now()) < FIRST_HOUR:
        return _("Nobody is reminded before %(hour)s o'clock") % {"hour": FIRST_HOUR}
    day = clock.today()
    said = {"notices": tell_whom_it_concerns(day), "letters": send_digests(day)}
    clear_old_notices(day)
    return _("%(notices)s notices, %(letters)s letters") % said
