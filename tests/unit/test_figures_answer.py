"""The answer sentence is true whatever the figures are."""

import html
import re
from datetime import date

import pytest
from django.utils import translation

from coordination.figures.queries import LateTask
from coordination.figures.shapes import AreaFigures, Figures, MonthCell, MonthRow, ProgramFigures
from coordination.figures.tally import Group, tally, year_tally
from coordination.tasks.enums import Bucket, Standing
from reports.dashboard.answer import answer, listed, months_in_words


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def groups(on_time=0, late=0, in_time=0, overdue=0, ongoing=0, standing=Standing.IN_PROGRESS) -> list[Group]:
    counts = dict(zip(Bucket, (on_time, late, in_time, overdue, ongoing), strict=True))
    return [Group(bucket.value, standing.value, count) for bucket, count in counts.items() if count]


def figures(counted: list[Group], *, areas=(), programs=()) -> Figures:
    months = tuple(MonthCell(month, tally((), ())) for month in range(1, 13))
    return Figures(
        year=year_tally(counted, ()),
        agencies=(),
        areas=tuple(AreaFigures(0, name, name, tally(part, ())) for name, part in areas),
        programs=tuple(ProgramFigures(0, name, name, tally(part, ())) for name, part in programs),
        months=MonthRow(None, months, tally((), ())),
        months_of=lambda label: MonthRow(label, (), tally((), ())),
        cumulative=(),
        choices={},
    )


def late_task(standing=Standing.OVERDUE, days_late=3, carried_into=None) -> LateTask:
    return LateTask(
        slug="dh-2022-01.01",
        title="Nhiệm vụ",
        lead="UBND",
        deadline=date(2022, 3, 20),
        days_late=days_late,
        standing=standing,
        value=None,
        target=None,
        unit="",
        carried_into=carried_into,
    )


def said(counted: list[Group], late=(), **parts) -> str:
    sentences = answer(figures(counted, **parts), late, who="The parties")
    return html.unescape(re.sub(r"</?b>", "", " ".join(sentences)))


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (groups(in_time=4), "None of the 4 tasks is due yet."),
        (groups(overdue=2, in_time=1), "None of the 3 tasks is completed yet."),
        (groups(on_time=36, late=7, overdue=3), "The parties completed 43/46 tasks, 36 of them on time."),
        (groups(on_time=5), "The parties completed all 5 tasks, all of them on time."),
        (groups(late=5), "The parties completed all 5 tasks, all of them late."),
        (groups(on_time=1), "The parties completed 1/1 tasks, on time."),
        (groups(late=1, in_time=1), "The parties completed 1/2 tasks, late."),
        (groups(ongoing=1), "All there is this year is 1 ongoing task without a deadline."),
        (groups(ongoing=3), "All there is this year are 3 ongoing tasks without a deadline."),
    ],
)
def test_what_was_done(counted, sentence):
    assert said(counted).startswith(sentence)


def test_what_a_closed_year_left_undone():
    undone = [late_task(Standing.NOT_COMPLETED, carried_into=2022)] * 3
    both = [("A", groups(on_time=3)), ("B", groups(overdue=3))]
    assert "3 tasks not completed were carried over to 2022, all in the program “B”." in said(
        groups(on_time=3, overdue=3), undone, programs=both
    )
    assert "3 tasks were not completed." in said(
        groups(on_time=3, overdue=3), [*undone[:2], late_task(Standing.NOT_COMPLETED)]
    )


def test_what_is_overdue_now():
    late = [late_task(days_late=15), late_task(days_late=2)]
    words = said(groups(on_time=1, overdue=2, in_time=1), late)
    assert "2 tasks are overdue, the longest by 15 days." in words
    assert "1 task is within its deadline." in words


def test_the_slowest_area_is_named_only_when_it_is_one():
    slow, slower = ("A", groups(late=2)), ("B", groups(late=2, overdue=1))
    assert "B is the area furthest behind." in said(groups(late=4, overdue=1), areas=[slow, slower])
    assert "furthest" not in said(groups(late=4), areas=[slow, ("B", groups(late=2))])
    assert "furthest" not in said(groups(late=1), areas=[("A", groups(on_time=2)), ("B", groups(late=1))])


def test_a_title_with_markup_stays_text():
    both = [("<b>A</b>", groups(overdue=2)), ("B", groups(on_time=1))]
    sentences = answer(figures(groups(on_time=1, overdue=2), programs=both), [late_task()] * 2, who="<i>we</i>")
    assert "&lt;b&gt;A&lt;/b&gt;" in "".join(sentences)
    assert "<i>" not in "".join(sentences)


def test_the_months_worth_a_word():
    def row(*parts: list[Group]) -> MonthRow:
        cells = tuple(MonthCell(month, tally(part, ())) for month, part in enumerate(parts, start=1))
        return MonthRow(None, cells, tally((), ()))

    third = groups(on_time=1, late=2)
    words = " ".join(months_in_words(row(groups(on_time=1), third, groups(in_time=5), third)))
    assert words == "Least on time: month 2 (1/3) and month 4 (1/3). Everything done on time: month 1."
    assert " ".join(months_in_words(row(groups(on_time=2)))) == "Everything due was done on time in every month."
    assert months_in_words(row(groups(in_time=1))) == []


def test_lists_of_words():
    assert [listed(["7"]), listed(["7", "8"]), listed(["7", "8", "10"])] == ["7", "7 and 8", "7, 8 and 10"]
