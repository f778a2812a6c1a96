"""How many rows of tables one PDF prints: a paper somebody reads stays readable, and the engine within its limits.

Why not simply refuse: a long list is asked for in good faith. The PDF prints its beginning, says so below the table and
carries the whole of every table as a workbook inside it. A Word file takes twice as many, the screen all of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from records import wording
from reports.documents.blocks import Block, Table
from reports.documents.comment_table import TablePaper
from reports.documents.papers import Paper, PaperSection

# Units: rows of all tables of a paper together; at about 1.5 ms and 20 KB a cell half a minute and 350 MB.
MOST_ROWS = 1500
TABLES_NAME = "bang-so-lieu.xlsx"
Printable = TypeVar("Printable", Paper, TablePaper)


def is_over_ceiling(paper: Paper | TablePaper) -> bool:
    """Whether the tables of a paper have more rows than one PDF prints."""
    return sum(len(table.rows) for table in paper.tables()) > MOST_ROWS


def within_ceiling(paper: Printable) -> Printable:
    """The paper as the PDF prints it: rows beyond the ceiling are left out, and their table says where they are.

    Rule: R-PDF-1.
    """
    if not is_over_ceiling(paper):
        return paper
    room = _Room(shares_of([len(table.rows) for table in paper.tables()], MOST_ROWS))
    if isinstance(paper, TablePaper):
        return replace(paper, blocks=room.fitted(paper.blocks))
    sections = tuple(room.section(section) for section in paper.sections)
    annexes = tuple(replace(annex, blocks=room.fitted(annex.blocks)) for annex in paper.annexes)
    return replace(paper, sections=sections, annexes=annexes)


def shares_of(lengths: list[int], most: int) -> list[int]:
    """How many of its rows each table prints: short tables whole, the long ones each an equal part of what is left.

    Rule: R-PDF-1.
    """
    left, shares = most, [0] * len(lengths)
    shortest_first = sorted(range(len(lengths)), key=lengths.__getitem__)
    for done, place in enumerate(shortest_first):
        shares[place] = min(lengths[place], left // (len(lengths) - done))
        left -= shares[place]
    return shares


class _Room:
    """The rows there is room for in each table, from the first of the paper to the last."""

    def __init__(self, shares: list[int]):
        self.shares: Iterator[int] = iter(shares)

    def section(self, section: PaperSection) -> PaperSection:
        blocks = self.fitted(section.blocks)
        return replace(section, blocks=blocks, children=tuple(self.section(child) for child in section.children))

    def fitted(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(self._table(block) if isinstance(block, Table) else block for block in blocks)

    def _table(self, table: Table) -> Table:
        share = next(self.shares)
        kept, left_out = table.rows[:share], table.rows[share:]
        if not left_out:
            return table
        first, of_all = wording.number(len(kept)), wording.number(len(table.rows))
        told = f"Bảng in {first} dòng đầu trong {of_all} dòng; toàn bộ bảng có trong tệp {TABLES_NAME} kèm bản PDF này."
        totals = tuple(row for row in left_out if row.is_total)
        return replace(table, rows=(*kept, *totals), note=f"{table.note} {told}".strip())
