"""Days move by the calendar: ends of months stay ends, quarters stay quarters, no deadline on a weekend."""

from datetime import date

import pytest

from coordination.carryover.shifting import off_the_weekend, shift, shift_day
from coordination.tasks.enums import ScheduleKind as K
from coordination.tasks.schedule import Span

YEAR_2023 = Span(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2022, 6, 15), 1, date(2023, 6, 15)),
        (date(2022, 6, 30), 1, date(2023, 6, 30)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2023, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 2, 28), 1, date(2025, 2, 28)),
        (date(2022, 12, 31), 5, date(2027, 12, 31)),
    ],
)
def test_the_same_day_some_years_later(day, years, expected):
    assert shift_day(day, years) == expected


def test_a_deadline_moves_off_the_weekend_but_not_out_of_the_period():
    assert off_the_weekend(date(2023, 4, 15), date(2023, 12, 31)) == date(2023, 4, 17)
    assert off_the_weekend(date(2023, 4, 16), date(2023, 12, 31)) == date(2023, 4, 17)
    assert off_the_weekend(date(2023, 4, 14), date(2023, 12, 31)) == date(2023, 4, 14)
    assert off_the_weekend(date(2023, 12, 31), date(2023, 12, 31)) == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("kind", "start_on", "due_on", "expected"),
    [
        (K.QUARTER, date(2022, 4, 1), date(2022, 6, 30), (date(2023, 4, 1), None, None)),
        (K.WHOLE_YEAR, date(2022, 1, 1), date(2022, 12, 31), (date(2023, 1, 1), None, None)),
        (K.EACH_MONTH, date(2022, 1, 1), date(2022, 12, 31), (None, None, None)),
        (K.ONGOING, None, None, (None, None, None)),
        (K.BEFORE_DAY, None, date(2022, 4, 15), (None, date(2023, 4, 17), date(2023, 4, 15))),
        (K.ON_DAY, date(2022, 4, 15), date(2022, 4, 15), (date(2023, 4, 17), date(2023, 4, 17), date(2023, 4, 15))),
        (K.RANGE, date(2022, 1, 1), date(2022, 6, 30), (date(2023, 1, 1), date(2023, 6, 30), None)),
    ],
)  # fmt: skip
def test_a_schedule_in_the_next_year(kind, start_on, due_on, expected):
    moved = shift(kind, start_on=start_on, due_on=due_on, years=1, period=YEAR_2023)
    assert (moved.start_on, moved.due_on, moved.moved_from) == expected
