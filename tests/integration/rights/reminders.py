"""What people are told, by which rules, how they want to be told, and the addresses of their calendars."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.reminders import permissions
from coordination.reminders import services as reminders
from coordination.reminders.enums import FeedKind, Rhythm
from coordination.reminders.models import CalendarFeed
from coordination.reminders.queries import rules_held
from coordination.reminders.timing import USUAL, Rules
from tests.integration.rights.cast import Cast

OWN, AGENCY = "calendar of a leader of the second party", "calendar of that party, opened by this leader"
STATES = EVERY_STATE = (OWN, AGENCY)
_KINDS = {OWN: FeedKind.OWN, AGENCY: FeedKind.AGENCY}


@dataclass(frozen=True)
class Stage:
    """Both addresses of one leader, and rules of reminding that are not the usual ones."""

    cast: Cast
    feeds: dict[str, CalendarFeed]

    def set_rules(self, rules: Rules, actor: Membership):
        """Set the rules of the unit, knowing the last change."""
        unit = self.cast.unit
        return reminders.set_reminder_rules(unit, rules, actor=actor, revision=rules_held(unit).revision)


def set_stage(cast: Cast) -> Stage:
    leader = cast.members["party", Role.LEADER]
    feeds = {}
    for state, kind in _KINDS.items():
        reminders.open_feed(kind, actor=leader)
        feeds[state] = CalendarFeed.objects.live().get(member=leader, kind=kind)
    stage = Stage(cast, feeds)
    stage.set_rules(Rules(days_before=(20, 10)), cast.secretary)
    return stage


def viewed(stage: Stage):
    """Whoever sees an address, which is never shown again, may take it back."""
    return [(CalendarFeed, permissions.can_revoke_feed)]


def reached(stage: Stage) -> set[str]:
    """Which calendars there are."""
    return {state for state, kind in _KINDS.items() if stage.feeds[state].kind == kind}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service of the room."""
    feed, kind = stage.feeds[state], _KINDS[state]
    return {
        "can_be_reminded": permissions.can_be_reminded,
        "mark_as_read": lambda actor: reminders.mark_as_read(actor=actor, up_to=2**40),
        "choose_rhythm": lambda actor: reminders.choose_rhythm(Rhythm.WEEKLY, actor=actor),
        "can_set_reminder_rules": lambda actor: permissions.can_set_reminder_rules(actor, stage.cast.unit),
        "set_reminder_rules": lambda actor: stage.set_rules(USUAL, actor),
        "restore_usual_rules": lambda actor: reminders.restore_usual_rules(stage.cast.unit, actor=actor),
        "can_open_feed": lambda actor: permissions.can_open_feed(actor, kind),
        "open_feed": lambda actor: reminders.open_feed(kind, actor=actor),
        "can_revoke_feed": lambda actor: permissions.can_revoke_feed(actor, feed),
        "revoke_feed": lambda actor: reminders.revoke_feed(feed, actor=actor),
    }
