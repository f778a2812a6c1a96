"""Everyone has been told what is new by rules the drafting secretaries set; these get letters, sheets and calendars."""

from datetime import timedelta

from coordination.reminders import services as reminders
from coordination.reminders.enums import FeedKind, Rhythm
from coordination.reminders.timing import Rules
from records import clock
from reports.weekly import services as weekly
from reports.weekly.queries import monday_of
from tests.integration.rights.cast import Cast


def tell_everyone(*casts: Cast) -> None:
    """Notices for all members of these units, and for each secretary a letter and both calendars."""
    for cast in casts:
        member = cast.secretary
        member.user.email = f"{member.user.username}@phoi-hop.example"
        member.user.save(update_fields=["email"])
        reminders.set_reminder_rules(cast.unit, Rules(days_before=(7, 2)), actor=member, revision=0)
        reminders.choose_rhythm(Rhythm.DAILY, actor=member)
        for kind in FeedKind:
            reminders.open_feed(kind, actor=member)
    reminders.tell_whom_it_concerns(clock.today())
    reminders.send_digests(clock.today())


def send_the_week(*casts: Cast) -> None:
    """Each secretary wants the figures of the week and gets the sheet next Monday morning."""
    for cast in casts:
        weekly.choose_weekly(actor=cast.secretary, wanted=True)
    next_monday = monday_of(clock.today()) + timedelta(days=7)
    weekly.send_weekly(clock.at(next_monday, 8))
