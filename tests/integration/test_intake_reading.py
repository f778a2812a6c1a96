"""Task tables as offices write them are understood; what is not is named by its cell, all of it at once."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from coordination.intake.enums import Column, RowState
from coordination.intake.queries import Preview, grids_in, preview_of
from coordination.intake.queries.grids import likeliest
from coordination.intake.reading.grids import MOST_ROWS
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.enums import ScheduleKind, TargetOperator
from records.errors import RuleBroken
from records.files.enums import FileKind
from tests.factories.intake import HEAD, make_document, make_workbook, row
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    make_area(found.unit, "tt", "Tuyên truyền")
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


def seen(program, content: bytes, kind: FileKind = FileKind.XLSX, sheet: int | None = None) -> Preview:
    grids = grids_in(BytesIO(content), kind)
    grid = grids[likeliest(grids) if sheet is None else sheet]
    return preview_of(grid, program, actor=secretary_of(program.drafting_agency))


def told(preview: Preview) -> list[tuple[str, str, str]]:
    return [(fault.cell.ref, fault.value, fault.what) for fault in preview.errors]


def test_a_row_becomes_the_task_it_says(program):
    preview = seen(program, make_workbook([HEAD, row()]))
    assert told(preview) == []
    [draft] = preview.drafts
    assert (draft.title, draft.area.name, draft.deliverable) == (
        "Vận động các hộ hiến đất làm đường",
        "Lĩnh vực chung",
        "Danh sách hộ",
    )
    assert [lead.agency.code for lead in draft.leads] == ["ben-1"]
    assert [agency.code for agency in draft.coordinators] == ["ben-2"]
    assert (draft.schedule_kind, draft.schedule_number) == (ScheduleKind.QUARTER, 2)
    assert (draft.target_operator, draft.target_value, draft.target_unit) == (
        TargetOperator.AT_LEAST,
        Decimal(45),
        "hộ",
    )


@pytest.mark.parametrize(
    "head",
    [
        ("STT", "LINH VUC", "NOI DUNG NHIEM VU", "DON VI CHU TRI", "PHOI HOP", "THOI GIAN HOAN THANH", "KET QUA",
         "CHI TIEU"),
        ("Số TT", "Lĩnh vực", "Nhiệm vụ", "Chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm/kết quả",
         "Chỉ tiêu (nếu có)"),
    ],
    ids=["without accents", "other names"],
)  # fmt: skip
def test_columns_are_known_by_the_names_offices_give_them(program, head):
    above = [["ỦY BAN NHÂN DÂN"], ["BẢNG PHÂN CÔNG NHIỆM VỤ"], []]
    preview = seen(program, make_workbook([*above, head, row()]))
    assert (told(preview), len(preview.drafts), preview.rows[0].number) == ([], 1, 5)


def test_every_fault_is_named_at_once_by_its_cell(program):
    """Three bad rows among good ones: the cell, what stands there and what is wrong; no row is ready to be written."""
    rows = [row(c2=f"Nhiệm vụ thứ {number}") for number in range(300)]
    rows[4] = row(c3="Bên thứ nhất", c5="31/02/2022", c2="Tuyên truyền")
    rows[100] = row(c2="", c7="45")
    rows[299] = row(c2="Dài " * 60, c1="Lĩnh vực lạ", c4="Hội lạ; Bên thứ 2; Bên thứ 1")
    preview = seen(program, make_workbook([HEAD, *rows]))
    refs = {ref for ref, _value, _what in told(preview)}
    assert refs == {"D6", "F6", "C102", "H102", "B301", "C301", "E301"}
    assert all(fault.what and fault.fix for fault in preview.errors if fault.cell.ref != "E301")
    assert not preview.can_be_taken_in
    assert preview.count(RowState.FAULTY) == 3


def test_an_agency_nearly_named_is_offered(program):
    preview = seen(program, make_workbook([HEAD, row(c3="Bên thứ 11")]))
    [fault] = preview.errors
    assert (fault.cell.ref, fault.column) == ("D2", Column.LEAD)
    assert "Bên thứ 1" in fault.fix


def test_dates_of_excel_and_formulas_are_taken_as_values(program):
    head = (*HEAD[:5], "Bắt đầu", "Hạn hoàn thành")
    dated = [*row()[:5], date(2022, 3, 1), date(2022, 6, 30)]
    computed = [("=1+1", 2), *row(c2="Nhiệm vụ tính ra")[1:5], "", ('="Tháng "&6', "Tháng 6")]
    preview = seen(program, make_workbook([head, dated, computed]))
    assert told(preview) == []
    first, second = preview.drafts
    assert (first.schedule_kind, first.start_on, first.due_on) == (
        ScheduleKind.RANGE,
        date(2022, 3, 1),
        date(2022, 6, 30),
    )
    assert (second.schedule_kind, second.schedule_number) == (ScheduleKind.MONTH, 6)


def test_a_day_outside_the_program_is_refused_by_the_rule_of_tasks(program):
    preview = seen(program, make_workbook([HEAD, row(c5="Trước 30/6/2023")]))
    assert [ref for ref, _value, _what in told(preview)] == ["F2"]


def test_merged_cells_of_a_word_table_are_headings_across_and_repeat_downwards(program):
    table = [
        list(HEAD),
        ["I. Lĩnh vực tuyên truyền", *[""] * 7],
        ["1", "", "Tuyên truyền lưu động", "Bên thứ 1", "", "Tháng 6", "", ""],
        ["2", "", "Tuyên truyền trên loa", "", "", "Tháng 7", "", ""],
        ["II. Lĩnh vực chung", *[""] * 7],
        ["3", "", "Vận động hiến đất", "Bên thứ 2", "", "Thường xuyên", "", "100%"],
    ]
    preview = seen(program, make_document(table, across=[1, 4], down=[(3, 2, 3)]), FileKind.DOCX)
    assert told(preview) == []
    assert [(d.title, d.area.name, d.leads[0].agency.code) for d in preview.drafts] == [
        ("Tuyên truyền lưu động", "Tuyên truyền", "ben-1"),
        ("Tuyên truyền trên loa", "Tuyên truyền", "ben-1"),
        ("Vận động hiến đất", "Lĩnh vực chung", "ben-2"),
    ]


def test_merged_cells_of_a_workbook_repeat_downwards_too(program):
    rows = [HEAD, row(c4=""), row(c2="Việc hai", c3="", c4="", c5=""), row(c2="Việc ba", c3="", c4="", c5="")]
    preview = seen(program, make_workbook(rows, down=[(3, 1, 3), (5, 1, 3)]))
    assert told(preview) == []
    assert {(draft.leads[0].agency.code, draft.schedule_number) for draft in preview.drafts} == {("ben-1", 2)}


def test_a_heading_over_two_rows_is_read(program):
    table = [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan", "", "Thời gian thực hiện"],
        ["", "", "Chủ trì", "Phối hợp", ""],
        ["A", "Tuyên truyền", "", "", ""],
        ["1", "Tuyên truyền lưu động", "Bên thứ 1", "Bên thứ 2, Bên thứ 3", "Cả năm"],
    ]
    preview = seen(program, make_document(table), FileKind.DOCX)
    assert told(preview) == []
    [draft] = preview.drafts
    assert [agency.code for agency in draft.coordinators] == ["ben-2", "ben-3"]
    assert draft.area.name == "Tuyên truyền"


def test_the_sheet_that_looks_most_like_a_task_table_is_offered_first(program):
    content = make_workbook([["Ghi chú"], ["Chỉ để đọc"]], [HEAD, row()], names=["Đọc trước", "Nhiệm vụ"])
    assert seen(program, content).sheet == "Nhiệm vụ"
    wrong = seen(program, content, sheet=0)
    assert (wrong.can_be_taken_in, len(wrong.errors)) == (False, 1)


def test_hidden_rows_are_read_and_told(program):
    preview = seen(program, make_workbook([HEAD, row(), row(c2="Nhiệm vụ ẩn")], hidden=[3]))
    assert [one.state for one in preview.rows] == [RowState.ADDED, RowState.WARNED]


def test_decomposed_letters_and_invisible_ones_are_mended(program):
    preview = seen(program, make_workbook([HEAD, row(c2="Đa\u0302\u0300m\u200b Ha\u0300")]))
    assert preview.drafts[0].title == "Đầm Hà"
    assert preview.rows[0].state == RowState.WARNED


def test_a_missing_column_is_named(program):
    preview = seen(program, make_workbook([HEAD[:5], row()[:5]]))
    [fault] = preview.errors
    assert "“Thời gian thực hiện”" in fault.what


def test_what_is_there_already_is_left_out_and_what_stands_twice_is_refused(program):
    secretary = secretary_of(program.drafting_agency)
    there = make_draft(program, title="Vận động các hộ hiến đất làm đường", schedule_kind=ScheduleKind.QUARTER,
                       schedule_number=2, start_on=None, due_on=None)  # fmt: skip
    tasks.create_task(program, actor=secretary, draft=there)
    program = type(program).objects.get(pk=program.pk)
    preview = seen(program, make_workbook([HEAD, row(), row(c2="Mới"), row(c2="mới"), row(c3="Bên thứ 2", c4="")]))
    assert [one.state for one in preview.rows] == [
        RowState.THERE, RowState.ADDED, RowState.FAULTY, RowState.WARNED,
    ]  # fmt: skip


def test_more_rows_than_are_read_are_refused_as_a_whole(program):
    preview = seen(program, make_workbook([HEAD, *[row(c2=f"Việc {n}") for n in range(MOST_ROWS + 1)]]))
    assert not preview.can_be_taken_in
    assert len(preview.errors) == 1


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_number_of_queries_does_not_follow_the_number_of_rows(program, count, django_assert_max_num_queries):
    content = make_workbook([HEAD, *[row(c2=f"Việc {n}", c4="Bên thứ 2; Bên thứ 3") for n in range(count)]])
    actor = secretary_of(program.drafting_agency)
    [grid] = grids_in(BytesIO(content), FileKind.XLSX)
    with django_assert_max_num_queries(16):
        assert len(preview_of(grid, program, actor=actor).drafts) == count


def test_a_document_without_a_table_is_refused():
    with pytest.raises(RuleBroken):
        grids_in(BytesIO(make_document()), FileKind.DOCX)
