"""The mark that ties a row of a workbook to its task: the task's code, and what each cell said when it left.

Why what it said: when the workbook comes back, a cell the office left alone is told from one it wrote, even where
someone else has changed the task meanwhile.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from coordination.intake.enums import PLAN_COLUMNS, PROGRESS_COLUMNS, Column
from coordination.intake.reading.grids import cell_of

_LETTERS = 6
_MARKED = (*PLAN_COLUMNS, *PROGRESS_COLUMNS)
_MARK = re.compile(r"^\s*([^|\s]{3,40})\s*(?:\|\s*([0-9a-f]*)\s*)?$")


@dataclass(frozen=True)
class Mark:
    """The code of a task and a short digest of each cell; none where the digests are gone or of another shape."""

    code: str
    digests: dict[Column, str]

    def knows_of(self, column: Column) -> bool:
        """Whether what the cell of a column said can be told."""
        return column in self.digests

    def is_as_sent(self, column: Column, said: str) -> bool:
        """Whether a cell says what it said when the workbook was made."""
        return self.digests.get(column) == _digest(said)

    @property
    def knows(self) -> bool:
        """Whether what the row said can be told at all."""
        return bool(self.digests)


def plain(value: str) -> str:
    """A text as a cell gives it back: lines without outer spaces, none of them blank."""
    return cell_of(value, row=1, place=0).text


def mark_of(code: str, said: Mapping[Column, str]) -> str:
    """The mark of a row: `said` has the text of each column of the plan and of progress."""
    return f"{code}|{''.join(_digest(said[column]) for column in _MARKED)}"


def read_mark(written: str) -> Mark | None:
    """The mark a cell holds; None where it holds something else.

    Why two lengths: workbooks were handed out before progress could be written into them.
    """
    found = _MARK.match(written)
    if found is None:
        return None
    digests = found[2] or ""
    pieces = [digests[at : at + _LETTERS] for at in range(0, len(digests), _LETTERS)]
    is_whole = len(digests) in (_LETTERS * len(PLAN_COLUMNS), _LETTERS * len(_MARKED))
    return Mark(found[1].upper(), dict(zip(_MARKED, pieces, strict=False)) if is_whole else {})


def _digest(said: str) -> str:
    return blake2s(plain(said).encode(), digest_size=3).hexdigest()
