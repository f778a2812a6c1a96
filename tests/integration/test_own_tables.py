"""Tables offices keep themselves: CSV in any writing, a pasted range, columns under names nobody else uses."""

import unicodedata
from io import BytesIO

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from coordination.intake import services as intake
from coordination.intake.enums import Column
from coordination.intake.models import TableLayout, TaskTable
from coordination.intake.queries import grids_of, head_for, preview_of
from coordination.intake.queries.layouts import lines_shown
from coordination.intake.reading.figures import amount_of, day_of, share_of
from coordination.intake.reading.rules import RULES
from coordination.intake.reading.separated import rows_of_file, rows_of_text
from coordination.intake.reading.targets import aim_of
from coordination.intake.reading.times import time_of
from coordination.models import Task
from coordination.programs.models import Program
from records.errors import NotAllowed, RuleBroken
from records.models import AuditEntry
from tests.factories.intake import HEAD, make_workbook, row, send
from tests.factories.people import make_member
from tests.factories.programs import make_area, make_program, secretary_of
from tests.factories.tasks import make_task
from tests.factories.workbooks import taken

pytestmark = pytest.mark.django_db
ROWS = [list(HEAD), [str(cell) for cell in row()], [str(cell) for cell in row(c2="Tuyên truyền; lưu động", c4="")]]
STRANGE = [
    ["PHÒNG NỘI VỤ"],
    ["Stt", "Việc cần làm", "Ai lo", "Bao giờ xong", "Mảng việc"],
    ["1", "Rà soát hộ nghèo", "Bên thứ 1", "Quý III", "Lĩnh vực chung"],
    ["2", "Tặng quà gia đình chính sách", "Bên thứ 2", "30/6/2022", "Lĩnh vực chung"],
]


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    found = make_program()
    make_area(found.unit)
    return found.pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def joined(rows, by: str) -> str:
    quoted = [[f'"{cell}"' if by in cell or "\n" in cell else cell for cell in cells] for cells in rows]
    return "\r\n".join(by.join(cells) for cells in quoted)


def seen(table: TaskTable, actor):
    [grid] = grids_of(table.file)
    return preview_of(grid, table.program, actor=actor, head=head_for(grid, actor))


@pytest.mark.parametrize("writing", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
@pytest.mark.parametrize("by", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_writing_offices_save_it_in(writing, by, program, secretary):
    """Windows-1258 writes tones apart from their letters; they come back as one."""
    said = joined(ROWS, by)
    if writing == "cp1258":
        letters = (unicodedata.normalize("NFD", letter) for letter in said)
        said = "".join(_as_1258(parts) for parts in letters)
    table = send(program, secretary, said.encode(writing), "bang.csv")
    preview = seen(table, secretary)
    assert preview.errors == []
    assert [draft.title for draft in preview.drafts] == ["Vận động các hộ hiến đất làm đường", "Tuyên truyền; lưu động"]
    assert table.file.name == "bang.xlsx"


def _as_1258(parts: str) -> str:
    """A letter as Windows-1258 keeps it: shape in one sign where it has one, the tone behind it."""
    base, tones = parts[0], ""
    for mark in parts[1:]:
        if mark in "\u0300\u0301\u0303\u0309\u0323":
            tones += mark
        else:
            base = unicodedata.normalize("NFC", base + mark)
    return base + tones


def test_a_pasted_range_keeps_its_cells_even_with_lines_inside(program, secretary):
    rows = [list(HEAD), [str(cell) for cell in row(c6="Danh sách\nBiên bản")], ["", "", "", "", "", "", "", ""]]
    table = intake.send_pasted(program, actor=secretary, text=joined(rows, "\t"))
    [draft] = seen(table, secretary).drafts
    assert draft.deliverable == "Danh sách\nBiên bản"


REFUSED = {
    "a web page": b"<html><table><tr><td>TT</td></tr></table></html>",
    "a web page of Excel": b"\xef\xbb\xbf<!DOCTYPE html><table></table>",
    "no text": b"\x00\x01\x02,\x00",
    "a letter of no writing": b"TT,Noi dung\n1,\x8a\x8d",
    "half of UTF-16": b"\xff\xfeT\x00T\x00,",
    "nothing": b"\n\n  \n",
    "an open quotation mark with a whole book behind it": b'"' + b"a," * 100_000,
}


@pytest.mark.parametrize("which", REFUSED)
def test_a_file_of_text_that_is_no_table_is_refused(which, program, secretary):
    with pytest.raises(RuleBroken):
        send(program, secretary, REFUSED[which], "bang.csv")
    assert not TaskTable.objects.exists()


def test_a_table_no_column_of_which_is_known_is_told_once_and_then_read(program, secretary, sign_in):
    """The office says once what its columns hold; its next table with the same head is read without asking."""
    client = sign_in(secretary)
    table = send(program, secretary, make_workbook(STRANGE))
    assert not seen(table, secretary).can_be_taken_in
    address = reverse("coordination:intake-columns", args=[table.pk])
    shown = client.get(f"{address}?row=2").context["shown"]
    assert [column.heading for column in shown.columns] == STRANGE[1]
    told = {"sheet": "0", "row": "2", "column_0": "ordinal", "column_1": "content", "column_2": "lead",
            "column_3": "time", "column_4": "area"}  # fmt: skip
    answer = client.post(address, told)
    assert (answer.status_code, answer.url) == (302, f"{reverse('coordination:intake-check', args=[table.pk])}?sheet=0")
    assert [draft.title for draft in seen(table, secretary).drafts] == [STRANGE[2][1], STRANGE[3][1]]
    later = send(program, secretary, make_workbook([*STRANGE[1:2], ["1", "Việc sau", "Bên thứ 1", "Cả năm", "Chung"]]))
    assert seen(later, secretary).rows[0].draft.title == "Việc sau"
    entry = AuditEntry.objects.filter(object_kind="coordination.tablelayout").get()
    assert entry.after["columns"][1] == "2: Nội dung nhiệm vụ"


def test_a_layout_belongs_to_the_agency_that_told_it(program, secretary):
    other = secretary_of(program.parties.get(letterhead_order=2).agency)
    table = send(program, secretary, make_workbook(STRANGE))
    [grid] = grids_of(table.file)
    columns = {1: Column.CONTENT, 2: Column.LEAD, 3: Column.TIME, 4: Column.AREA}
    intake.tell_columns(table, actor=secretary, shown=lines_shown(grid, secretary, row="2"), columns=columns)
    assert head_for(grid, secretary) is not None and head_for(grid, other) is None
    assert not TableLayout.objects.visible_to(other).exists()
    with pytest.raises(NotAllowed):
        intake.tell_columns(table, actor=other, shown=lines_shown(grid, other, row="2"), columns=columns)


@pytest.mark.parametrize(
    "columns",
    [{1: Column.CONTENT, 2: Column.LEAD}, {1: Column.CONTENT, 2: Column.LEAD, 3: Column.TIME, 4: Column.TIME}],
    ids=["one is missing", "one is there twice"],
)
def test_columns_that_do_not_make_a_table_are_refused(columns, program, secretary):
    table = send(program, secretary, make_workbook(STRANGE))
    [grid] = grids_of(table.file)
    with pytest.raises(RuleBroken):
        intake.tell_columns(table, actor=secretary, shown=lines_shown(grid, secretary, row="2"), columns=columns)
    assert not TableLayout.objects.exists()


def test_the_columns_of_a_workbook_of_the_portal_are_its_own(program, secretary):
    """Told otherwise, its rows would lose their marks and be added a second time."""
    make_task(program)
    table = send(program, secretary, taken(program, secretary))
    grid = grids_of(table.file)[0]
    columns = {3: Column.CONTENT, 4: Column.LEAD, 6: Column.TIME}
    with pytest.raises(RuleBroken):
        intake.tell_columns(table, actor=secretary, shown=lines_shown(grid, secretary), columns=columns)
    assert Column.MARK in head_for(grid, secretary).columns


def test_days_that_lost_their_form_in_excel_are_days_again(program, secretary):
    head = (*HEAD[:5], "Bắt đầu", "Hạn hoàn thành")
    table = send(program, secretary, make_workbook([head, [*row()[:5], 44621, 44742]]))
    [draft] = seen(table, secretary).drafts
    assert (draft.start_on.isoformat(), draft.due_on.isoformat()) == ("2022-03-01", "2022-06-30")


def test_a_table_is_sent_by_file_or_by_paste_not_by_both(program, secretary, sign_in):
    client, address = sign_in(secretary), reverse("coordination:program-intake", args=[program.slug])
    assert list(client.post(address, {}).context["form"].errors) == ["file"]
    answer = client.post(address, {"pasted": joined(ROWS, "\t")})
    assert (answer.status_code, TaskTable.objects.count()) == (302, 1)
    both = {"pasted": joined(ROWS, "\t"), "file": BytesIO(make_workbook(ROWS))}
    both["file"].name = "bang.xlsx"
    assert list(client.post(address, both).context["form"].errors) == ["pasted"]


def test_an_imported_table_of_ones_own_is_undone_too(program, secretary, sign_in):
    client = sign_in(secretary)
    table = send(program, secretary, make_workbook(ROWS))
    check, undo = (reverse(f"coordination:intake-{page}", args=[table.pk]) for page in ("check", "undo"))
    client.post(check, client.get(check).context["form"].initial)
    assert (Task.objects.count(), client.get(check).context["undo_until"] is not None) == (2, True)
    form = client.get(undo).context["form"]
    assert client.post(undo, form.initial).status_code == 302
    assert client.post(undo, form.initial).status_code == 302
    assert (Task.objects.count(), client.post(undo).status_code) == (0, 409)
    colleague = make_member(program.drafting_agency, Role.SECRETARY)
    assert sign_in(colleague).get(undo).status_code == 404


@pytest.mark.parametrize("column", [column for column, rule in RULES.items() if rule.takes or rule.refuses])
def test_every_example_of_the_sheet_that_explains_is_what_it_says(column):
    """The sheet is written from the rules, and the rules are what the checker does."""
    read = {
        Column.TARGET: _target,
        Column.TIME: _time,
        Column.START: _time,
        Column.DONE: lambda said: amount_of(said) is not None,
        Column.SHARE: lambda said: share_of(said) is not None,
        Column.EXPECTED: lambda said: day_of(said, year=2022) is not None,
    }[column]
    for said in RULES[column].takes:
        assert read(said.replace("{year}", "2022")), said
    for said in RULES[column].refuses:
        assert not read(said.replace("{year}", "2022")), said


def _time(said: str) -> bool:
    return time_of(said, year=2022) is not None


def _target(said: str) -> bool:
    return not aim_of(said).lacks_unit


def test_rows_of_text_are_parted_by_the_sign_that_parts_most_lines():
    assert rows_of_text("a;b,c\nd;e,f\n") == [["a", "b,c"], ["d", "e,f"]]
    assert rows_of_text("một\thai\nba\tbốn, năm") == [["một", "hai"], ["ba", "bốn, năm"]]
    assert rows_of_file('TT,Nội dung\n1,"Việc, kèm phẩy"'.encode()) == [["TT", "Nội dung"], ["1", "Việc, kèm phẩy"]]
