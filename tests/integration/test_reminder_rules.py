"""The rules of reminding: an office sets them, runs follow those of the program's unit, nothing is told twice."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from agencies.access.enums import Role
from coordination.programs.models import Program
from coordination.reminders import services as reminders
from coordination.reminders.models import ReminderRules
from coordination.reminders.permissions import can_set_reminder_rules
from coordination.reminders.queries import rules_held
from coordination.reminders.timing import USUAL, Rules
from coordination.tasks import services as tasks
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.reminders import an_old_task, on, remind, set_rules, told, with_address
from tests.factories.tasks import official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    """A program agreed long ago, so that its tasks are no news."""
    with on(date(2022, 1, 10)):
        return make_program("signed").pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def official(program):
    return with_address(official_of(program.parties.first().agency))


@pytest.fixture
def secretary(program):
    """Of an agency of the unit that has nothing to do with the program."""
    return make_member(make_agency(program.unit, "van-thu"), Role.SECRETARY)


def days_heard(member, first: date, last: date) -> list[date]:
    """The days of a stretch on which a run told a member something, each day run twice."""
    heard, day = [], first
    while day <= last:
        before = len(told(member))
        with on(day):
            reminders.tell_whom_it_concerns(day)
            reminders.tell_whom_it_concerns(day)
        heard += [day] if len(told(member)) > before else []
        day += timedelta(days=1)
    return heard


def march(*days: int) -> list[date]:
    return [date(2022, 3, day) for day in days]


def april(*days: int) -> list[date]:
    return [date(2022, 4, day) for day in days]


# What the rules say is what the runs do


@pytest.mark.parametrize(
    ("rules", "days"),
    [
        (USUAL, april(5, 12, 14, 15)),  # the day in lieu of the Hùng Kings, 11 April, lies between
        (Rules(days_before=(10, 2)), [date(2022, 3, 31), *april(13, 15)]),
        (Rules(days_before=(4,), on_the_day=False), april(8)),
        (Rules(days_before=()), april(15)),
    ],
)
def test_a_deadline_ahead_is_called_to_mind_on_the_days_that_were_set(program, official, secretary, rules, days):
    if rules != USUAL:
        set_rules(secretary, rules)
    an_old_task(program, due_on=date(2022, 4, 15))
    assert days_heard(official, date(2022, 3, 25), date(2022, 4, 15)) == days


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (None, march(7, 14, 21)),
        (1, march(7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22)),
        (2, march(7, 9, 11, 15, 17, 21)),
        (10, march(7, 21)),
    ],
)
def test_a_deadline_passed_is_called_to_mind_in_the_rhythm_that_was_set(program, official, secretary, every, days):
    if every:
        set_rules(secretary, Rules(every_days=every))
    an_old_task(program, due_on=date(2022, 3, 4))  # a Friday
    assert days_heard(official, date(2022, 3, 5), date(2022, 3, 22)) == days


@pytest.mark.parametrize(
    ("after", "days"), [(5, march(11, 18)), (2, march(8, 15, 22)), (1, march(7, 14, 21)), (None, [])]
)
def test_leaders_are_told_from_the_day_that_was_set_or_never(program, official, secretary, after, days):
    leader = make_member(official.agency, Role.LEADER)
    if after != USUAL.leaders_after:
        set_rules(secretary, Rules(leaders_after=after))
    an_old_task(program, due_on=date(2022, 3, 4))
    assert days_heard(leader, date(2022, 3, 5), date(2022, 3, 22)) == days


def test_parts_with_a_deadline_of_their_own_follow_the_rules_for_four_weeks(program, official, secretary):
    set_rules(secretary, Rules(days_before=(2,), on_the_day=False, every_days=10))
    items = (tasks.ItemDraft("Lập danh sách hộ", date(2022, 3, 4), None),)
    an_old_task(program, due_on=date(2022, 12, 30), items=items)
    assert days_heard(official, date(2022, 2, 28), date(2022, 4, 29)) == march(2, 7, 21)


def test_the_rules_are_those_of_the_programs_unit_whoever_leads(program, official, secretary):
    elsewhere = make_unit()
    helper = make_member(make_agency(elsewhere, "xa"))
    of_theirs = make_member(helper.agency, Role.SECRETARY)
    set_rules(of_theirs, Rules(days_before=(20,), on_the_day=False))
    set_rules(secretary, Rules(days_before=(4,), on_the_day=False))
    with on(date(2022, 1, 10)):
        other = make_program("signed", unit=elsewhere)
    there = official_of(other.parties.first().agency)
    an_old_task(program, due_on=date(2022, 4, 15))
    an_old_task(other, due_on=date(2022, 4, 15))
    assert days_heard(official, date(2022, 3, 10), date(2022, 4, 15)) == april(8)
    assert told(there) == [("due", 20)]


# What changes when the rules do


def test_new_rules_before_a_deadline_tell_nothing_twice(program, official, secretary):
    an_old_task(program, due_on=date(2022, 4, 15))
    remind(date(2022, 4, 5))
    set_rules(secretary, Rules(days_before=(5, 2)), date(2022, 4, 6))
    assert days_heard(official, date(2022, 4, 6), date(2022, 4, 7)) == april(7)
    set_rules(secretary, USUAL, date(2022, 4, 8))
    assert days_heard(official, date(2022, 4, 8), date(2022, 4, 15)) == april(12, 14, 15)
    assert told(official) == [("due", 7), ("due", 5), ("due", 3), ("due", 1), ("due", 0)]


def test_a_step_that_new_rules_put_into_the_past_is_made_up_for_by_one_notice(program, official, secretary):
    an_old_task(program, due_on=date(2022, 4, 15))
    remind(date(2022, 3, 29))
    assert told(official) == []
    set_rules(secretary, Rules(days_before=(30, 25, 15)), TODAY)
    assert days_heard(official, TODAY, date(2022, 4, 14)) == [TODAY]
    assert told(official) == [("due", 15)]


def test_new_rules_after_a_deadline_tell_nothing_twice_and_keep_telling(program, official, secretary):
    an_old_task(program, due_on=date(2022, 3, 4))
    assert days_heard(official, date(2022, 3, 5), date(2022, 3, 14)) == march(7, 14)
    set_rules(secretary, Rules(every_days=2), date(2022, 3, 15))
    assert days_heard(official, date(2022, 3, 15), date(2022, 3, 15)) == march(15)
    set_rules(secretary, USUAL, date(2022, 3, 16))
    assert days_heard(official, date(2022, 3, 16), date(2022, 3, 29)) == march(21, 28)


def test_leaders_who_were_told_are_not_told_again_when_the_rules_change(program, official, secretary):
    leader = make_member(official.agency, Role.LEADER)
    an_old_task(program, due_on=date(2022, 3, 4))
    assert days_heard(leader, date(2022, 3, 5), date(2022, 3, 11)) == march(11)
    set_rules(secretary, Rules(leaders_after=3), date(2022, 3, 14))
    assert days_heard(leader, date(2022, 3, 14), date(2022, 3, 22)) == march(16)
    set_rules(secretary, Rules(leaders_after=None), date(2022, 3, 23))
    assert days_heard(leader, date(2022, 3, 23), date(2022, 4, 8)) == []


# Setting them


def test_only_secretaries_of_the_unit_set_the_rules(program, official, secretary):
    unit = program.unit
    assert can_set_reminder_rules(secretary, unit)
    for role in (Role.OFFICIAL, Role.LEADER, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        decision = can_set_reminder_rules(make_member(official.agency, role), unit)
        assert not decision
        assert decision.reason
        assert not decision.hidden
    stranger = make_member(make_agency(make_unit(), "xa"), Role.SECRETARY)
    assert can_set_reminder_rules(stranger, unit).hidden
    assert can_set_reminder_rules(None, unit).hidden
    for act in (
        lambda: reminders.set_reminder_rules(unit, Rules(days_before=(9,)), actor=stranger, revision=0),
        lambda: reminders.restore_usual_rules(unit, actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not ReminderRules.objects.exists()


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (Rules(days_before=(31,)), "days_before"),
        (Rules(days_before=(0,)), "days_before"),
        (Rules(days_before=(6, 5, 4, 3, 2, 1)), "days_before"),
        (Rules(days_before=(), on_the_day=False), "days_before"),
        (Rules(every_days=0), "every_days"),
        (Rules(every_days=11), "every_days"),
        (Rules(leaders_after=0), "leaders_after"),
        (Rules(leaders_after=21), "leaders_after"),
        (USUAL, None),
    ],
)
def test_rules_that_make_no_sense_are_refused_at_their_field(secretary, rules, field):
    with pytest.raises(RuleBroken) as refusal:
        set_rules(secretary, rules)
    assert refusal.value.field == field
    assert not ReminderRules.objects.exists()


def test_days_are_kept_from_the_farthest_to_the_nearest_each_once(secretary):
    assert set_rules(secretary, Rules(days_before=(2, 10, 2, 5))).rules == Rules(days_before=(10, 5, 2))


def test_who_did_not_see_the_last_change_is_stopped(program, secretary):
    set_rules(secretary, Rules(days_before=(9,)))
    with pytest.raises(Conflict):
        reminders.set_reminder_rules(program.unit, Rules(days_before=(8,)), actor=secretary, revision=0)
    assert rules_held(program.unit).rules == Rules(days_before=(9,))


def test_every_change_is_kept_for_good(secretary):
    first = set_rules(secretary, Rules(days_before=(9,)))
    for act in (
        lambda: ReminderRules.objects.filter(pk=first.pk).update(on_the_day=False),
        lambda: ReminderRules.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
