"""How someone wants to be told, and the rules of reminding in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from agencies.models import User
from coordination.reminders.enums import ESCALATED_AFTER, STEPS, Rhythm
from coordination.reminders.models import ReminderSettings


def rhythm_of(account: User) -> Rhythm:
    """How often an account gets letters; once a day until it chose otherwise. One query."""
    chosen = ReminderSettings.objects.filter(account=account).values_list("rhythm", flat=True).first()
    return Rhythm(chosen or Rhythm.DAILY)


def rules_in_words() -> Sequence[str]:
    """When the portal reminds of a task, as sentences. Rule: R-REMIND-1."""
    ahead = sorted((step for step in STEPS if step), reverse=True)
    steps = _("%(first)s and %(last)s") % {"first": ", ".join(map(str, ahead[:-1])), "last": ahead[-1]}
    return (
        _("Officials and secretaries of the lead agency: %(steps)s working days before the deadline, and on the day.")
        % {"steps": steps},
        _("After the deadline: on the next working day, then every week until the task is reported complete."),
        _("Leaders of the lead agency: from the %(days)sth working day after the deadline, every week.")
        % {"days": ESCALATED_AFTER},
        _("Whoever must confirm, decide, sign or comment: as soon as it is asked."),
        _("On days off nobody is reminded. Days off come from the calendar of working days."),
    )
