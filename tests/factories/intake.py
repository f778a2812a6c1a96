"""Task tables as offices send them: workbooks and documents made by the libraries that read none of them back."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO

from docx import Document
from xlsxwriter import Workbook

from agencies.models import Membership
from coordination.intake import services as intake
from coordination.intake.models import TaskTable
from coordination.programs.models import Program

HEAD = ("TT", "Lĩnh vực", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm",
        "Chỉ tiêu")  # fmt: skip
GOOD = ("1", "Lĩnh vực chung", "Vận động các hộ hiến đất làm đường", "Bên thứ 1", "Bên thứ 2", "Quý II",
        "Danh sách hộ", "ít nhất 45 hộ")  # fmt: skip


def row(**cells: object) -> list[object]:
    """A good row with some of its cells changed, by their place: `row(c3="Hội lạ")`."""
    values = list(GOOD)
    for place, value in cells.items():
        values[int(place[1:])] = value
    return values


def make_workbook(
    *sheets: Sequence[Sequence[object]],
    hidden: Sequence[int] = (),
    names: Sequence[str] = (),
    down: Sequence[tuple[int, int, int]] = (),
) -> bytes:
    """The bytes of a workbook; each sheet is a list of rows, a cell that begins with "=" a formula with its value.

    In the columns of `down`, each with its first and last row, cells are merged; both are counted from 0.
    """
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for place, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[place] if names else None)
            for at, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, date):
                        sheet.write_datetime(at, column, value, day)
                    elif isinstance(value, tuple):
                        sheet.write_formula(at, column, value[0], None, value[1])
                    elif value != "":
                        sheet.write(at, column, value)
            for column, first, last in down:
                sheet.merge_range(first, column, last, column, rows[first][column])
            for number in hidden:
                sheet.set_row(number - 1, None, None, {"hidden": True})
    return written.getvalue()


def make_document(*tables: Sequence[Sequence[str]], across: Sequence[int] = (), down: Sequence[tuple] = ()) -> bytes:
    """The bytes of a Word document; in its tables rows of `across` are merged over their whole width, and each of
    `down`, a column with its first and last row, from above. Rows and columns are counted from 0.
    """
    document = Document()
    for cells in tables:
        table = document.add_table(rows=len(cells), cols=max(len(one) for one in cells))
        for at, values in enumerate(cells):
            for column, value in enumerate(values):
                table.cell(at, column).text = value
        for at in across:
            table.cell(at, 0).merge(table.cell(at, len(table.columns) - 1))
        for column, first, last in down:
            table.cell(first, column).merge(table.cell(last, column))
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def send(program: Program, member: Membership, content: bytes, name: str = "nhiem-vu.xlsx", **more) -> TaskTable:
    """A table sent by the real service."""
    return intake.send_table(
        program, actor=member, name=name, content=BytesIO(content), size_bytes=len(content), **more
    )
