"""Where the parties sign and to whom the paper goes."""

from docx.document import Document as Written
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell as Cell

from reports.documents.layout_profiles import LayoutProfile
from reports.documents.papers import Paper, SignatureBlock
from reports.documents.sheets import across_of, continued_lines, keeps_recipients, signature_sheets
from reports.docx.heads import add_hair
from reports.docx.markup import mark_row, set_margins, set_widths, write, write_first
from reports.docx.pages import room_of
from reports.docx.styles import (
    AUTHORITY,
    POST,
    RECIPIENTS,
    RECIPIENTS_HEAD,
    REFERENCE,
    SECOND_TITLE,
    SIGNER,
    SIGNING_ROOM,
    size_pt,
)  # fmt: skip

RECIPIENTS_BESIDE_MM, BETWEEN_COLUMNS_MM = 70, 6
_CELL_SIDE_PT, BETWEEN_ROWS_PT = 5.67, 6


def add_signatures(document: Written, paper: Paper, profile: LayoutProfile) -> None:
    """One signer stands beside the recipients; several stand in rows, the lead agency at the top right.

    Rule: blocks are never torn nor alone on a page: every line of a sheet is kept with the next one, the last one with
    the recipients below it.
    """
    if len(paper.signatures) == 1:
        _add_beside(document, paper, profile)
        return
    across = across_of(len(paper.signatures))
    for number, sheet in enumerate(signature_sheets(paper)):
        if number:
            opening = write(document, " ".join(continued_lines(paper)), REFERENCE).paragraph_format
            opening.keep_with_next = opening.page_break_before = True
        else:
            add_hair(document).paragraph_format.keep_with_next = True
        _add_sheet(document, [[block for _place, block in row] for row in sheet], profile, across)
    add_hair(document).paragraph_format.keep_with_next = keeps_recipients(paper)
    _write_recipients(document, paper)


def _add_sheet(document: Written, rows: list[list[SignatureBlock]], profile: LayoutProfile, across: int) -> None:
    grid = _grid(document, [room_of(document.sections[0]) // across] * across)
    size = size_pt(profile, "signature-many")
    for row in rows:
        above, room, below = grid.add_row(), grid.add_row(), grid.add_row()
        for one in (above, room, below):
            mark_row(one, "w:cantSplit")
        room.height, room.height_rule = Mm(profile.measures["signature-room"].value), WD_ROW_HEIGHT_RULE.AT_LEAST
        for column in range(across):
            block = row[column] if column < len(row) else None
            cells = tuple(one.cells[across - 1 - column] for one in (above, room, below))
            _write_block(cells, block, size, keeps_next=True)
            above.cells[column].paragraphs[0].paragraph_format.space_before = Pt(BETWEEN_ROWS_PT)
    grid._tbl.remove(grid.rows[0]._tr)


def _add_beside(document: Written, paper: Paper, profile: LayoutProfile) -> None:
    add_hair(document).paragraph_format.keep_with_next = True
    beside = Mm(RECIPIENTS_BESIDE_MM)
    grid = _grid(document, [beside, room_of(document.sections[0]) - beside])
    above, room, below = grid.rows[0], grid.add_row(), grid.add_row()
    for one in (above, room, below):
        mark_row(one, "w:cantSplit")
    room.height, room.height_rule = Mm(profile.measures["signature-room"].value), WD_ROW_HEIGHT_RULE.AT_LEAST
    block = paper.signatures[0]
    _write_block(tuple(one.cells[1] for one in (above, room, below)), block, size_pt(profile, "signature"))
    _write_recipients(above.cells[0].merge(below.cells[0]), paper)


def _grid(document: Written, widths: list[int]) -> Grid:
    grid = document.add_table(rows=1, cols=len(widths))
    set_widths(grid, widths)
    set_margins(grid, side_pt=_CELL_SIDE_PT if len(widths) > 2 or widths[0] == widths[1] else 0)
    return grid


def _write_block(cells: tuple[Cell, ...], block: SignatureBlock | None, size: float, *, keeps_next=False) -> None:
    """Authority and title, room for signature and seal, the name; a second title under it."""
    above, room, below = cells
    posts = [(line, AUTHORITY) for line in block.lines[:-1]] + [(block.lines[-1], POST)] if block else []
    names = [(block.name, SIGNER)] + [(title, SECOND_TITLE) for title in [block.second_title] if title] if block else []
    note = block.note if block else ""
    for cell, lines in ((above, posts), (room, [(note, SIGNING_ROOM)]), (below, names)):
        for place, (text, style) in enumerate(lines or [("", AUTHORITY)]):
            paragraph = write(cell, text, style) if place else write_first(cell, text, style)
            paragraph.paragraph_format.keep_with_next = keeps_next or cell is not below
            if style != SECOND_TITLE:
                for run in paragraph.runs:
                    run.font.size = Pt(size)


def _write_recipients(place: Written | Cell, paper: Paper) -> None:
    """The list beside a lone signer, or below several in two columns as on the page."""
    head = write(place, "Nơi nhận:", RECIPIENTS_HEAD)
    listed = list(paper.recipients)
    if isinstance(place, Cell):
        place._tc.remove(place.paragraphs[0]._p)
        head.paragraph_format.space_before = Pt(0)
        for line in listed:
            write(place, line, RECIPIENTS)
        return
    head.paragraph_format.space_before = Pt(6)
    if listed:
        _add_columns(place, listed)


def _add_columns(document: Written, listed: list[str]) -> None:
    half = -(-len(listed) // 2)
    grid = document.add_table(rows=1, cols=2)
    set_widths(grid, [room_of(document.sections[0]) // 2] * 2)
    set_margins(grid, side_pt=0)
    for cell, lines in zip(grid.rows[0].cells, (listed[:half], listed[half:]), strict=True):
        for number, line in enumerate(lines):
            paragraph = write(cell, line, RECIPIENTS) if number else write_first(cell, line, RECIPIENTS)
            paragraph.paragraph_format.right_indent = Mm(BETWEEN_COLUMNS_MM)
