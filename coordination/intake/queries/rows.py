"""One row of a task table: what task it plans, and everything that is wrong with it, cell by cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from coordination.intake.enums import Column
from coordination.intake.queries.agencies import AgencyNames
from coordination.intake.queries.areas import AreaNames
from coordination.intake.queries.faults import Fault
from coordination.intake.reading.grids import LONGEST_CELL, Cell, Line
from coordination.intake.reading.headings import Head
from coordination.intake.reading.targets import LONGEST_UNIT, LONGEST_WORDS, Aim, aim_of
from coordination.intake.reading.times import Time, time_of
from coordination.programs.models import Area, Program, Section
from coordination.tasks.enums import ScheduleKind
from coordination.tasks.services.drafts import MOST_LEADS, LeadDraft, TaskDraft, problems

LONGEST_DELIVERABLE, LONGEST_FUNDING, LONGEST_BODY = 2000, 300, 150
_COLUMN_OF_FIELD = {
    "title": Column.CONTENT, "area": Column.AREA, "lead": Column.LEAD, "second_lead": Column.LEAD,
    "coordinators": Column.COORDINATORS, "start_on": Column.START, "due_on": Column.TIME,
    "schedule_number": Column.TIME, "target_value": Column.TARGET, "target_unit": Column.TARGET,
    "target_words": Column.TARGET,
}  # fmt: skip
_BODY_IN_AGENCY = re.compile(r"^(.+?)\s*\(([^()]+)\)$", re.DOTALL)


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

    @property
    def year(self) -> int:
        """The year meant where a row writes none: the program's, or the first of its period."""
        return max(self.program.year, self.program.period_start.year)


@dataclass
class RowRead:
    """A row as it was understood: its plan so far, and what is wrong with it."""

    line: Line
    frame: Frame
    faults: list[Fault] = field(default_factory=list)
    draft: TaskDraft = field(default_factory=lambda: TaskDraft(title="", area=None, leads=()))

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


def read_row(line: Line, frame: Frame, group: Area | None) -> RowRead:
    """A row as a plan, with all the rules of tasks asked of it; `group` is the area of the heading above it."""
    row = RowRead(line, frame)
    _check_cells(row)
    row.draft = replace(
        row.draft,
        title=" ".join(row.text(Column.CONTENT).split()),
        area=_area(row, group),
        leads=tuple(_leads(row)),
        coordinators=_coordinators(row),
        section=frame.section,
        deliverable=row.text(Column.DELIVERABLE),
        funding=" ".join(row.text(Column.FUNDING).split()),
        note=row.text(Column.NOTE),
    )
    _read_time(row)
    _read_target(row)
    _ask_the_rules(row)
    return row


def _check_cells(row: RowRead) -> None:
    longest = {Column.DELIVERABLE: LONGEST_DELIVERABLE, Column.FUNDING: LONGEST_FUNDING}
    for column in row.frame.head.columns:
        cell = row.cell(column)
        limit = longest.get(column, LONGEST_CELL)
        if len(cell.text) > limit:
            told = {"count": len(cell.text), "limit": limit}
            row.fault(
                column, _("The cell has %(count)s characters, at most %(limit)s are taken") % told, _("Shorten it")
            )
        if cell.is_soiled:
            row.fault(
                column, _("The cell held characters that cannot be displayed; they are left out"), is_warning=True
            )
    if row.line.is_hidden:
        row.fault(None, _("The row is hidden in the file and is read like the others"), is_warning=True)
    if not row.text(Column.DELIVERABLE):
        row.fault(None, _("The row names no deliverable; add it before the program is signed"), is_warning=True)


def _area(row: RowRead, group: Area | None) -> Area | None:
    written = row.text(Column.AREA)
    area = row.frame.areas.one(written) if written else group or row.frame.areas.only
    if area is None:
        what = _("No such area") if written else _("Enter the area")
        row.fault(Column.AREA, what, row.frame.areas.advice(written))
    return area


def _leads(row: RowRead) -> Iterator[LeadDraft]:
    written = row.text(Column.LEAD)
    if not written:
        row.fault(Column.LEAD, _("Choose the lead agency"), _one_of_the_parties(row))
        return
    inside = _body_in(row, written)
    if inside is not None:
        yield inside
        return
    found = row.frame.names.several(written)
    for said, near in found.unknown:
        row.fault(Column.LEAD, _("No agency is called “%(name)s”") % {"name": said[:80]}, _meant(near, row))
    if len(found.agencies) > MOST_LEADS:
        row.fault(Column.LEAD, _("A task has at most two lead agencies"), _("Move the others to the coordinating ones"))
        return
    yield from (LeadDraft(agency) for agency in found.agencies)


def _body_in(row: RowRead, written: str) -> LeadDraft | None:
    """Such as “Phòng Nội vụ (UBND huyện)”: a body that leads in the name of its agency."""
    named = _BODY_IN_AGENCY.match(written)
    if not named or row.frame.names.one(written).agencies:
        return None
    agency = row.frame.names.one(named[2]).agencies
    body = " ".join(named[1].split())
    return LeadDraft(agency[0], body) if agency and len(body) <= LONGEST_BODY else None


def _coordinators(row: RowRead) -> tuple[Agency, ...]:
    found = row.frame.names.several(row.text(Column.COORDINATORS))
    for said, near in found.unknown:
        row.fault(Column.COORDINATORS, _("No agency is called “%(name)s”") % {"name": said[:80]}, _meant(near, row))
    return found.agencies


def _read_time(row: RowRead) -> None:
    cell, start = row.cell(Column.TIME), _start(row)
    time = Time(ScheduleKind.BEFORE_DAY, due_on=cell.day) if cell.day else time_of(cell.text, year=row.frame.year)
    if time is None:
        what = _("This time is not understood") if cell.text else _("Enter the time")
        row.fault(Column.TIME, what, _time_advice(row))
        return
    if start and time.due_on and time.kind in (ScheduleKind.BEFORE_DAY, ScheduleKind.ON_DAY):
        time = Time(ScheduleKind.RANGE, start_on=start, due_on=time.due_on)
    row.draft = replace(
        row.draft,
        schedule_kind=time.kind,
        schedule_number=time.number,
        start_on=time.start_on or start,
        due_on=time.due_on,
    )


def _start(row: RowRead) -> date | None:
    cell = row.cell(Column.START)
    if cell.day or not cell.text:
        return cell.day
    time = time_of(cell.text, year=row.frame.year)
    day = time and (time.start_on or time.due_on)
    if day is None:
        row.fault(Column.START, _("Not a real date"), _("Write day/month/year, for example 15/4/2022"))
    return day


def _read_target(row: RowRead) -> None:
    written = row.text(Column.TARGET)
    if not written:
        return
    aim: Aim = aim_of(written)
    if aim.lacks_unit:
        row.fault(Column.TARGET, _("The number has no unit"), _("Write the unit beside the number"))
        return
    if len(aim.words) > LONGEST_WORDS or len(aim.unit) > LONGEST_UNIT:
        row.fault(Column.TARGET, _("The target is too long"), _("At most 300 characters; move the rest to the note"))
        return
    row.draft = replace(
        row.draft,
        target_operator=aim.operator,
        target_value=aim.value,
        target_unit=aim.unit,
        target_words=aim.words,
    )


def _ask_the_rules(row: RowRead) -> None:
    """Everything the form of one task would refuse, at the cell that holds it."""
    frame = row.frame
    for refusal in problems(row.draft, frame.program, actor=frame.actor, known=frame.known):
        column = _COLUMN_OF_FIELD.get(refusal.field or "")
        if column == Column.START and Column.START not in frame.head.columns:
            column = Column.TIME
        # A cell that could not be read has been told already; the rule would say the same of its emptiness.
        if column is None or not row.has_fault(column):
            row.fault(column, refusal.message, _advice(column, row))


def _advice(column: Column | None, row: RowRead) -> str:
    if column == Column.LEAD:
        return _one_of_the_parties(row)
    if column == Column.TIME:
        return _time_advice(row)
    if column == Column.CONTENT and row.text(Column.CONTENT):
        return _("Shorten it; details can stand in the deliverable or the note")
    if column == Column.CONTENT:
        return _("Write what is to be done, beginning with a verb; or delete the row")
    return ""


def _meant(near: str, row: RowRead) -> str:
    if near:
        return _("Did you mean “%(name)s”?") % {"name": near}
    return _one_of_the_parties(row)


def _one_of_the_parties(row: RowRead) -> str:
    names = ", ".join(agency.current_short_name for agency in row.frame.names.parties)
    return _("The parties are: %(names)s") % {"names": names}


def _time_advice(row: RowRead) -> str:
    return _("Write a quarter, a month, a last day such as 30/6/%(year)s, the whole year or a date") % {
        "year": row.frame.year
    }
