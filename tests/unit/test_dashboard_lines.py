"""Ranks, levels, slipped programs and silence, without a database."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation

from coordination.figures.shapes import AgencyFigures, AgencyLabel, MonthCell
from coordination.figures.tally import Tally
from coordination.tasks.enums import Bucket
from reports.charts.columns import ColumnPoint, columns
from reports.charts.palette import WEB
from reports.dashboard.facts import Fact, FactKind
from reports.dashboard.heat import level_of
from reports.dashboard.lines import ranks_of
from reports.dashboard.panels import others_in_words
from reports.dashboard.told import Silent, awaited_in, limitations_in, slipped_in


def tally(on_time: int, due: int) -> Tally:
    return Tally({Bucket.DONE_ON_TIME: on_time, Bucket.OVERDUE: due - on_time})


def agency(pk: int, on_time: int, due: int) -> AgencyFigures:
    return AgencyFigures(AgencyLabel(pk, f"a{pk}", "", ""), tally(on_time, due), tally(on_time, due))


def fact(kind: FactKind, **columns) -> Fact:
    blank = {"key": "", "title": "", "who": "", "place": 1, "number": 1, "day": None, "span": None}
    return Fact(kind=kind, **blank | columns)


@pytest.mark.parametrize("due", range(1, 41))
def test_levels_are_those_of_the_figures(due):
    for on_time in range(due + 1):
        assert level_of(on_time, due) == MonthCell(1, tally(on_time, due)).level
    assert level_of(0, 0) == MonthCell(1, tally(0, 0)).level


def test_equal_shares_share_a_place_and_who_led_nothing_due_has_none():
    ranked = ranks_of((agency(1, 3, 4), agency(2, 4, 4), agency(3, 6, 8), agency(4, 0, 0), agency(5, 1, 2)))
    assert ranked == {2: 1, 1: 2, 3: 2, 5: 4}


def test_slipped_programs_are_told_most_days_first():
    moved = [fact(FactKind.MOVED, key="A", span=timedelta(days)) for days in (3, 10, 20, -5, 0)]
    others = [fact(FactKind.MOVED, key="B", span=timedelta(40)), fact(FactKind.CANCELLED, key="C", number=2)]
    first, second, third = slipped_in([*moved, *others])
    assert (first.code, first.total_days) == ("B", 40)
    assert (second.moved, second.total_days, second.median_days) == (3, 33, 10)
    assert (third.cancelled, third.moved, third.median_days) == (2, 0, None)


def test_awaited_parties_stand_in_the_order_of_the_letterhead():
    rows = [fact(FactKind.SIGNATURE, key="A", who=who, place=place) for who, place in (("hai", 2), ("một", 1))]
    (awaited,) = awaited_in([*rows, fact(FactKind.MOVED)])
    assert awaited.who == ("một", "hai")


def test_a_round_is_found_again_at_its_address():
    (waiting,) = limitations_in([fact(FactKind.LIMITATIONS, key="2021 half 1 2 ", number=3, day=date(2021, 7, 1))])
    assert waiting.slug == "2021-6-thang-dau-dot-2"


def test_a_report_dated_ahead_is_no_negative_silence():
    assert Silent(1, date(2022, 4, 2)).days_on(date(2022, 3, 30)) == 0


def test_columns_stand_on_one_scale_and_tell_every_value():
    points = [ColumnPoint("2021", 50.0, "50%"), ColumnPoint("2022", None, "–"), ColumnPoint("2023", 100.0, "100%")]
    drawn = columns(points, title="Tỷ lệ", prefix="x", highest=100.0, height=148.0)
    assert "2021: 50%; 2022: –; 2023: 100%." in drawn
    heights = [float(found) for found in re.findall(r'<rect[^>]* height="([\d.]+)"', drawn)]
    assert heights == [50.0, 100.0]
    assert "NaN" not in columns([ColumnPoint("2021", 0, "0")], title="x", prefix="x", highest=0)


def test_values_above_columns_never_run_into_each_other():
    points = [ColumnPoint(str(year), 11_754.0, "11.754") for year in range(2022, 2027)]
    sizes = {float(size) for size in re.findall(r'font-size="([\d.]+)"[^>]*>11\.754<', columns_of(points))}
    assert len(sizes) == 1 and WEB.width_of("11.754") * sizes.pop() / WEB.size < 190 / 5
    assert 'font-size="13" ' not in re.findall(r"<text[^>]*>46<", columns_of([ColumnPoint("2021", 46.0, "46")]))[0]


def columns_of(points: list[ColumnPoint]) -> str:
    return columns(points, title="Số nhiệm vụ", prefix="x", highest=11_754.0, slots=5)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([], ""),
        ([3], "1 more agency reported within the last 3 days."),
        ([None, None], "2 more agencies never reported."),
        ([None, 40, 1_200], "3 more agencies: 1 never reported, the others did within the last 1.200 days."),
    ],
)  # fmt: skip
def test_of_agencies_not_shown_nobody_is_said_to_have_reported_who_did_not(days, told):
    with translation.override("en"):
        assert others_in_words(days) == told
