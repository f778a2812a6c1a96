"""Working days: the list that comes with the portal, and counting."""

from datetime import date, timedelta

import pytest

from records.workdays.counting import Workdays
from records.workdays.enums import DayKind
from records.workdays.shipped import read, shipped_years

YEARS = range(2021, 2027)


def calendar() -> Workdays:
    days = [special for year in shipped_years().values() for special in year.days]
    return Workdays(
        off=frozenset(special.day for special in days if special.kind.is_off),
        worked=frozenset(special.day for special in days if not special.kind.is_off),
    )


def test_every_year_from_2021_to_2026_comes_with_the_portal_and_its_source():
    assert list(shipped_years()) == list(YEARS)
    assert all(year.source for year in shipped_years().values())


@pytest.mark.parametrize("year", YEARS)
def test_each_holiday_of_the_labour_code_is_in_each_year(year):
    """Article 112: 1 January, five days of Tết, the Hùng Kings, 30 April, 1 May and two days at 2 September."""
    named = [special.name for special in shipped_years()[year].days if special.kind is DayKind.HOLIDAY]
    assert sum("Tết Dương lịch" in name for name in named) == 1
    assert sum("Tết Nguyên đán" in name for name in named) == 5
    assert sum("Giỗ Tổ" in name for name in named) == 1
    assert sum("Quốc khánh" in name for name in named) == 2
    days = {special.day for special in shipped_years()[year].days if special.kind is DayKind.HOLIDAY}
    assert {date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)} <= days


@pytest.mark.parametrize("year", YEARS)
def test_each_holiday_at_a_weekend_has_its_day_in_lieu(year):
    days = shipped_years()[year].days
    at_weekend = [special for special in days if special.kind is DayKind.HOLIDAY and special.day.weekday() > 4]
    in_lieu = [special for special in days if special.kind is DayKind.IN_LIEU]
    assert len(at_weekend) == len(in_lieu)
    assert all(special.day.weekday() < 5 for special in in_lieu)


@pytest.mark.parametrize("year", YEARS)
def test_each_swap_gives_a_day_of_the_week_for_a_day_of_rest(year):
    days = shipped_years()[year].days
    given = [special for special in days if special.kind is DayKind.SWAPPED]
    worked = [special for special in days if special.kind is DayKind.WORKED]
    assert len(given) == len(worked)
    assert all(special.day.weekday() < 5 for special in given)
    assert all(special.day.weekday() > 4 for special in worked)


@pytest.mark.parametrize("year", YEARS)
def test_tet_and_the_day_of_the_hung_kings_lie_where_the_moon_says(year):
    """A lunar month begins with a new moon, 29.53 days after the last; Tết lies between 21 January and 20 February."""
    first = next(special.day for special in shipped_years()[year].days if "mùng 1" in special.name)
    hung_kings = next(special.day for special in shipped_years()[year].days if special.name == "Giỗ Tổ Hùng Vương")
    assert date(year, 1, 21) <= first <= date(year, 2, 20)
    for new_moon in (first, hung_kings - timedelta(days=9)):
        age = (new_moon - date(2000, 1, 6)).days % 29.530588
        assert min(age, 29.530588 - age) <= 1.5, new_moon
    months = round((hung_kings - timedelta(days=9) - first).days / 29.530588)
    assert months == (3 if year == 2023 else 2)  # 2023 had a second month twice


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2022, 4, 15), 1, date(2022, 4, 14)),
        (date(2022, 4, 15), 3, date(2022, 4, 12)),
        (date(2022, 4, 15), 7, date(2022, 4, 5)),  # over the day in lieu of the Hùng Kings, 11 April
        (date(2022, 5, 4), 1, date(2022, 4, 29)),  # over four days off
        (date(2022, 2, 7), 3, date(2022, 1, 26)),  # over Tết
        (date(2024, 5, 6), 1, date(2024, 5, 4)),  # a Saturday that was worked
        (date(2024, 5, 6), 2, date(2024, 5, 3)),
        (date(2022, 4, 17), 1, date(2022, 4, 15)),  # a Sunday's last working day before it
        (date(2022, 4, 15), 0, date(2022, 4, 15)),
    ],
)
def test_counting_back_leaves_out_days_off_and_takes_in_days_worked_instead(day, count, expected):
    assert calendar().before(day, count) == expected


def test_counting_there_and_back_agree():
    year = calendar()
    for offset in range(0, 2000, 7):
        start = date(2021, 1, 4) + timedelta(days=offset)
        reached = year.after(start, 5)
        assert year.between(start, reached) == 5
        assert year.is_workday(reached)


def test_the_first_working_day_of_a_week():
    assert calendar().first_of_week(date(2022, 4, 15)) == date(2022, 4, 12)  # Monday was off
    assert calendar().first_of_week(date(2022, 2, 3)) == date(2022, 1, 31)  # the whole week of Tết: its Monday
    assert calendar().first_of_week(date(2022, 3, 30)) == date(2022, 3, 28)


def test_a_calendar_without_any_working_day_still_ends():
    nothing = Workdays(off=frozenset(date(2022, 1, 1) + timedelta(days=each) for each in range(-800, 800)))
    assert nothing.before(date(2022, 1, 1), 3) < date(2022, 1, 1)


@pytest.mark.parametrize(
    "written",
    [
        "= 2022 nguồn\n2021-01-01 holiday Tết",
        "= 2022 nguồn\n2022-01-01 holiday Tết\n2022-01-01 holiday Tết",
        "= 2022 nguồn\n2022-01-01 feast Tết",
        "= 2022 nguồn\n2022-02-30 holiday Tết",
    ],
)
def test_a_list_with_a_mistake_is_refused(written):
    with pytest.raises(ValueError):
        read(written)
