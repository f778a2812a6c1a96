"""The time planned for an item, and how slides are filled: without a database."""

from datetime import time

import pytest

from coordination.conferences.models import AgendaItem, Conclusion
from coordination.conferences.queries.agenda import planned_minutes
from reports.projection.slides import CONCLUSION_LETTERS, _by_length, _parted


@pytest.mark.parametrize(
    ("duration", "starts", "after", "planned"),
    [
        (20, time(14, 0), time(14, 10), 20),
        (None, time(14, 0), time(14, 10), 10),
        (None, time(14, 0), None, None),
        (None, None, time(14, 10), None),
        (None, time(14, 10), time(14, 0), None),
    ],
)
def test_planned_is_the_duration_or_the_time_until_the_next_item(duration, starts, after, planned):
    item = AgendaItem(duration_minutes=duration, starts_at=starts)
    assert planned_minutes(item, AgendaItem(starts_at=after)) == planned
    assert planned_minutes(item, None) == duration


@pytest.mark.parametrize(("rows", "pages"), [(0, []), (1, [1]), (7, [7]), (8, [4, 4]), (15, [5, 5, 5])])
def test_rows_fill_pages_evenly(rows, pages):
    assert [len(page) for page in _parted(range(rows), 7)] == pages


def test_conclusions_fill_a_page_by_their_length_and_a_long_one_stands_alone():
    short, long = Conclusion(text="a" * 150), Conclusion(text="b" * (CONCLUSION_LETTERS + 1))
    assert [len(page) for page in _by_length([short, short, short, short])] == [3, 1]
    assert _by_length([short, long, short]) == [[short], [long], [short]]
    assert _by_length([]) == []
