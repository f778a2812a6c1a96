"""When deadlines are called to mind: the counting of rules, over a spring with Tết, holidays and days in lieu."""

from datetime import date, timedelta

import pytest

from coordination.reminders.timing import USUAL, Rules
from records.workdays.counting import Workdays
from records.workdays.shipped import shipped_years

DAYS = [special for year in (2021, 2022) for special in shipped_years()[year].days]
CALENDAR = Workdays(
    off=frozenset(special.day for special in DAYS if special.kind.is_off),
    worked=frozenset(special.day for special in DAYS if not special.kind.is_off),
)
DEADLINES = [date(2022, 1, 10) + timedelta(days=offset) for offset in range(40)]


def worked_after(deadline: date, count: int = 40) -> list[date]:
    """The first working days after a deadline."""
    return [CALENDAR.after(deadline, number) for number in range(1, count + 1)]


@pytest.mark.parametrize("every", range(1, 11))
def test_every_so_many_working_days_after_a_deadline_one_reminder_lies(every):
    for deadline in DEADLINES:
        worked = worked_after(deadline)
        turns = [Rules(every_days=every).days_late(deadline, day, CALENDAR) for day in worked]
        begun = [day for place, day in enumerate(worked) if turns[place] != ([0, *turns])[place]]
        assert begun == worked[::every]
        assert all(deadline + timedelta(days=turn) in worked[::every] for turn in turns)


def test_every_week_after_a_deadline_one_reminder_lies():
    for deadline in DEADLINES:
        turns = {day: USUAL.days_late(deadline, day, CALENDAR) for day in worked_after(deadline)}
        assert all(turn % 7 == 1 for turn in turns.values())
        assert all(turn <= (day - deadline).days < turn + 7 for day, turn in turns.items())


@pytest.mark.parametrize("after", [1, 5, 20])
def test_leaders_hear_nothing_before_their_day_and_then_every_week(after):
    for deadline in DEADLINES:
        first = CALENDAR.after(deadline, after)
        for day in worked_after(deadline):
            turn = Rules(leaders_after=after).days_late_for_leaders(deadline, day, CALENDAR)
            assert (turn == 0) == (day < first)
            assert turn == 0 or (deadline + timedelta(days=turn) - first).days % 7 == 0
    assert Rules(leaders_after=None).days_late_for_leaders(DEADLINES[0], date(2022, 12, 1), CALENDAR) == 0


def test_a_deadline_beyond_the_working_day_after_the_farthest_step_has_reached_no_step():
    """How far ahead a run must look: one working day more than the farthest step."""
    for farthest in (1, 7, 30):
        rules = Rules(days_before=(farthest,))
        for day in worked_after(date(2022, 1, 10), 20):
            horizon = CALENDAR.after(day, farthest + 1)
            reached = [ahead for ahead in (day + timedelta(days=offset) for offset in range(1, 90))
                       if rules.step_reached(ahead, day, CALENDAR) is not None]  # fmt: skip
            assert max(reached) <= horizon


def test_the_nearest_step_that_was_reached_counts():
    deadline = date(2022, 4, 15)
    rules = Rules(days_before=(10, 5, 2), on_the_day=False)
    days = [date(2022, 3, 30), date(2022, 3, 31), date(2022, 4, 8), date(2022, 4, 13), date(2022, 4, 15)]
    assert [rules.step_reached(deadline, day, CALENDAR) for day in days] == [None, 10, 5, 2, 2]
