"""The dashboard as a workbook: its formulas, worked out anew, come to the figures of the page; a change moves them."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from agencies.access.enums import Role
from coordination.figures.definitions import DEFINITIONS
from coordination.programs.models import Area
from coordination.tasks.enums import Bucket, ScheduleKind, TaskState
from records.audit.enums import AuditAction
from records.models import AuditEntry
from reports.dashboard.narrowing import Narrowing, narrowing_found
from reports.dashboard.paper.book import AGENCIES, AREAS, BUCKETS, MONTHS, NOTES, PROGRAMS, SUMMARY, TASKS, book_of
from reports.dashboard.queries import Dashboard, dashboard_of
from tests.checkers.formulas import Book
from tests.factories.people import make_member, make_unit
from tests.integration.test_figures_sample import District, sample_2021, sample_2022

pytestmark = pytest.mark.django_db
PAGE = "/tong-quan/so-lieu.xlsx"
QUERIES = 1  # the tasks; leads the page does not show are named by one more


@pytest.fixture
def district() -> District:
    return District(make_unit("DH"))


@pytest.fixture
def reader(district, sign_in) -> Client:
    return sign_in(district.leader)


def shown(district: District, today: date, actor=None, year: int = 2021, **query: str) -> tuple[Dashboard, Book]:
    actor = actor or district.leader
    narrowing, unknown = narrowing_found(query, actor)
    assert unknown == ()
    dashboard = dashboard_of(actor, year, narrowing, as_of=today)
    return dashboard, Book(book_of(dashboard, actor))


def counted(tally) -> list[int]:
    return [int(tally.number(bucket)) for bucket in BUCKETS]


def reckoned(book: Book, sheet: str, row: int) -> list[object]:
    return [book.value(sheet, f"{letter}{row}") for letter in "BCDEFGHIJ"]


def assert_agrees(dashboard: Dashboard, book: Book) -> None:
    """Each formula comes to the value written with it, and both to what the page counts."""
    for sheet, formulas in book.formulas.items():
        for cell in formulas:
            assert book.value(sheet, cell) == book.written[sheet][cell], (sheet, cell)
    figures = dashboard.figures
    assert [book.value(SUMMARY, f"B{row}") for row in range(2, 7)] == counted(figures.year)
    assert [book.value(SUMMARY, f"B{row}") for row in (7, 8, 9)] == [
        figures.year.total, figures.year.due, figures.year.done
    ]  # fmt: skip
    for sheet, parts in (
        (AGENCIES, [row.led for row in figures.agencies]),
        (AREAS, [area.tally for area in figures.areas]),
        (MONTHS, [cell.tally for cell in figures.months.months]),
        (PROGRAMS, [program.tally for program in figures.programs]),
    ):
        for row, tally in enumerate(parts, start=2):
            told = reckoned(book, sheet, row)
            assert told[:7] == [*counted(tally), tally.total, tally.due], (sheet, row)
            rate = tally.on_time_rate
            assert told[7] == ("–" if rate is None else pytest.approx(float(rate) / 100)), (sheet, row)


def test_every_formula_comes_to_what_the_page_counts(district, today):
    sample_2021(district)
    dashboard, book = shown(district, today)
    assert_agrees(dashboard, book)
    assert book.value(SUMMARY, "B8") == 46 and len(book.written[TASKS]) > 46 * 8


@pytest.mark.parametrize("query", ({"agency": "mttq"}, {"area": "ntm"}, {"program": "dh-2021-02"}), ids=str)
def test_a_narrowed_book_too(district, today, query):
    sample_2021(district)
    assert_agrees(*shown(district, today, **query))


def test_an_officials_book_holds_the_own_agencys_tasks(district, today):
    sample_2021(district)
    official = make_member(district.agencies["mttq"], Role.OFFICIAL)
    dashboard, book = shown(district, today, official)
    assert_agrees(dashboard, book)
    last = len(book.rows(AGENCIES))
    assert book.value(AGENCIES, f"G{last}") == dashboard.figures.year.total == 28


def test_changing_one_task_changes_every_total_that_holds_it(district, today):
    sample_2021(district)
    _dashboard, book = shown(district, today)
    on_time, overdue = book.value(SUMMARY, "B2"), book.value(SUMMARY, "B4")
    row = next(row for row in range(2, 48) if book.value(TASKS, f"I{row}") == BUCKETS[Bucket.OVERDUE])
    lead = book.value(TASKS, f"E{row}")
    line = next(line for line in range(2, 20) if book.value(AGENCIES, f"A{line}") == lead)
    before = reckoned(book, AGENCIES, line)
    book.changed[TASKS, f"I{row}"] = BUCKETS[Bucket.DONE_ON_TIME]
    assert (book.value(SUMMARY, "B2"), book.value(SUMMARY, "B4")) == (on_time + 1, overdue - 1)
    after = reckoned(book, AGENCIES, line)
    assert (after[0], after[2], after[5]) == (before[0] + 1, before[2] - 1, before[5])
    assert after[7] > before[7]


def test_ongoing_tasks_and_tasks_due_outside_the_year_are_counted_apart(district, today):
    program = district.program(2022, 1, ("ubnd",), period_end=date(2023, 12, 31))
    district.task(program, "ubnd", schedule_kind=ScheduleKind.ONGOING, due_on=None, state=TaskState.IN_PROGRESS)
    district.task(program, "ubnd", due_on=date(2023, 2, 1), state=TaskState.IN_PROGRESS)
    dashboard, book = shown(district, today, year=2022)
    assert_agrees(dashboard, book)
    assert book.value(SUMMARY, "B6") == 1
    assert sum(book.value(MONTHS, f"G{row}") for row in range(2, 14)) == 0


@pytest.mark.parametrize("day", (date(2022, 1, 15), date(2022, 3, 1)), ids=str)
def test_a_day_that_is_over_agrees_too(district, today, day):
    sample_2022(district, today)
    assert_agrees(*shown(district, day, year=2022))


def test_areas_of_one_name_are_told_apart(district, today):
    twin = Area.objects.create(unit=district.unit, code="tt2", name="Lĩnh vực tt", position=99)
    program = district.program(2022, 1, ("ubnd",))
    district.task(program, "ubnd", due_on=date(2022, 1, 5), state=TaskState.IN_PROGRESS)
    for _turn in range(2):
        district.areas["twin"] = twin
        district.task(program, "ubnd", area="twin", due_on=date(2022, 9, 5), state=TaskState.IN_PROGRESS)
    dashboard, book = shown(district, today, year=2022)
    assert_agrees(dashboard, book)
    assert {book.value(AREAS, f"A{row}") for row in (2, 3)} == {"Lĩnh vực tt (tt)", "Lĩnh vực tt (tt2)"}


def test_a_year_without_tasks_divides_by_nothing(district, today):
    dashboard, book = shown(district, today, year=2022)
    assert_agrees(dashboard, book)
    assert book.value(SUMMARY, "C2") == "–"


def test_too_many_tasks_leave_numbers_and_live_totals(district, today, monkeypatch):
    sample_2021(district)
    monkeypatch.setattr("reports.dashboard.paper.counted.MOST_TASKS", 45)
    dashboard, book = shown(district, today)
    assert_agrees(dashboard, book)
    assert "B2" not in book.formulas[SUMMARY] and "B8" in book.formulas[SUMMARY]
    assert len(book.rows(TASKS)) == 1


def test_what_was_typed_is_never_a_formula(district, today):
    program = district.program(2022, 1, ("ubnd",))
    task = district.task(program, "ubnd", due_on=date(2022, 3, 1), state=TaskState.IN_PROGRESS)
    typed = '=HYPERLINK("http://x.example","bấm")'
    type(task).objects.filter(pk=task.pk).update(title=typed)
    Area.objects.filter(pk=task.area_id).update(name="+cmd|x")
    dashboard, book = shown(district, today, year=2022)
    assert_agrees(dashboard, book)
    assert book.value(TASKS, "B2") == f"'{typed}" and book.value(AREAS, "A2") == "'+cmd|x"
    assert all("HYPERLINK" not in one and "cmd" not in one for made in book.formulas.values() for one in made.values())


def test_it_leaves_under_its_name_and_the_log_says_so(district, reader, today):
    sample_2021(district)
    response = reader.get(f"{PAGE}?year=2021")
    assert response.status_code == 200 and response.content.startswith(b"PK")
    assert "So lieu phoi hop 2021" in response["Content-Disposition"]
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.after["year"]) == (AuditAction.EXPORTED, 2021)


def test_foreign_codes_answer_as_missing_ones(district, reader):
    sample_2021(district)
    foreign = District(make_unit("HH")).program(2021, 1, ("ubnd",))
    asked, missing = (reader.get(f"{PAGE}?year=2021&program={code}") for code in (foreign.slug, "khong-co"))
    assert asked.status_code == missing.status_code == 200
    assert foreign.title.encode() not in asked.content
    assert asked["Content-Disposition"] == missing["Content-Disposition"]


def test_the_number_of_queries_does_not_grow(district, today, django_assert_num_queries):
    for ordinal in (1, 2, 3):
        program = district.program(2022, ordinal, ("ubnd", "mttq"))
        district.task(program, "ubnd", "mttq", due_on=date(2022, 3, 1), state=TaskState.IN_PROGRESS)
        if ordinal != 2:
            dashboard = dashboard_of(district.leader, 2022, Narrowing(), as_of=today)
            with django_assert_num_queries(QUERIES):
                book_of(dashboard, district.leader)


def test_the_same_figures_give_the_same_bytes(district, today):
    sample_2021(district)
    dashboard, _book = shown(district, today)
    assert book_of(dashboard, district.leader) == book_of(dashboard, district.leader)


def test_the_last_sheet_says_how_each_figure_is_counted(district, today):
    sample_2021(district)
    _dashboard, book = shown(district, today)
    with translation.override("vi"):
        told = {str(one.name): str(one.counts) for one in DEFINITIONS.values()}
    rows = range(2, 2 + len(DEFINITIONS))
    assert {book.value(NOTES, f"A{row}"): book.value(NOTES, f"B{row}") for row in rows} == told
