"""The table as it was sent, with what is to be mended beside each row and at each cell."""

from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from coordination.intake.queries import Fault, Preview
from coordination.intake.reading.grids import Grid
from coordination.intake.writing.sheets import new_workbook

_LONGEST_NOTE = 1000


def notes_workbook(grid: Grid, preview: Preview) -> bytes:
    """The bytes of the workbook: the sheet itself, faulty cells marked, and one list of all faults."""
    with new_workbook(grid.name) as (book, written):
        _write_sheet(book, book.add_worksheet("Bảng đã gửi"), grid, preview)
        _write_list(book, book.add_worksheet("Cần sửa"), grid, preview.errors)
    return written.getvalue()


def _write_sheet(book: Workbook, sheet: Worksheet, grid: Grid, preview: Preview) -> None:
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    bad = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FCEAE7"})
    faults: dict[str, list[Fault]] = {}
    for fault in preview.errors:
        faults.setdefault(fault.cell.ref, []).append(fault)
    width = max(len(line.cells) for line in grid.lines)
    sheet.set_column(0, width, 28)
    for line in grid.lines:
        told = []
        for place, cell in enumerate(line.cells):
            here = faults.pop(cell.ref, [])
            told += here
            sheet.write_string(line.number - 1, place, cell.text, bad if here else plain)
            if here:
                sheet.write_comment(line.number - 1, place, _note(here)[:_LONGEST_NOTE])
        if told:
            sheet.write_string(line.number - 1, width, _note(told), bad)


def _write_list(book: Workbook, sheet: Worksheet, grid: Grid, faults: Iterable[Fault]) -> None:
    bold, plain = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (heading, width) in enumerate((("Bảng", 20), ("Ô", 8), ("Đang ghi", 40), ("Lỗi", 50), ("Cách sửa", 60))):
        sheet.set_column(place, place, width, plain)
        sheet.write_string(0, place, heading, bold)
    for row, fault in enumerate(faults, start=1):
        for place, said in enumerate((grid.name, fault.cell.ref, fault.value, fault.what, fault.fix)):
            sheet.write_string(row, place, said, plain)


def _note(faults: Iterable[Fault]) -> str:
    return "\n".join(f"{fault.what}. {fault.fix}".strip() for fault in faults)
