"""What is wrong with a cell: where it is, what stands there, what is wrong, how to mend it."""

from dataclasses import dataclass

from coordination.intake.enums import Column
from coordination.intake.reading.grids import Cell


@dataclass(frozen=True)
class Fault:
    """One thing to mend, or to look at where `is_warning`; `column` is None where it is about the whole row."""

    cell: Cell
    column: Column | None
    what: str
    fix: str = ""
    is_warning: bool = False

    @property
    def value(self) -> str:
        """What stands in the cell, short enough to be shown beside the fault."""
        line = " ".join(self.cell.text.split())
        return f"{line[:77]}…" if len(line) > 80 else line
