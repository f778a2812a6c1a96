"""Everyone has been told what is new by rules the drafting secretaries set; these get a letter and have calendars."""

from coordination.reminders import services as reminders
from coordination.reminders.enums import FeedKind, Rhythm
from coordination.reminders.timing import Rules
from records import clock
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
