"""A workbook goes out and comes back: unchanged it changes nothing, and no word of anybody else is overwritten."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from agencies.access.enums import Role
from coordination.intake import services as intake
from coordination.intake.enums import Column, RowState
from coordination.intake.models import TakenRow
from coordination.intake.reading.marks import mark_of, plain, read_mark
from coordination.models import Task
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind, TargetOperator
from coordination.workbooks import services as workbooks
from records import clock
from records.audit.enums import AuditAction
from records.errors import Conflict, NotAllowed, RuleBroken
from records.models import AuditEntry
from tests.factories.people import make_member
from tests.factories.programs import advance, make_area, make_program, secretary_of
from tests.factories.tasks import make_draft, make_task, official_of
from tests.factories.workbooks import filled_in, returned, rows_of, seen, taken

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    make_area(found.unit, "tt", "Tuyên truyền")
    parties = [party.agency for party in found.parties.order_by("letterhead_order")]
    make_task(found, title="Vận động hiến đất", coordinators=(parties[1], parties[2]), note="Dòng một\n\n Dòng hai ")
    make_task(found, title="=1+1 tuyên truyền", schedule_kind=ScheduleKind.QUARTER, schedule_number=2,
              start_on=None, due_on=None, target_value=None, target_words="Nhiều buổi")  # fmt: skip
    make_task(found, title="Rà soát hộ nghèo", schedule_kind=ScheduleKind.BEFORE_DAY,
              target_operator=TargetOperator.AT_LEAST, target_value=Decimal("93.5"), target_unit="%")  # fmt: skip
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def take_in(table, actor) -> list[Task]:
    return intake.take_in(table, actor=actor, digest=seen(table, actor).digest, sheet=0)


def states(preview) -> list[RowState]:
    return [row.state for row in preview.rows]


def test_a_workbook_sent_back_as_it_went_out_changes_nothing(program, secretary):
    """Every kind of schedule and target, odd spaces, a text that looks like a formula: all come back as they were."""
    table, preview = returned(program, secretary, taken(program, secretary))
    assert (states(preview), preview.errors, preview.is_nothing_new) == ([RowState.SAME] * 3, [], True)
    with pytest.raises(RuleBroken):
        take_in(table, secretary)
    assert not TakenRow.objects.exists()


def test_the_head_is_locked_and_the_marks_are_hidden(program, secretary):
    content = taken(program, secretary)
    with ZipFile(BytesIO(content)) as packed:
        sheet, styles = (packed.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert "<sheetProtection" in sheet and 'hidden="1"' in sheet and "<dataValidation " in sheet
    assert 'locked="0"' in styles
    assert "<f>" not in sheet
    rows = rows_of(content)
    assert rows[0][0] == Column.MARK.heading
    assert [read_mark(row[0]).code for row in rows[1:]] == [f"{program.code}.0{number}" for number in (1, 2, 3)]
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert names == ["Nhiệm vụ", "Hướng dẫn", "Danh mục"]


def test_what_was_written_is_shown_beside_what_it_replaces_and_then_written(program, secretary):
    content = filled_in(
        taken(program, secretary),
        {
            (1, Column.CONTENT): "Vận động hiến đất, đợt hai",
            (1, Column.COORDINATORS): "Bên thứ 3",
            (2, Column.TIME): "Quý III",
            (2, Column.TARGET): "hơn 12 buổi",
            (3, Column.AREA): "Tuyên truyền",
        },
        more=[{Column.AREA: "Tuyên truyền", Column.CONTENT: "Việc mới", Column.LEAD: "Bên thứ 2",
               Column.TIME: "Tháng 6"}],
    )  # fmt: skip
    table, preview = returned(program, secretary, content)
    assert preview.errors == []
    assert states(preview) == [RowState.CHANGED] * 3 + [RowState.WARNED]
    assert preview.rows[0].was == {Column.CONTENT: "Vận động hiến đất", Column.COORDINATORS: "Bên thứ 2; Bên thứ 3"}
    written = take_in(table, secretary)
    first, second, third, fourth = Task.objects.order_by("ordinal")
    assert [task.pk for task in written] == [first.pk, second.pk, third.pk, fourth.pk]
    assert (first.title, tasks.draft_of(first).coordinators[0].code) == ("Vận động hiến đất, đợt hai", "ben-3")
    assert (second.schedule_words, second.due_on) == ("Quý III/2022", date(2022, 9, 30))
    assert second.targets.get().value == 12
    assert (third.area.name, fourth.title) == ("Tuyên truyền", "Việc mới")
    assert first.note == "Dòng một\n\n Dòng hai "
    told = AuditEntry.objects.filter(object_kind="coordination.tasktable").latest("sequence")
    assert (told.after["tasks"], told.after["changed"]) == ([fourth.code], [first.code, second.code, third.code])
    assert seen(table, secretary).is_nothing_new


def test_a_cell_left_alone_keeps_what_someone_else_has_written_since(program, secretary):
    content = filled_in(taken(program, secretary), {(1, Column.FUNDING): "Ngân sách huyện"})
    first = Task.objects.get(title="Vận động hiến đất")
    draft = replace(tasks.draft_of(first), title="Vận động hiến đất làm đường")
    tasks.edit_task(first, actor=secretary, revision=first.revision, draft=draft)
    table, preview = returned(program, secretary, content)
    assert states(preview) == [RowState.CHANGED, RowState.SAME, RowState.SAME]
    take_in(table, secretary)
    first.refresh_from_db()
    assert (first.title, first.funding) == ("Vận động hiến đất làm đường", "Ngân sách huyện")


def test_a_cell_both_have_written_is_told_with_both_texts_and_nothing_is_written(program, secretary):
    """Rule: R-WORKBOOK-2, and abuse 62 for workbooks."""
    content = filled_in(taken(program, secretary), {(1, Column.CONTENT): "Tôi viết"})
    first = Task.objects.get(title="Vận động hiến đất")
    draft = replace(tasks.draft_of(first), title="Người khác viết")
    tasks.edit_task(first, actor=secretary, revision=first.revision, draft=draft)
    table, preview = returned(program, secretary, content)
    [fault] = preview.errors
    assert (fault.column, fault.value) == (Column.CONTENT, "Tôi viết")
    assert "Người khác viết" in fault.what
    with pytest.raises(RuleBroken):
        take_in(table, secretary)
    first.refresh_from_db()
    assert first.title == "Người khác viết"


def test_every_fault_is_named_at_its_cell_at_once(program, secretary):
    content = filled_in(
        taken(program, secretary),
        {
            (1, Column.LEAD): "Bên thứ 11",
            (1, Column.TIME): "31/02/2022",
            (2, Column.AREA): "Lĩnh vực lạ",
            (3, Column.CONTENT): "",
            (3, Column.TARGET): "45",
        },
        more=[{Column.CONTENT: "Việc mới", Column.MARK: f"{program.code}.99"}],
    )
    _table, preview = returned(program, secretary, content)
    assert {fault.cell.ref for fault in preview.errors} == {"E2", "G2", "C3", "D4", "I4", "A5"}
    assert all(fault.what and fault.fix for fault in preview.errors)


def test_whoever_may_not_edit_a_task_cannot_change_it_by_a_workbook(program, secretary):
    """Abuse 1 and 49: another party's official writes into a row it may only look at."""
    other = official_of(program.parties.get(letterhead_order=2).agency)
    content = taken(program, other)
    assert returned(program, other, content)[1].is_nothing_new
    table, preview = returned(program, other, filled_in(content, {(1, Column.CONTENT): "Của người khác"}))
    assert [fault.column for fault in preview.errors] == [Column.CONTENT]
    with pytest.raises(RuleBroken):
        take_in(table, other)
    assert not Task.objects.filter(title="Của người khác").exists()


def test_a_mark_of_a_foreign_task_is_as_unknown_as_one_that_never_was(program, secretary):
    foreign = make_task(make_program())
    rows = []
    for code in (foreign.code, "XX-2022-01.01"):
        content = filled_in(taken(program, secretary), {(1, Column.MARK): f"{code}|abc"})
        rows.append(returned(program, secretary, content)[1].errors[0].what)
    assert rows[0] == rows[1]


def test_a_row_copied_below_itself_is_told(program, secretary):
    content = taken(program, secretary)
    mark = rows_of(content)[1][0]
    twice = filled_in(content, {}, more=[{Column.MARK: mark, Column.CONTENT: "Chép lại"}])
    [fault] = returned(program, secretary, twice)[1].errors
    assert (fault.column, fault.cell.ref) == (Column.MARK, "A5")


def test_an_agreed_deadline_does_not_move_by_a_workbook(program, secretary):
    program = advance(program, "signed", secretary=secretary)
    content = filled_in(taken(program, secretary), {(1, Column.TIME): "Trước 30/11/2022"})
    [fault] = returned(program, secretary, content)[1].errors
    assert (fault.column, fault.cell.ref) == (Column.TIME, "G2")


def test_an_import_is_undone_as_a_whole(program, secretary):
    content = filled_in(
        taken(program, secretary),
        {(1, Column.TIME): "Quý III", (2, Column.TARGET): "ít nhất 9 buổi", (3, Column.COORDINATORS): "Bên thứ 2"},
        more=[{Column.AREA: "Tuyên truyền", Column.CONTENT: "Việc mới", Column.LEAD: "Bên thứ 2",
               Column.TIME: "Tháng 6", Column.DELIVERABLE: "Báo cáo"}],
    )  # fmt: skip
    before = [tasks.draft_of(task) for task in Task.objects.order_by("ordinal")]
    table = returned(program, secretary, content)[0]
    take_in(table, secretary)
    assert [tasks.draft_of(task) for task in Task.objects.order_by("ordinal")] != before
    intake.undo_take_in(table, actor=secretary)
    assert [tasks.draft_of(task) for task in Task.objects.order_by("ordinal")] == before
    assert Task.with_binned.filter(binned_at__isnull=False).count() == 1
    assert AuditEntry.objects.filter(action=AuditAction.UNDONE, object_kind="coordination.tasktable").count() == 1
    with pytest.raises(Conflict):
        intake.undo_take_in(table, actor=secretary)


def test_an_import_that_was_worked_on_stays_and_says_where(program, secretary):
    content = filled_in(taken(program, secretary), {(1, Column.FUNDING): "Huyện", (2, Column.FUNDING): "Xã"})
    table = returned(program, secretary, content)[0]
    take_in(table, secretary)
    first = Task.objects.get(title="Vận động hiến đất")
    draft = replace(tasks.draft_of(first), note="Sửa tiếp")
    tasks.edit_task(first, actor=secretary, revision=first.revision, draft=draft)
    with pytest.raises(RuleBroken) as refused:
        intake.undo_take_in(table, actor=secretary)
    assert first.code in str(refused.value)
    assert Task.objects.filter(funding="Xã").exists()


def test_an_import_is_undone_for_a_day_only_and_by_whoever_wrote_it(program, secretary):
    table = returned(program, secretary, filled_in(taken(program, secretary), {(1, Column.FUNDING): "Huyện"}))[0]
    take_in(table, secretary)
    with pytest.raises(NotAllowed):
        intake.undo_take_in(table, actor=make_member(program.drafting_agency, Role.SECRETARY))
    table.refresh_from_db()
    with clock.standing_at(table.taken_in_at + timedelta(hours=24, seconds=1)), pytest.raises(RuleBroken):
        intake.undo_take_in(table, actor=secretary)
    with clock.standing_at(table.taken_in_at + timedelta(hours=23, minutes=59)):
        intake.undo_take_in(table, actor=secretary)


def test_an_agency_takes_its_tasks_of_all_programs_and_names_the_program_of_new_ones(program, secretary):
    agencies = [party.agency for party in program.parties.order_by("letterhead_order")]
    second = make_program(agencies=agencies, secretary=secretary, short_title="Chương trình hai")
    make_task(second, title="Việc của chương trình hai", lead=agencies[0])
    make_task(second, title="Việc bên khác chủ trì", lead=agencies[1])
    official = official_of(agencies[0])
    content = workbooks.take_agency_workbook(2022, actor=official).content
    titles = [row[4] for row in rows_of(content)[1:]]
    assert "Việc của chương trình hai" in titles and "Việc bên khác chủ trì" not in titles
    assert returned(None, official, content)[1].is_nothing_new
    row = {Column.AREA: "Tuyên truyền", Column.CONTENT: "Việc mới", Column.LEAD: agencies[0].current_name,
           Column.TIME: "Cả năm", Column.DELIVERABLE: "Báo cáo"}  # fmt: skip
    sent = filled_in(content, {}, more=[{**row, Column.PROGRAM: second.code}, row, {**row, Column.PROGRAM: "Lạ"}])
    preview = returned(None, official, sent)[1]
    assert [fault.column for fault in preview.errors] == [Column.PROGRAM] * 2
    table, preview = returned(None, official, filled_in(content, {}, more=[{**row, Column.PROGRAM: second.code}]))
    assert preview.errors == []
    take_in(table, official)
    assert Task.objects.get(title="Việc mới").program == second


def test_taking_a_workbook_is_told_and_asks_who(program, secretary):
    workbooks.take_program_workbook(program, actor=secretary)
    entry = AuditEntry.objects.filter(action=AuditAction.EXPORTED).latest("sequence")
    assert (entry.object_code, entry.actor_id) == (program.code, secretary.pk)
    for member in (make_member(program.drafting_agency, Role.LEADER), secretary_of(make_program().drafting_agency)):
        with pytest.raises(NotAllowed):
            workbooks.take_program_workbook(program, actor=member)
    with pytest.raises(NotAllowed):
        workbooks.take_agency_workbook(2022, actor=make_member(program.drafting_agency, Role.LEADER))


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_number_of_queries_does_not_follow_the_number_of_rows(
    program, secretary, count, django_assert_max_num_queries
):
    for number in range(count):
        tasks.create_task(program, actor=secretary, draft=make_draft(program, title=f"Việc thứ {number}"))
    with django_assert_max_num_queries(34):
        content = taken(program, secretary)
    table = returned(program, secretary, content)[0]
    with django_assert_max_num_queries(26):
        assert len(seen(table, secretary).rows) == count + 3


def test_a_mark_tells_what_each_cell_said():
    said = {column: f"  Ô {column.value}  \n\n" for column in Column}
    mark = read_mark(mark_of("DH-2022-02.03", said))
    assert mark.code == "DH-2022-02.03"
    assert mark.is_as_sent(Column.NOTE, "Ô note") and not mark.is_as_sent(Column.NOTE, "Ô khác")
    assert plain("  Ô note  \n\n") == "Ô note"
    for spoilt in ("DH-2022-02.03", "dh-2022-02.03|", "DH-2022-02.03|abc"):
        assert (read_mark(spoilt).code, read_mark(spoilt).knows) == ("DH-2022-02.03", False)
    for foreign in ("", "một dòng chữ", "a|b|c", "=1+1|zz zz"):
        assert read_mark(foreign) is None
