"""Tables of a paper in Word: fixed widths, the heading on each page, no row torn that fits on one."""

from dataclasses import dataclass

from docx.document import Document as Written
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.shared import Mm
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.table import _Row as WordRow

from reports.documents.blocks import Row, Table
from reports.docx.markup import mark_row, set_margins, set_widths, write, write_first
from reports.docx.styles import ALIGN, CAPTION, RULE, TABLE_HEADING, TABLE_NOTE, TABLE_TEXT

SIDE_PT, ABOVE_PT = 4, 2
_MIDDLE, _TOP = WD_CELL_VERTICAL_ALIGNMENT.CENTER, WD_CELL_VERTICAL_ALIGNMENT.TOP


@dataclass(frozen=True)
class Cells:
    """How cells are filled: whether they keep the lines they were written in, and how high a row is at least."""

    keep_lines: bool = False
    least_mm: float = 0


PLAIN = Cells()


def add_table(document: Written, table: Table, room: int, cells: Cells = PLAIN) -> None:
    """A table with its caption and note; a short one stays on one page. Units: `room` between the margins in EMU."""
    if table.caption:
        write(document, table.caption, CAPTION)
    widths = _widths(table, room)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(grid, widths)
    set_margins(grid, side_pt=SIDE_PT, above_pt=ABOVE_PT)
    mark_row(grid.rows[0], "w:cantSplit")
    mark_row(grid.rows[0], "w:tblHeader")
    for cell, column, width in zip(grid.rows[0].cells, table.columns, widths, strict=True):
        _write(cell, (column.heading,), TABLE_HEADING, width, "center", keeps_next=True)
    for place, row in enumerate(table.rows, start=1):
        is_kept = row.is_group or (table.is_short and place < len(table.rows))
        _add_row(grid, row, table, widths, cells, keeps_next=is_kept)
    write(document, table.note, TABLE_NOTE if table.note else RULE)


def _add_row(grid: Grid, row: Row, table: Table, widths: list[int], given: Cells, *, keeps_next: bool) -> None:
    written: WordRow = grid.add_row()
    if not row.is_long:
        mark_row(written, "w:cantSplit")
    cells = written.cells
    if row.is_group:
        merged = cells[0].merge(cells[-1])
        _write(merged, _lines(row.cells[0], given), TABLE_HEADING, sum(widths), "left", keeps_next=keeps_next)
        return
    if given.least_mm:
        written.height, written.height_rule = Mm(given.least_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
    style = TABLE_HEADING if row.is_total else TABLE_TEXT
    for cell, text, column, width in zip(cells, row.cells, table.columns, widths, strict=True):
        _write(cell, _lines(text, given), style, width, column.align, keeps_next=keeps_next)
        cell.vertical_alignment = _TOP if given.keep_lines else _MIDDLE


def _lines(text: str, given: Cells) -> list[str]:
    return text.splitlines() if given.keep_lines else [" ".join(text.split())]


def _write(cell: Cell, lines: list[str], style: str, width: int, align: str, *, keeps_next: bool) -> None:
    """The text of a cell, one paragraph a line. It is text and nothing else: Word runs no formula from it."""
    cell.width = width
    for place, line in enumerate(lines or [""]):
        paragraph = write(cell, line, style) if place else write_first(cell, line, style)
        paragraph.alignment = ALIGN[align]
        if keeps_next:
            paragraph.paragraph_format.keep_with_next = True


def _widths(table: Table, room: int) -> list[int]:
    whole = sum(column.width_percent for column in table.columns)
    return [int(room * column.width_percent / whole) for column in table.columns]
