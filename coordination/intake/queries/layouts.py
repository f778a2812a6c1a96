"""What the columns of a table hold: by their names, or as a member of the agency told once for tables like it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from agencies.models import Membership
from coordination.intake.enums import OWN_TABLE_COLUMNS, Column
from coordination.intake.models import TableLayout
from coordination.intake.reading.grids import Cell, Grid, Line, letters
from coordination.intake.reading.headings import MOST_LINES_ABOVE, Head, column_of, head_of
from records.text import fold

_SAMPLES = 3


@dataclass(frozen=True)
class ColumnShown:
    """One column of a table: its letters, what names it, what stands below, and what it is taken to hold."""

    place: int
    letters: str
    heading: str
    samples: tuple[str, ...]
    holds: Column | None


@dataclass(frozen=True)
class LinesShown:
    """The row that names the columns, among the first of the sheet, and every column under it."""

    grid: Grid
    place: int
    lines: tuple[Line, ...]
    columns: tuple[ColumnShown, ...]

    @property
    def line(self) -> Line:
        return self.grid.lines[self.place]

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook of the portal."""
        return any(column_of(cell.text) == Column.MARK for cell in self.line.cells)


def head_for(grid: Grid, actor: Membership) -> Head | None:
    """The head of a grid as the actor's agency told it, else as its names say it. One query, none for a workbook of the
    portal, whose columns are its own.
    """
    named = head_of(grid)
    if named is not None and Column.MARK in named.columns:
        return named
    lines = {signature_of(line): place for place, line in reversed(list(enumerate(grid.lines[:MOST_LINES_ABOVE])))}
    known = TableLayout.objects.visible_to(actor).filter(signature__in=lines).order_by("-at", "-pk").first()
    return named if known is None else _head(grid, lines[known.signature], known.columns)


def signature_of(line: Line) -> str:
    """What tells the row that names the columns of one table from that of another; marks and case are ignored."""
    said = "\x1f".join(fold(cell.text) for cell in line.cells).rstrip("\x1f")
    return hashlib.sha256(said.encode()).hexdigest()


def lines_shown(grid: Grid, actor: Membership, *, row: str = "") -> LinesShown:
    """What can be told about the columns of a grid; `row` is the number of the row that names them. One query."""
    head = head_for(grid, actor)
    above = grid.lines[:MOST_LINES_ABOVE]
    asked = next((place for place, line in enumerate(above) if str(line.number) == row), None)
    place = asked if asked is not None else head.last if head else _likeliest(above)
    told = {at: column for column, at in head.columns.items()} if head and place == head.last else {}
    width = max(len(line.cells) for line in grid.lines[place : place + 50])
    columns = tuple(_shown(grid, place, at, told.get(at)) for at in range(width))
    return LinesShown(grid, place, above, tuple(one for one in columns if one.heading or one.samples))


def _likeliest(lines: tuple[Line, ...]) -> int:
    """The row with the most cells that hold words."""
    filled = [
        sum(bool(cell.text) and cell.amount is None and cell.day is None for cell in line.cells) for line in lines
    ]
    return filled.index(max(filled)) if filled else 0


def _is_word(cell: Cell) -> bool:
    return bool(cell.text) and cell.amount is None and cell.day is None


def _shown(grid: Grid, place: int, at: int, told: Column | None) -> ColumnShown:
    heading = " ".join(grid.lines[place].cell(at).text.split())
    below = (" ".join(line.cell(at).text.split()) for line in grid.lines[place + 1 : place + 50])
    samples = tuple(list(dict.fromkeys(said[:80] for said in below if said))[:_SAMPLES])
    holds = told or column_of(heading)
    return ColumnShown(at, letters(at), heading[:120], samples, holds if holds in OWN_TABLE_COLUMNS else None)


def _head(grid: Grid, place: int, columns: Mapping[str, str]) -> Head:
    line = grid.lines[place]
    known = {Column(name): int(at) for at, name in columns.items() if name in Column.values}
    cells: dict[Column, Cell] = {column: line.cell(at) for column, at in known.items()}
    return Head(place, 1, known, cells)
