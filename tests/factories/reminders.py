"""Reminders of tests: a run on a day, and what somebody was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.reminders.enums import Occasion
from coordination.reminders.models import Notice, ReminderRules
from coordination.reminders.queries import rules_held
from coordination.reminders.services import send_digests, set_reminder_rules, tell_whom_it_concerns
from coordination.reminders.timing import Rules
from coordination.tasks.models import Task
from records import clock
from tests.factories.tasks import make_task


def with_address(member: Membership, address: str = "") -> Membership:
    """The member, whose account letters can reach."""
    member.user.email = address or f"{member.user.username}@phoi-hop.example"
    member.user.save(update_fields=["email"])
    return member


@contextmanager
def on(day: date, hour: int = 8) -> Iterator[date]:
    """Stand at an hour of a day."""
    with clock.standing_at(clock.at(day, hour)):
        yield day


def an_old_task(program: Program, **facts) -> Task:
    """A task entered so long ago that it is no news."""
    with on(date(2022, 1, 11)):
        return make_task(program, **facts)


def remind(day: date) -> tuple[int, int]:
    """What the portal does by itself on a day: how many notices and how many letters were new."""
    with on(day):
        return tell_whom_it_concerns(day), send_digests(day)


def told(member: Membership, *occasions: Occasion) -> list[tuple[str, int]]:
    """What a member was told, in order: occasion and turn."""
    rows = Notice.objects.filter(member=member).order_by("pk").values_list("occasion", "turn")
    return [(occasion, turn) for occasion, turn in rows if not occasions or occasion in occasions]


def set_rules(secretary: Membership, rules: Rules, day: date = date(2022, 1, 12)) -> ReminderRules:
    """The rules of the secretary's unit, set in the morning of a day."""
    unit = secretary.agency.unit
    with on(day, hour=7):
        return set_reminder_rules(unit, rules, actor=secretary, revision=rules_held(unit).revision)
