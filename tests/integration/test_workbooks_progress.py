"""Progress written into a workbook: one report a row, by the rules of every report, none where nothing is new."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from coordination.intake import services as intake
from coordination.intake.enums import PROGRESS_COLUMNS, Column, RowState
from coordination.intake.models import TakenRow
from coordination.intake.services.taking import PreviewChanged
from coordination.models import Task
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import ProgressReport
from records import clock
from records.audit.enums import AuditAction
from records.errors import RuleBroken
from records.models import AuditEntry
from tests.factories.progress_books import (
    COUNTED,
    FOREIGN,
    IN_WORDS,
    TODAY,
    TOTAL,
    claim,
    make_reported_program,
    ref,
    report,
    take_in,
    written,
)
from tests.factories.tasks import official_of
from tests.factories.workbooks import filled_in, returned, taken

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)
_CELL = re.compile(r'<c r="([A-Z]+\d+)" s="(\d+)"')


@pytest.fixture
def program():
    return make_reported_program()


@pytest.fixture
def official(program):
    return official_of(program.drafting_agency)


def open_cells(content: bytes) -> set[str]:
    """The cells the locked sheet lets an office write into."""
    with ZipFile(BytesIO(content)) as packed:
        sheet, styles = (packed.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    looks = styles.partition("<cellXfs")[2].partition("</cellXfs>")[0].split("<xf ")[1:]
    unlocked = {str(place) for place, look in enumerate(looks) if 'locked="0"' in look}
    return {name for name, look in _CELL.findall(sheet) if look in unlocked}


def test_a_workbook_sent_back_as_it_went_out_reports_nothing(program, official):
    table, preview = returned(program, official, taken(program, official))
    assert ([row.state for row in preview.rows], preview.errors) == ([RowState.SAME] * 4, [])
    with pytest.raises(RuleBroken):
        take_in(table, official)
    assert ProgressReport.objects.count() == 1


def test_cells_are_open_where_the_actor_may_report_and_grey_elsewhere(program, official):
    """A quantity where the target is counted, a share where it is not, neither where parts make the total."""
    content = taken(program, official)
    free = open_cells(content)
    whole = {ref(content, COUNTED, column) for column in PROGRESS_COLUMNS if column != Column.SHARE}
    share = {ref(content, IN_WORDS, column) for column in PROGRESS_COLUMNS if column != Column.DONE}
    total = {ref(content, TOTAL, column) for column in PROGRESS_COLUMNS[2:]}
    all_cells = {ref(content, number, column) for number in range(1, 5) for column in PROGRESS_COLUMNS}
    assert free & all_cells == whole | share | total
    claim(Task.objects.get(title="Vận động hiến đất"))
    assert not open_cells(taken(program, official)) & whole


def test_one_report_comes_of_a_row_dated_by_the_day_it_is_taken_in(program, official):
    content = filled_in(
        taken(program, official),
        {
            (COUNTED, Column.DONE): "38 hộ",
            (COUNTED, Column.RESULT): "Đã vận động 38 hộ",
            (COUNTED, Column.OBSTACLES): "",
            (COUNTED, Column.PROPOSAL): "Đề nghị cấp thêm kinh phí",
        },
    )
    table, preview = returned(program, official, content)
    [changed] = preview.changed
    assert changed.was == {
        Column.DONE: "31",
        Column.RESULT: "Đã vận động 31 hộ",
        Column.OBSTACLES: "Thiếu kinh phí",
        Column.PROPOSAL: "",
    }
    day_after = clock.now() + timedelta(days=1)
    with clock.standing_at(day_after):
        take_in(table, official)
    kept = ProgressReport.objects.latest("pk")
    assert (kept.value_before, kept.value, kept.percent, kept.by) == (31, 38, 84, official)
    assert (kept.result, kept.obstacles, kept.proposal) == ("Đã vận động 38 hộ", "", "Đề nghị cấp thêm kinh phí")
    assert (kept.reported_on, kept.entered_at, kept.claims_completion) == (date(2022, 3, 31), day_after, False)
    assert kept.expected_on == TODAY + timedelta(days=10)
    assert ProgressReport.objects.count() == 2
    task = Task.objects.get(pk=kept.task_id)
    assert (task.last_value, task.last_percent, task.state) == (38, 84, TaskState.IN_PROGRESS)
    assert AuditEntry.objects.filter(action=AuditAction.REPORTED, object_id=task.pk).count() == 2
    told = AuditEntry.objects.filter(object_kind="coordination.tasktable").latest("sequence").after
    assert (told["tasks"], told["changed"], told["reported"]) == ([], [], [task.code])
    table.refresh_from_db()
    assert (table.tasks_added, table.tasks_changed, table.tasks_reported) == (0, 0, 1)


def test_what_was_taken_in_is_nothing_new_the_second_time(program, official):
    """Neither the same file again nor a workbook downloaded afterwards makes a second report."""
    content = filled_in(
        taken(program, official),
        {
            (COUNTED, Column.DONE): "38",
            (IN_WORDS, Column.SHARE): "40%",
            (IN_WORDS, Column.RESULT): "Hai buổi\n\n  một xã ",
            (TOTAL, Column.OBSTACLES): "Mưa kéo dài",
        },
    )
    take_in(returned(program, official, content)[0], official)
    assert ProgressReport.objects.count() == 4
    for sent in (content, taken(program, official)):
        assert returned(program, official, sent)[1].is_nothing_new
    second = Task.objects.get(title="Tuyên truyền")
    assert (second.last_percent, second.state) == (40, TaskState.IN_PROGRESS)
    assert second.reports.get().result == "Hai buổi\nmột xã"


def test_the_same_in_other_words_is_no_report(program, official):
    expected = TODAY + timedelta(days=10)
    content = filled_in(
        taken(program, official),
        {
            (COUNTED, Column.DONE): "31,0 hộ",
            (COUNTED, Column.EXPECTED): f"{expected.day}/{expected.month}",
            (IN_WORDS, Column.SHARE): "0",
        },
    )
    assert returned(program, official, content)[1].is_nothing_new


def test_a_cell_left_alone_repeats_what_was_reported_last(program, official):
    kept = written(program, official, {(COUNTED, Column.CAUSES): "Giá đất chưa thống nhất"})
    assert (kept.value, kept.result, kept.obstacles, kept.causes) == (
        31,
        "Đã vận động 31 hộ",
        "Thiếu kinh phí",
        "Giá đất chưa thống nhất",
    )


def test_a_day_of_completion_that_has_passed_is_not_repeated(program, official):
    with clock.standing_at(clock.now() + timedelta(days=20)):
        kept = written(program, official, {(COUNTED, Column.DONE): "32"})
    assert (kept.value, kept.expected_on) == (32, None)


def test_everything_that_is_wrong_is_told_at_once_at_its_cell(program, official):
    content = taken(program, official)
    cells = {
        (COUNTED, Column.DONE): "46",
        (COUNTED, Column.EXPECTED): "29/3/2022",
        (IN_WORDS, Column.SHARE): "101%",
        (IN_WORDS, Column.DONE): "12",
        (IN_WORDS, Column.EXPECTED): "31/02/2022",
        (IN_WORDS, Column.RESULT): "x" * 4001,
        (TOTAL, Column.DONE): "12",
        (TOTAL, Column.SHARE): "50%",
    }
    sent = filled_in(
        content,
        cells,
        more=[{Column.AREA: "Lĩnh vực chung", Column.CONTENT: "Việc mới", Column.LEAD: "Bên thứ 1",
               Column.TIME: "Quý III", Column.DONE: "12"}],
    )  # fmt: skip
    table, preview = returned(program, official, sent)
    assert {fault.cell.ref for fault in preview.errors} == {
        *(ref(content, number, column) for number, column in cells),
        ref(content, 5, Column.DONE),
    }
    assert all(fault.what and fault.fix for fault in preview.errors)
    with pytest.raises(RuleBroken):
        take_in(table, official)
    assert ProgressReport.objects.count() == 1


@pytest.mark.parametrize(
    ("column", "said"),
    [(Column.DONE, "ba mươi"), (Column.DONE, "93.5"), (Column.DONE, "-3"), (Column.DONE, ""), (Column.DONE, "38/45"),
     (Column.DONE, "9" * 40), (Column.EXPECTED, "Quý III"), (Column.SHARE, "70%")],
)  # fmt: skip
def test_what_cannot_be_read_or_does_not_apply_is_told_at_its_cell(program, official, column, said):
    content = taken(program, official)
    [fault] = returned(program, official, filled_in(content, {(COUNTED, column): said}))[1].errors
    assert (fault.cell.ref, fault.column) == (ref(content, COUNTED, column), column)
    assert fault.what and fault.fix


def test_a_quantity_falls_only_with_a_reason_written_now(program, official):
    """The obstacles of the last report stand in the row, and are no reason for what falls now."""
    content = taken(program, official)
    [fault] = returned(program, official, filled_in(content, {(COUNTED, Column.DONE): "28"}))[1].errors
    assert fault.cell.ref == ref(content, COUNTED, Column.OBSTACLES)
    kept = written(program, official, {(COUNTED, Column.DONE): "28", (COUNTED, Column.CAUSES): "Ba hộ rút lại"})
    assert (kept.value_before, kept.value, kept.causes) == (31, 28, "Ba hộ rút lại")


def test_a_cell_someone_else_has_reported_since_is_told_with_both_texts(program, official):
    """Rule: R-WORKBOOK-5, and abuse 62 for progress."""
    content = taken(program, official)
    with clock.standing_at(clock.now() + LATER):
        report(Task.objects.get(title="Vận động hiến đất"), 35)
        table, preview = returned(program, official, filled_in(content, {(COUNTED, Column.DONE): "38"}))
        [fault] = preview.errors
        assert (fault.cell.ref, fault.value) == (ref(content, COUNTED, Column.DONE), "38")
        assert "35" in fault.what
        with pytest.raises(RuleBroken):
            take_in(table, official)
    assert ProgressReport.objects.count() == 2


def test_cells_nobody_touched_follow_what_was_reported_since(program, official):
    content = filled_in(taken(program, official), {(COUNTED, Column.PROPOSAL): "Cấp thêm kinh phí"})
    with clock.standing_at(clock.now() + LATER):
        report(Task.objects.get(title="Vận động hiến đất"), 35, result="Đã vận động 35 hộ")
        take_in(returned(program, official, content)[0], official)
    kept = ProgressReport.objects.latest("pk")
    assert (kept.value, kept.result, kept.proposal) == (35, "Đã vận động 35 hộ", "Cấp thêm kinh phí")


def test_a_report_made_after_the_table_was_looked_at_stops_it(program, official):
    content = filled_in(taken(program, official), {(COUNTED, Column.PROPOSAL): "Cấp thêm kinh phí"})
    table, preview = returned(program, official, content)
    with clock.standing_at(clock.now() + LATER):
        report(Task.objects.get(title="Vận động hiến đất"), 31, result="Đã vận động 31 hộ", obstacles="Thiếu kinh phí",
               expected_on=TODAY + timedelta(days=10))  # fmt: skip
        with pytest.raises(PreviewChanged):
            intake.take_in(table, actor=official, digest=preview.digest, sheet=0)
    assert ProgressReport.objects.count() == 2


def test_whoever_may_not_report_a_task_cannot_by_a_workbook(program, official):
    """Abuse 49: an official writes progress into the row of a task another agency leads."""
    content = taken(program, official)
    sent = filled_in(content, {(FOREIGN, Column.DONE): "12", (COUNTED, Column.DONE): "38"})
    table, preview = returned(program, official, sent)
    assert [fault.cell.ref for fault in preview.errors] == [ref(content, FOREIGN, Column.DONE)]
    with pytest.raises(RuleBroken):
        take_in(table, official)
    assert ProgressReport.objects.count() == 1


def test_a_task_that_awaits_confirmation_is_not_reported_on(program, official):
    content = filled_in(taken(program, official), {(COUNTED, Column.DONE): "38"})
    claim(Task.objects.get(title="Vận động hiến đất"))
    [fault] = returned(program, official, content)[1].errors
    assert fault.column == Column.DONE


def test_a_plan_and_its_progress_in_one_row_are_both_written(program, official):
    """The report is held to the target the same row writes; one entry of the task each."""
    cells = {(COUNTED, Column.TARGET): "ít nhất 60 hộ", (COUNTED, Column.DONE): "50"}
    kept = written(program, official, cells)
    taken_row = TakenRow.objects.get()
    assert (kept.value, kept.percent, kept.task.targets.get().value) == (50, 83, 60)
    assert (taken_row.report, taken_row.is_addition, bool(taken_row.before)) == (kept, False, True)


def test_a_task_is_reported_before_it_is_handed_over(program, official):
    cells = {(COUNTED, Column.LEAD): "Bên thứ 2", (COUNTED, Column.DONE): "38"}
    errors = returned(program, official, filled_in(taken(program, official), cells))[1].errors
    assert Column.DONE in [fault.column for fault in errors]


def test_a_deadline_agreed_and_a_report_in_one_row_are_told_apart(program, official):
    """What is wrong with the plan does not hide what is wrong with the progress, nor the other way round."""
    cells = {(COUNTED, Column.TIME): "Trước 30/11/2022", (COUNTED, Column.DONE): "46"}
    errors = returned(program, official, filled_in(taken(program, official), cells))[1].errors
    assert [fault.column for fault in errors] == [Column.TIME, Column.DONE]


def test_an_edit_of_the_plan_since_does_not_stop_a_report(program, official):
    content = filled_in(taken(program, official), {(COUNTED, Column.DONE): "38"})
    task = Task.objects.get(title="Vận động hiến đất")
    draft = replace(tasks.draft_of(task), note="Sửa trên trang")
    tasks.edit_task(task, actor=official, revision=task.revision, draft=draft)
    take_in(returned(program, official, content)[0], official)
    task.refresh_from_db()
    assert (task.note, task.last_value) == ("Sửa trên trang", 38)
