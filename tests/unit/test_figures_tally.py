"""The arithmetic of the four buckets, on counts written out by hand."""

from decimal import Decimal

import pytest

from coordination.figures.shapes import MonthCell
from coordination.figures.tally import Group, Number, share, tally, year_tally
from coordination.tasks.enums import Bucket, Standing

ON_TIME, LATE, IN_TIME, OVERDUE, ONGOING = (bucket.value for bucket in Bucket)


def groups(on_time=0, late=0, in_time=0, overdue=0, ongoing=0) -> list[Group]:
    counts = {ON_TIME: on_time, LATE: late, IN_TIME: in_time, OVERDUE: overdue, ONGOING: ongoing}
    return [Group(bucket, Standing.IN_PROGRESS.value, count) for bucket, count in counts.items() if count]


def test_rates_have_their_own_denominators():
    counted = tally(groups(on_time=36, late=7, overdue=3, in_time=4, ongoing=5), (("year", "2021"),))
    assert (counted.due, counted.done, counted.total, counted.ongoing) == (46, 43, 50, 5)
    assert counted.on_time_rate == Decimal(3600) / 46
    assert counted.done_rate == Decimal(86)


def test_suspended_and_cancelled_tasks_are_in_no_count():
    counted = tally([Group("", Standing.CANCELLED.value, 3), *groups(on_time=1)], ())
    assert (counted.total, counted.ongoing, counted.done_rate) == (1, 0, 100)


def test_nothing_due_has_no_rate():
    counted = tally(groups(in_time=2), ())
    assert counted.on_time_rate is None
    assert counted.done_rate == 0
    assert tally([], ()).done_rate is None


def test_a_number_knows_its_list():
    counted = tally(groups(on_time=2, overdue=1), (("year", "2021"), ("area", "gpmb")))
    assert counted.due == 3
    assert counted.due.query == "?year=2021&area=gpmb&bucket=done_on_time&bucket=done_late&bucket=overdue"
    assert f"{Number(5, ())}" == "5"


def test_late_days_are_of_late_tasks_only():
    late = [
        Group(LATE, Standing.COMPLETED_LATE.value, 2, late_days=9, most_late_days=7),
        Group(LATE, Standing.COMPLETED_LATE.value, 1, late_days=24, most_late_days=24),
        Group(ON_TIME, Standing.COMPLETED.value, 5, measured=3, reached=2),
    ]
    counted = year_tally(late, (("year", "2021"),))
    assert (counted.mean_late_days, counted.most_late_days) == (11, 24)
    assert (counted.measured, counted.reached) == (3, 2)
    assert counted.standing(Standing.COMPLETED_LATE) == 3
    assert counted.standing(Standing.COMPLETED).query == "?year=2021&status=completed"
    assert year_tally(groups(on_time=1), ()).mean_late_days is None


@pytest.mark.parametrize(
    ("on_time", "due", "level"), [(0, 0, 0), (3, 3, 4), (4, 5, 3), (79, 100, 2), (1, 2, 2), (49, 100, 1), (0, 1, 1)]
)
def test_heat_levels(on_time, due, level):
    cell = MonthCell(1, tally(groups(on_time=on_time, overdue=due - on_time, in_time=9), ()))
    assert cell.level == level


def test_a_share_of_nothing_is_unknown():
    assert share(0, 0) is None
    assert share(1, 3) == Decimal(100) / 3


def test_a_number_without_an_exact_list_has_no_link():
    counted = tally(groups(on_time=2), None)
    assert counted.done == 2
    assert counted.done.query == ""
