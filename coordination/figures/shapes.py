"""What figures look like once they are counted: by agency, area, program, month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from coordination.figures.tally import Tally, YearFigures


@dataclass(frozen=True)
class AgencyLabel:
    """An agency as tables name it, by its names of the year shown.

    `is_reached` where its code, as a filter, means this agency for the reader and none of another unit.
    """

    pk: int
    code: str
    name: str
    short_name: str
    is_reached: bool = True


@dataclass(frozen=True)
class AgencyFigures:
    """What an agency led, counted once under the first lead, and all it took part in, leading or coordinating."""

    agency: AgencyLabel
    led: Tally
    involved: Tally

    @property
    def coordinated(self) -> int:
        """Tasks the agency only took part in."""
        return self.involved.total - self.led.total


@dataclass(frozen=True)
class AreaFigures:
    """The counts of one area of coordination."""

    pk: int
    code: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class ProgramFigures:
    """The counts of one program."""

    pk: int
    code: str
    title: str
    tally: Tally


@dataclass(frozen=True)
class UnitFigures:
    """The counts of one administrative unit; `programs` says how many of its programs have tasks counted."""

    pk: int
    code: str
    name: str
    tally: Tally
    programs: int


@dataclass(frozen=True)
class MonthCell:
    """The tasks with their deadline in one month of the year."""

    month: int
    tally: Tally

    @property
    def level(self) -> int:
        """How much of what was due was done on time: 4 all, 3 from 80, 2 from 50, 1 below 50 percent, 0 nothing due."""
        rate = self.tally.on_time_rate
        if rate is None:
            return 0
        return 4 if rate == 100 else 3 if rate >= 80 else 2 if rate >= 50 else 1


@dataclass(frozen=True)
class MonthRow:
    """Twelve months and what they make together; without an agency it is the row of all tasks."""

    agency: AgencyLabel | None
    months: tuple[MonthCell, ...]
    year: Tally


@dataclass(frozen=True)
class CumulativeMonth:
    """Running totals at the end of a month; `done` is None for months after the day judged on."""

    month: int
    due: int
    done: int | None


@dataclass(frozen=True)
class Choice:
    """Something the dashboard can be narrowed to."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True)
class Figures:
    """Everything the dashboard and the report say about a year, out of one count.

    `moves` tell, for each agency with an unfinished task, when a task it leads was last reported on or it reported its
    part in one; None where neither ever was. Of a day that is over nothing is known.
    """

    year: YearFigures
    agencies: tuple[AgencyFigures, ...]
    areas: tuple[AreaFigures, ...]
    programs: tuple[ProgramFigures, ...]
    months: MonthRow
    months_of: Callable[[AgencyLabel], MonthRow] = field(compare=False)
    cumulative: tuple[CumulativeMonth, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    moves: Mapping[int, datetime | None] = field(default_factory=dict)

    @cached_property
    def months_by_agency(self) -> tuple[MonthRow, ...]:
        """A row for each of the agencies. Why not sooner: of a country's thousands a page shows some thirty."""
        return tuple(self.months_of(row.agency) for row in self.agencies)
