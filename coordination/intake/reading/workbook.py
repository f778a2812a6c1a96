"""The sheets of an Excel workbook: values of formulas, merged cells, hidden rows and sheets."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from coordination.intake.reading.grids import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Line, cell_of
from coordination.intake.reading.safety import unreadable

MOST_SHEETS = 20
_SPARE_ROWS = 60  # headings, notes and blank rows beside the tasks
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=[\"'](?:1|true)[\"'][^<>]*>")
_ROW_NUMBER = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")
_PIECE_BYTES, _LONGEST_TAG = 1024 * 1024, 2000


def sheets_of(content: BinaryIO) -> list[Grid]:
    """Every sheet that is shown and holds something, with the values its formulas last had.

    Raises: RuleBroken for a workbook that cannot be read.
    """
    content.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(content)
        shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible][:MOST_SHEETS]
        hidden = _hidden_rows(content, book.sheet_names)
        grids = [_grid(book.get_sheet_by_name(name), name, hidden.get(name, set())) for name in shown]
    except (CalamineError, OSError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as broken:
        raise unreadable() from broken
    except BaseException as panic:  # what the reader, written in Rust, throws when it gives up is no Exception
        if type(panic).__name__ != "PanicException":
            raise
        raise unreadable() from panic
    return [grid for grid in grids if grid.lines]


def _grid(sheet: CalamineSheet, name: str, hidden: set[int]) -> Grid:
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + _SPARE_ROWS)
    _repeat_downwards(rows, sheet)
    wide = _wide_cells(sheet)
    lines = [line for line in _lines(rows, hidden, wide) if not line.is_blank]
    return Grid(name, tuple(lines), is_cut=sheet.total_height > len(rows))


def _lines(rows: list[list], hidden: set[int], wide: set[tuple[int, int]]) -> Iterator[Line]:
    for number, row in enumerate(rows, start=1):
        cells = (_cell(value, number, place, wide) for place, value in enumerate(row[:MOST_COLUMNS]))
        yield Line(number, tuple(cells), is_hidden=number in hidden)


def _cell(value: object, number: int, place: int, wide: set[tuple[int, int]]) -> Cell:
    return cell_of(value, row=number, place=place, is_wide=(number - 1, place) in wide)


def _wide_cells(sheet: CalamineSheet) -> set[tuple[int, int]]:
    """The first cells of what is merged over three columns or more: a heading over the rows that follow."""
    ranges = sheet.merged_cell_ranges or []
    return {tuple(first) for first, last in ranges if last[1] - first[1] >= 2}


def _repeat_downwards(rows: list[list], sheet: CalamineSheet) -> None:
    """A cell merged downwards says the same in each of its rows, as in a table of Word."""
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or []:
        if bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]


def _hidden_rows(content: BinaryIO, names: list[str]) -> dict[str, set[int]]:
    """The rows each sheet hides; the reader of values does not tell them apart."""
    content.seek(0)
    with zipfile.ZipFile(content) as packed:
        parts = sorted(
            (name for name in packed.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
            key=lambda name: int(re.search(r"\d+", name.rpartition("/")[2])[0]),
        )
        if len(parts) != len(names):
            return {}
        return {name: set(_hidden_in(packed, part)) for name, part in zip(names, parts, strict=True)}


def _hidden_in(packed: zipfile.ZipFile, part: str) -> Iterator[int]:
    """The numbers of the rows that say they are hidden.

    Why no parser: of a sheet of ten thousand rows only the first words of each are looked at, piece by piece.
    """
    with packed.open(part) as opened:
        rest = b""
        while piece := opened.read(_PIECE_BYTES):
            whole = rest + piece
            for found in _HIDDEN_ROW.finditer(whole):
                if number := _ROW_NUMBER.search(found[0]):
                    yield int(number[1])
            rest = whole[whole.rfind(b"<") :][:_LONGEST_TAG]
