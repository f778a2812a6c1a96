"""A sheet of Excel or a table of Word as one shape: rows of text, each cell with the name people know it by."""

from dataclasses import dataclass
from datetime import date, datetime

from records import text
from records.wording import day as written_day

MOST_ROWS = 10_000
MOST_COLUMNS = 60
LONGEST_CELL = 4000


@dataclass(frozen=True)
class Cell:
    """What stands in one cell; `day` where it holds a date, `amount` where it holds a number, `is_wide` where it is
    merged over most of its row."""

    ref: str
    text: str = ""
    day: date | None = None
    amount: float | None = None
    is_wide: bool = False
    is_soiled: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its number as the program that made the file shows it, and its cells from the first column on."""

    number: int
    cells: tuple[Cell, ...]
    is_hidden: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.is_soiled for cell in self.cells)

    def cell(self, place: int | None) -> Cell:
        """The cell of a column; an empty one where the row is shorter."""
        if place is not None and place < len(self.cells):
            return self.cells[place]
        return Cell(f"{letters(place or 0)}{self.number}")


@dataclass(frozen=True)
class Grid:
    """One sheet or table; `is_cut` when it is longer than what is read."""

    name: str
    lines: tuple[Line, ...]
    is_cut: bool = False


def letters(place: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    written = ""
    while place >= 0:
        written = chr(ord("A") + place % 26) + written
        place = place // 26 - 1
    return written


def cell_of(value: object, *, row: int, place: int, is_wide: bool = False) -> Cell:
    """A cell from a value as a reader of files gives it: text in NFC with single spaces, days and numbers as such."""
    ref = f"{letters(place)}{row}"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return Cell(ref, written_day(value), day=value, is_wide=is_wide)
    if isinstance(value, bool) or value is None:
        return Cell(ref, is_wide=is_wide)
    if isinstance(value, int | float):
        return Cell(ref, _number(float(value)), amount=float(value), is_wide=is_wide)
    raw = text.nfc(str(value))
    lines = [" ".join(line.split()) for line in text.without_forbidden(raw).splitlines()]
    return Cell(ref, "\n".join(filter(None, lines)), is_wide=is_wide, is_soiled=text.has_forbidden(raw))


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    return (
        str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.4f}".rstrip("0").replace(".", ",")
    )
