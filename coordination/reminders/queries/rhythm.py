"""How someone wants to be told."""

from agencies.models import User
from coordination.reminders.enums import Rhythm
from coordination.reminders.models import ReminderSettings


def rhythm_of(account: User) -> Rhythm:
    """How often an account gets letters; once a day until it chose otherwise. One query."""
    chosen = ReminderSettings.objects.filter(account=account).values_list("rhythm", flat=True).first()
    return Rhythm(chosen or Rhythm.DAILY)
