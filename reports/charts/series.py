"""What a chart is given: labels and numbers, already counted and already worded."""

from dataclasses import dataclass
from enum import Enum


class Tone(Enum):
    """What a share of the tasks came to; each tone is one class on screen and one print-safe colour on paper."""

    ON_TIME = "f-ok"
    LATE = "f-late"
    MISSED = "f-no"
    OPEN = "f-run"
    IDLE = "f-idle"


@dataclass(frozen=True)
class Segment:
    """One share of a bar: so many tasks of one tone, and the word for that tone."""

    tone: Tone
    label: str
    count: int


@dataclass(frozen=True)
class BarRow:
    """One bar: its name, its shares from left to right, and what stands at its end ("7/8", "88%")."""

    label: str
    segments: tuple[Segment, ...]
    note: str = ""
    share: str = ""

    @property
    def total(self) -> int:
        return sum(segment.count for segment in self.segments)


@dataclass(frozen=True)
class MonthPoint:
    """Running totals at the end of one month; `done` is None where the month lies after the cut-off day."""

    label: str
    due: int
    done: int | None


@dataclass(frozen=True)
class HeatCell:
    """One cell of a heat table: what it says, how good that is (4 all down to 1, 0 nothing due), and whether something
    of it is still undone.
    """

    text: str
    level: int
    is_undone: bool = False


@dataclass(frozen=True)
class HeatRow:
    """One row of a heat table: its name, its cells and what they make together."""

    label: str
    cells: tuple[HeatCell, ...]
    total: str
    is_sum: bool = False
