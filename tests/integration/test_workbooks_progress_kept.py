"""What a workbook with progress leaves behind: reports that stay, pages that say so, marks old and new, few queries."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from coordination.intake import services as intake
from coordination.intake.enums import PROGRESS_COLUMNS, Column
from coordination.intake.models import TaskTable
from coordination.intake.reading.marks import mark_of, read_mark
from coordination.models import Task
from coordination.tasks.models import ProgressReport
from coordination.workbooks import services as workbooks
from records.audit.enums import AuditAction
from records.errors import RuleBroken
from records.models import AuditEntry
from tests.factories.intake import HEAD, make_workbook, row
from tests.factories.programs import advance, make_program
from tests.factories.progress_books import (
    COUNTED,
    IN_WORDS,
    make_reported_program,
    report,
    take_in,
)
from tests.factories.tasks import make_task, official_of
from tests.factories.workbooks import filled_in, returned, rows_of, seen, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_reported_program()


@pytest.fixture
def official(program):
    return official_of(program.drafting_agency)


def test_undoing_takes_the_plan_back_and_leaves_the_report(program, official):
    """Rule: R-WORKBOOK-6."""
    cells = {
        (COUNTED, Column.FUNDING): "Ngân sách huyện",
        (COUNTED, Column.DONE): "38",
        (IN_WORDS, Column.SHARE): "40%",
    }
    table = returned(program, official, filled_in(taken(program, official), cells))[0]
    take_in(table, official)
    intake.undo_take_in(table, actor=official)
    first, second = Task.objects.order_by("ordinal")[:2]
    assert (first.funding, first.last_value, second.last_percent) == ("", 38, 40)
    assert ProgressReport.objects.count() == 3
    told = AuditEntry.objects.filter(action=AuditAction.UNDONE).latest("sequence").after
    assert (told["tasks"], told["kept"]) == ([first.code], [first.code, second.code])


def test_an_import_that_only_reported_is_not_undone_and_says_why(program, official, sign_in):
    table = returned(program, official, filled_in(taken(program, official), {(COUNTED, Column.DONE): "38"}))[0]
    take_in(table, official)
    with pytest.raises(RuleBroken):
        intake.undo_take_in(table, actor=official)
    client = sign_in(official)
    check, undo = (reverse(f"coordination:intake-{page}", args=[table.pk]) for page in ("check", "undo"))
    shown = client.get(check)
    assert (shown.context["undo_until"], undo in shown.content.decode()) == (None, False)
    page = client.get(undo)
    assert [row.task.title for row in page.context["reported"]] == ["Vận động hiến đất"]
    assert b"btn-danger-quiet" not in page.content
    assert client.post(undo, page.context["form"].initial).status_code == 422
    assert ProgressReport.objects.count() == 2


def test_the_pages_say_that_reports_stay_before_they_are_written_and_before_they_are_undone(program, official, sign_in):
    client = sign_in(official)
    content = client.get(f"{reverse('coordination:agency-workbook')}?year=2022").content
    sent = filled_in(content, {(COUNTED, Column.DONE): "38", (COUNTED, Column.NOTE): "Làm trước mùa mưa"})
    file = SimpleUploadedFile("so-nhiem-vu.xlsx", sent)
    check = client.post(reverse("coordination:workbook-home"), {"file": file}).url
    shown = client.get(check)
    assert (shown.context["shown"].to_report, shown.context["shown"].is_undoable) == (1, True)
    [seen_row] = shown.context["shown"].rows
    cells = {cell.column: (cell.text, cell.was) for cell in seen_row.cells if cell.is_written}
    assert cells == {Column.DONE: ("38", "31"), Column.NOTE: ("Làm trước mùa mưa", "")}
    assert b"pf-note" in shown.content
    assert client.post(check, shown.context["form"].initial).status_code == 302
    assert Task.objects.get(title="Vận động hiến đất").last_value == 38
    undo = reverse("coordination:intake-undo", args=[TaskTable.objects.get().pk])
    page = client.get(undo)
    assert [len(page.context[name]) for name in ("added", "changed", "reported")] == [0, 1, 1]
    assert client.post(undo, page.context["form"].initial).status_code == 302
    assert Task.objects.get(title="Vận động hiến đất").note == ""
    assert ProgressReport.objects.count() == 2


def test_columns_of_progress_in_a_table_of_ones_own_are_left_out(program, official):
    """Without marks no row is known to be a task's, so that nothing is reported by mistake."""
    head, cells = [*HEAD, "Vướng mắc", "Đã thực hiện", "Vướng mắc"], [*row(c2="Việc mới"), "Mưa", "12", "Gió"]
    _table, preview = returned(program, official, make_workbook([head, cells]))
    assert (preview.errors, [one.report for one in preview.added]) == ([], [None])


def test_a_workbook_of_before_progress_could_be_written_still_comes_back(program, official):
    content = taken(program, official)
    mark = rows_of(content)[COUNTED][0]
    code, _bar, digests = mark.partition("|")
    old = f"{code}|{digests[: 6 * 9]}"
    assert read_mark(old).knows and not read_mark(old).knows_of(Column.DONE)
    cells = {(COUNTED, Column.MARK): old, (COUNTED, Column.FUNDING): "Huyện"}
    [changed] = returned(program, official, filled_in(content, cells))[1].changed
    assert changed.was == {Column.FUNDING: ""}


def test_a_mark_tells_what_each_cell_of_progress_said():
    mark = read_mark(mark_of("DH-2022-02.03", {column: column.value for column in Column}))
    assert all(mark.is_as_sent(column, column.value) for column in PROGRESS_COLUMNS)
    assert not mark.is_as_sent(Column.DONE, "khác")


def test_the_sheet_that_explains_tells_each_column_and_what_a_workbook_does_not_do(program, official):
    content = taken(program, official)
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Hướng dẫn").to_python()
    assert {column.heading for column in PROGRESS_COLUMNS} <= {cells[0] for cells in rows}
    words = " ".join(str(cells[1]) for cells in rows)
    assert all(said in words for said in ("kèm minh chứng", "không ghi lùi ngày", "kể cả khi hoàn tác"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_follow_the_number_of_reports(
    program, official, count, django_assert_max_num_queries
):
    """Each row that is reported brings a report of its own; looking at them costs the same for all."""
    for _time in range(count):
        report(Task.objects.get(title="Vận động hiến đất"), 31, result="Như trước")
        report(Task.objects.get(title="Việc bên khác"), 5)
    with django_assert_max_num_queries(35):
        content = taken(program, official)
    table = returned(program, official, filled_in(content, {(COUNTED, Column.DONE): "38"}))[0]
    with django_assert_max_num_queries(27):
        assert len(seen(table, official).changed) == 1


def test_the_agency_workbook_reports_tasks_of_several_programs(program, official):
    agencies = [party.agency for party in program.parties.order_by("letterhead_order")]
    second = make_program(agencies=agencies, short_title="Chương trình hai")
    make_task(second, title="Việc của chương trình hai", lead=agencies[0])
    advance(second, "signed")
    content = workbooks.take_agency_workbook(2022, actor=official).content
    titles = [cells[4] for cells in rows_of(content)]
    cells = {
        (titles.index("Vận động hiến đất"), Column.DONE): "38",
        (titles.index("Việc của chương trình hai"), Column.DONE): "7",
    }
    take_in(returned(None, official, filled_in(content, cells))[0], official)
    told = {one.task.title: one.value for one in ProgressReport.objects.filter(value__in=(38, 7))}
    assert told == {"Vận động hiến đất": 38, "Việc của chương trình hai": 7}
