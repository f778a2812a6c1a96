from datetime import date, time

import pytest

from coordination.tasks.enums import ScheduleKind
from coordination.tasks.schedule import Detail, Span, Wave, frozen_words, largest_number, span, turns, words

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
    ScheduleKind.QUARTERS: (2, None, None, D(2022, 4, 1), D(2022, 9, 30), "Quý II, III/2022"),
    ScheduleKind.WAVES: (
        None,
        None,
        None,
        D(2022, 3, 1),
        D(2022, 9, 15),
        "2 đợt: Ra quân từ 01/3/2022 đến 15/3/2022; đợt 2 đến 15/9/2022",
    ),
    ScheduleKind.AFTER_TASK: (
        None,
        None,
        None,
        None,
        None,
        "Sau khi hoàn thành nhiệm vụ 02.03, trong 10 ngày",
    ),
    ScheduleKind.OPEN_ENDED: (
        None,
        D(2022, 3, 1),
        None,
        D(2022, 3, 1),
        None,
        "Từ 01/3/2022, không định ngày kết thúc",
    ),
}
DETAILS = {
    ScheduleKind.QUARTERS: Detail(until=3),
    ScheduleKind.WAVES: Detail(waves=(Wave(D(2022, 3, 1), D(2022, 3, 15), "Ra quân"), Wave(None, D(2022, 9, 15)))),
    ScheduleKind.AFTER_TASK: Detail(follows="02.03", within_days=10),
}


def test_every_kind_has_its_case():
    assert set(CASES) == set(ScheduleKind)


@pytest.mark.parametrize("kind", CASES)
def test_days_and_words_of_a_schedule(kind):
    number, start, due, first, last, written = CASES[kind]
    detail = DETAILS.get(kind, Detail())
    days = span(kind, period=YEAR, year=2022, number=number, start_on=start, due_on=due, detail=detail)
    assert days == Span(first, last)
    assert words(kind, number=number, start_on=days.start_on, due_on=days.due_on, detail=detail) == written


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("on_day", "16 giờ 30 ngày 15/4/2022"),
        ("before_day", "Trước 16 giờ 30 ngày 15/4/2022"),
        ("range", "Từ 01/3/2022 đến 16 giờ 30 ngày 15/4/2022"),
    ],
)
def test_a_time_of_day_stands_beside_the_day(kind, written):
    detail = Detail(due_time=time(16, 30))
    assert words(kind, number=None, start_on=D(2022, 3, 1), due_on=D(2022, 4, 15), detail=detail) == written


def test_a_version_that_froze_details_says_them_and_an_older_one_needs_none():
    plain = {"schedule_kind": "quarter", "schedule_number": 1, "start_on": "2022-01-01", "due_on": "2022-03-31"}
    assert frozen_words(plain) == "Quý I/2022"
    waves = {"schedule_kind": "waves", "schedule_number": None, "start_on": "2022-03-01", "due_on": "2022-09-15"}
    waves["schedule"] = {"waves": [["2022-03-01", "2022-03-15", "Ra quân"], [None, "2022-09-15", ""]]}
    assert frozen_words(waves) == CASES[ScheduleKind.WAVES][-1]
    after = {"schedule_kind": "after_task", "schedule_number": None, "start_on": None, "due_on": "2022-05-01"}
    after["schedule"] = {"follows": "02.03"}
    assert frozen_words(after) == "Sau khi hoàn thành nhiệm vụ 02.03 (đến 01/5/2022)"


def test_recurring_work_has_a_turn_for_each_month_quarter_or_half_year_it_touches():
    monthly = list(turns("each_month", Span(D(2022, 3, 30), D(2022, 6, 15))))
    assert [turn.name for turn in monthly] == ["Tháng 3/2022", "Tháng 4/2022", "Tháng 5/2022", "Tháng 6/2022"]
    assert (monthly[0].start_on, monthly[0].due_on) == (D(2022, 3, 30), D(2022, 3, 31))
    assert (monthly[-1].start_on, monthly[-1].due_on) == (D(2022, 6, 1), D(2022, 6, 15))
    over_two_years = [turn.name for turn in turns("each_quarter", Span(D(2022, 10, 1), D(2023, 4, 1)))]
    assert over_two_years == ["Quý IV/2022", "Quý I/2023", "Quý II/2023"]
    assert len(list(turns("each_half_year", YEAR))) == 2
    assert list(turns("range", YEAR)) == list(turns("each_month", Span(None, D(2022, 6, 1)))) == []


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
    ("kind", "largest"),
    [("month", 12), ("quarter", 4), ("half_year", 2), ("quarters", 4), ("range", 0), ("whole_year", 0)],
)
def test_how_many_of_a_kind_a_year_has(kind, largest):
    assert largest_number(kind) == largest
