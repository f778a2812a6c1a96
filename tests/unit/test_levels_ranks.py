"""Ranks by on-time rate, and who stands far behind."""

import pytest

from coordination.figures.queries import Tally
from coordination.tasks.enums import Bucket
from reports.levels.ranks import far_behind, ranks


def tally(on_time: int, due: int, ahead: int = 0) -> Tally:
    return Tally({Bucket.DONE_ON_TIME: on_time, Bucket.OVERDUE: due - on_time, Bucket.IN_TIME: ahead})


def units(*pairs: tuple[int, int]) -> dict[int, Tally]:
    return {place: tally(*pair) for place, pair in enumerate(pairs, start=1)}


def test_equal_rates_share_a_rank_and_the_next_is_left_out():
    assert ranks(units((9, 10), (10, 10), (18, 20), (1, 2))) == {2: 1, 1: 2, 3: 2, 4: 4}


def test_where_nothing_was_due_there_is_no_rank():
    assert ranks({1: tally(0, 0, ahead=4), 2: tally(1, 1), 3: tally(0, 0)}) == {2: 1}
    assert ranks({}) == {}


@pytest.mark.parametrize(
    "rates,behind",
    [
        # median 90, half of them between 80 and 95: the bound lies at 67.5
        (((95, 100), (95, 100), (90, 100), (80, 100), (67, 100)), {5}),
        (((95, 100), (95, 100), (90, 100), (80, 100), (68, 100)), set()),
        # all alike: only what lies more than ten points below is far
        (((100, 100), (100, 100), (100, 100), (100, 100), (90, 100)), set()),
        (((100, 100), (100, 100), (100, 100), (100, 100), (89, 100)), {5}),
        # four to compare with are too few, and so are four tasks due
        (((100, 100), (100, 100), (100, 100), (0, 100)), set()),
        (((100, 100), (100, 100), (100, 100), (100, 100), (0, 4)), set()),
        (((100, 100), (100, 100), (100, 100), (100, 100), (0, 5)), {5}),
    ],
)
def test_far_behind_is_more_than_one_and_a_half_ranges_below_the_median(rates, behind):
    assert far_behind(units(*rates)) == behind


def test_nobody_is_behind_where_nothing_was_due():
    assert far_behind({place: tally(0, 0, ahead=9) for place in range(8)}) == set()
