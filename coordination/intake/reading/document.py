"""The tables of a Word document: cells merged across are headings, cells merged downwards say the same in each row."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import LxmlError, _Element

from coordination.intake.reading.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Line, cell_of
from coordination.intake.reading.safety import unreadable

MOST_TABLES = 20
_SPARE_ROWS = 60
_ROW, _CELL, _TABLE, _PARAGRAPH = qn("w:tr"), qn("w:tc"), qn("w:tbl"), qn("w:p")
_TEXT, _BREAK, _TAB, _VALUE, _DELETED = qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:val"), qn("w:del")


def tables_of(content: BinaryIO) -> list[Grid]:
    """Every table of the text, rows and columns counted from 1 and A as in a sheet.

    Why below python-docx's own cells: these look up each merged cell anew, which takes minutes on a long table.
    Raises: RuleBroken for a document that cannot be read.
    """
    content.seek(0)
    try:
        body = Document(content).element.body
        tables = [table for table in body.iter(_TABLE) if not _is_inside_table(table)][:MOST_TABLES]
        grids = [_grid(table, number) for number, table in enumerate(tables, start=1)]
    except (OpcError, LxmlError, KeyError, ValueError, OSError, AttributeError, zipfile.BadZipFile) as broken:
        raise unreadable() from broken
    return [grid for grid in grids if grid.lines]


def _grid(table: _Element, number: int) -> Grid:
    rows = [element for element in table.iterchildren() if element.tag == _ROW]
    above: dict[int, str] = {}
    lines = []
    for place, row in enumerate(rows[: MOST_ROWS + _SPARE_ROWS], start=1):
        line = Line(place, tuple(_cells(row, place, above)))
        if not line.is_blank:
            lines.append(line)
    return Grid(_("Table %(number)s") % {"number": number}, tuple(lines), is_cut=len(rows) > MOST_ROWS + _SPARE_ROWS)


def _cells(row: _Element, number: int, above: dict[int, str]) -> Iterator[Cell]:
    """The cells of a row in their columns; one that goes on from above repeats what stands there."""
    parts = [element for element in row.iterchildren() if element.tag == _CELL]
    place = _skipped(row)
    yield from (Cell(cell_of("", row=number, place=one).ref) for one in range(min(place, MOST_COLUMNS)))
    for part in parts:
        width = max(1, min(_whole(part, "gridSpan", 1), MOST_COLUMNS))
        if place >= MOST_COLUMNS:
            return
        goes_on = _goes_on(part)
        said = above.get(place, "") if goes_on else _said(part)
        above[place] = said
        yield cell_of(said, row=number, place=place, is_wide=width >= 3 or (width > 1 and len(parts) == 1))
        for beside in range(place + 1, min(place + width, MOST_COLUMNS)):
            above[beside] = ""
            yield cell_of("", row=number, place=beside)
        place += width


def _said(part: _Element) -> str:
    paragraphs = (element for element in part.iter(_PARAGRAPH))
    return "\n".join(_words(paragraph) for paragraph in islice(paragraphs, 200))


def _words(paragraph: _Element) -> str:
    """The text of a paragraph; what was struck out while changes were tracked is not said."""
    said = []
    for element in paragraph.iter(_TEXT, _BREAK, _TAB):
        if not any(parent.tag == _DELETED for parent in element.iterancestors(_DELETED)):
            said.append(element.text or "" if element.tag == _TEXT else " ")
    return "".join(said)


def _goes_on(part: _Element) -> bool:
    """Whether a cell is merged with the one above it."""
    merged = _property(part, "vMerge")
    return merged is not None and merged.get(_VALUE, "continue") != "restart"


def _skipped(row: _Element) -> int:
    """The columns a row leaves out before its first cell."""
    found = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return _number(found, 0)


def _whole(part: _Element, name: str, otherwise: int) -> int:
    return _number(_property(part, name), otherwise)


def _number(element: _Element | None, otherwise: int) -> int:
    written = element.get(_VALUE, "") if element is not None else ""
    return int(written[:3]) if written.isascii() and written.isdigit() else otherwise


def _property(part: _Element, name: str) -> _Element | None:
    return part.find(f"{qn('w:tcPr')}/{qn(f'w:{name}')}")


def _is_inside_table(table: _Element) -> bool:
    return next(table.iterancestors(_TABLE), None) is not None
