"""What a row of a task table is read against, and the row as it was understood so far."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.intake.enums import Column
from coordination.intake.queries.agencies import AgencyNames
from coordination.intake.queries.areas import AreaNames
from coordination.intake.queries.faults import Fault
from coordination.intake.reading.grids import Cell, Line
from coordination.intake.reading.headings import Head
from coordination.programs.models import Program, Section
from coordination.tasks.models import Task
from coordination.tasks.services.drafts import TaskDraft
from records.errors import RuleBroken


@dataclass(frozen=True)
class Frame:
    """What every row of a table is read against."""

    program: Program
    actor: Membership
    head: Head
    names: AgencyNames
    areas: AreaNames
    known: frozenset[int]
    section: Section | None = None
    asked: dict[tuple, list[RuleBroken]] = field(default_factory=dict, compare=False)

    @property
    def year(self) -> int:
        """The year meant where a row writes none: the program's, or the first of its period."""
        return max(self.program.year, self.program.period_start.year)


@dataclass(frozen=True)
class ReportDraft:
    """A report on a task as a whole, as its row says it; its names are those the service takes."""

    value: Decimal | None = None
    percent: int | None = None
    result: str = ""
    obstacles: str = ""
    causes: str = ""
    proposal: str = ""
    expected_on: date | None = None


@dataclass
class RowRead:
    """A row as it was understood: its plan so far, the report it makes, and what is wrong with it."""

    line: Line
    frame: Frame
    faults: list[Fault] = field(default_factory=list)
    draft: TaskDraft = field(default_factory=lambda: TaskDraft(title="", area=None, leads=()))
    task: Task | None = None
    was: dict[Column, str] = field(default_factory=dict)
    report: ReportDraft | None = None

    def cell(self, column: Column) -> Cell:
        """The cell of a column; where the table has no such column, an empty one."""
        place = self.frame.head.columns.get(column)
        return self.line.cell(place) if place is not None else Cell(str(self.line.number))

    def text(self, column: Column) -> str:
        """What the cell of a column says; nothing where the table has no such column."""
        return self.cell(column).text

    def fault(self, column: Column | None, what: str, fix: str = "", *, is_warning: bool = False) -> None:
        """Note what is wrong with a cell, once for each thing."""
        noted = Fault(self.cell(column or Column.CONTENT), column, str(what), str(fix), is_warning)
        if (column, noted.what) not in [(one.column, one.what) for one in self.faults]:
            self.faults.append(noted)

    def has_fault(self, column: Column) -> bool:
        """Whether something in the cell of a column stops the row; a warning does not."""
        return any(fault.column == column and not fault.is_warning for fault in self.faults)


def meant(near: str, row: RowRead) -> str:
    """What to do about an agency nobody knows: the one whose name is near, or the parties there are."""
    if near:
        return _("Did you mean “%(name)s”?") % {"name": near}
    return one_of_the_parties(row)


def one_of_the_parties(row: RowRead) -> str:
    """The parties of the row's program, to choose from."""
    names = ", ".join(agency.current_short_name for agency in row.frame.names.parties)
    return _("The parties are: %(names)s") % {"names": names}


def time_advice(row: RowRead) -> str:
    """How a time is written so that it is understood."""
    return _("Write a quarter, a month, a last day such as 30/6/%(year)s, the whole year or a date") % {
        "year": row.frame.year
    }
