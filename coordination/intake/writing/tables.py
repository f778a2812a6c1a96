"""A table of plain text as the workbook it would be, so that it is read, shown and mended like any other."""

from collections.abc import Sequence

from coordination.intake.reading.grids import LONGEST_CELL
from coordination.intake.writing.sheets import new_workbook

_KEPT = 2 * LONGEST_CELL  # enough to see that a cell is too long


def table_workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a workbook with one sheet; every cell is text, none a formula."""
    with new_workbook("Bảng nhiệm vụ") as (book, written):
        sheet = book.add_worksheet("Bảng")
        for at, cells in enumerate(rows):
            for place, said in enumerate(cells):
                if said.strip():
                    sheet.write_string(at, place, _writable(said)[:_KEPT])
    return written.getvalue()


def _writable(said: str) -> str:
    """Without halves of letters, which no file can hold."""
    return said.encode("utf-8", "ignore").decode()
