from datetime import date

import pytest

from coordination.tasks.enums import ScheduleKind
from coordination.tasks.schedule import Span, largest_number, span, words

YEAR = Span(date(2022, 1, 1), date(2022, 12, 31))
D = date

CASES = {
    # kind: (number, given start, given due, start, due, words)
    ScheduleKind.ON_DAY: (None, None, D(2022, 4, 15), D(2022, 4, 15), D(2022, 4, 15), "Ngày 15/4/2022"),
    ScheduleKind.BEFORE_DAY: (None, None, D(2022, 6, 30), None, D(2022, 6, 30), "Trước 30/6/2022"),
    ScheduleKind.RANGE: (
        None,
        D(2022, 1, 1),
        D(2022, 3, 15),
        D(2022, 1, 1),
        D(2022, 3, 15),
        "Từ 01/01/2022 đến 15/3/2022",
    ),
    ScheduleKind.MONTH: (2, None, None, D(2022, 2, 1), D(2022, 2, 28), "Tháng 2/2022"),
    ScheduleKind.QUARTER: (1, None, None, D(2022, 1, 1), D(2022, 3, 31), "Quý I/2022"),
    ScheduleKind.HALF_YEAR: (1, None, None, D(2022, 1, 1), D(2022, 6, 30), "6 tháng đầu năm 2022"),
    ScheduleKind.WHOLE_YEAR: (None, None, None, D(2022, 1, 1), D(2022, 12, 31), "Cả năm 2022"),
    ScheduleKind.ONGOING: (None, None, None, None, None, "Thường xuyên"),
    ScheduleKind.ON_OCCURRENCE: (None, None, None, None, None, "Khi phát sinh"),
    ScheduleKind.EACH_MONTH: (None, None, None, D(2022, 1, 1), D(2022, 12, 31), "Hằng tháng"),
    ScheduleKind.EACH_QUARTER: (None, None, None, D(2022, 1, 1), D(2022, 12, 31), "Hằng quý"),
    ScheduleKind.EACH_HALF_YEAR: (None, None, None, D(2022, 1, 1), D(2022, 12, 31), "6 tháng một lần"),
}


def test_every_kind_has_its_case():
    assert set(CASES) == set(ScheduleKind)


@pytest.mark.parametrize("kind", CASES)
def test_days_and_words_of_a_schedule(kind):
    number, start, due, first, last, written = CASES[kind]
    days = span(kind, period=YEAR, year=2022, number=number, start_on=start, due_on=due)
    assert days == Span(first, last)
    assert words(kind, number=number, start_on=days.start_on, due_on=days.due_on) == written


def test_last_quarter_and_second_half_end_the_year():
    for kind, number in ((ScheduleKind.QUARTER, 4), (ScheduleKind.HALF_YEAR, 2), (ScheduleKind.MONTH, 12)):
        assert span(kind, period=YEAR, year=2022, number=number).due_on == date(2022, 12, 31)
    half = span(ScheduleKind.HALF_YEAR, period=YEAR, year=2022, number=2)
    assert (
        words(ScheduleKind.HALF_YEAR, number=2, start_on=half.start_on, due_on=half.due_on) == "6 tháng cuối năm 2022"
    )


def test_february_of_a_leap_year_has_29_days():
    leap = Span(date(2024, 1, 1), date(2024, 12, 31))
    assert span(ScheduleKind.MONTH, period=leap, year=2024, number=2).due_on == date(2024, 2, 29)


def test_whole_year_stays_inside_a_shorter_program():
    period = Span(date(2022, 3, 30), date(2022, 11, 30))
    assert span(ScheduleKind.WHOLE_YEAR, period=period, year=2022) == period


@pytest.mark.parametrize(
    ("kind", "largest"), [("month", 12), ("quarter", 4), ("half_year", 2), ("range", 0), ("whole_year", 0)]
)
def test_how_many_of_a_kind_a_year_has(kind, largest):
    assert largest_number(kind) == largest
