"""A whole table tested before one row of it is written: what each row becomes, and all faults at once."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.models import Agency, Membership
from coordination.intake.enums import REQUIRED_COLUMNS, Column, RowState
from coordination.intake.queries.agencies import names_for
from coordination.intake.queries.areas import AreaNames, areas_for
from coordination.intake.queries.faults import Fault
from coordination.intake.queries.rows import Frame, RowRead, read_row
from coordination.intake.queries.twins import Twins, twins_of
from coordination.intake.reading.grids import MOST_ROWS, Cell, Grid, Line
from coordination.intake.reading.headings import Head, head_of
from coordination.programs.models import Area, Program, Section
from coordination.tasks.services.drafts import TaskDraft
from coordination.tasks.services.planning import summary

_COUNTED_OUT = re.compile(r"^\(?\d{1,2}\)?$")
_NUMERAL = re.compile(r"^(?:[IVXLC]+|[A-ZĐ])\.?$")
_BESIDE = (Column.LEAD, Column.COORDINATORS, Column.TIME, Column.START, Column.DELIVERABLE, Column.TARGET)


@dataclass(frozen=True)
class RowSeen:
    """One row of the preview: what becomes of it, what it says, what is wrong with it, the plan it makes."""

    number: int
    state: RowState
    cells: dict[Column, Cell]
    faults: tuple[Fault, ...]
    draft: TaskDraft

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_warning]


@dataclass(frozen=True)
class Preview:
    """What taking the table in would do. `faults` are about the table as a whole and, like those of rows, stop it."""

    sheet: str
    head: Head | None
    rows: tuple[RowSeen, ...]
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> list[Fault]:
        """Everything that must be mended before anything is written, in the order of the file."""
        return [*self.faults, *(fault for row in self.rows for fault in row.errors)]

    @property
    def drafts(self) -> list[TaskDraft]:
        """The plans of the rows that are added."""
        return [row.draft for row in self.rows if row.state in (RowState.ADDED, RowState.WARNED)]

    @property
    def can_be_taken_in(self) -> bool:
        return not self.errors and bool(self.drafts)

    def count(self, *states: RowState) -> int:
        """How many rows are in one of the states."""
        return sum(row.state in states for row in self.rows)

    @cached_property
    def digest(self) -> str:
        """What tells this preview from one of another file, or of the same file after something moved on."""
        told = [
            [row.number, row.state.value, summary(row.draft), [fault.what for fault in row.faults]] for row in self.rows
        ]
        whole = [self.sheet, told, [fault.what for fault in self.faults]]
        return hashlib.sha256(json.dumps(whole, default=str, sort_keys=True).encode()).hexdigest()


def preview_of(grid: Grid, program: Program, *, actor: Membership, section: Section | None = None) -> Preview:
    """What each row of a sheet or table would become in a program; nothing is written. About ten queries, whatever
    the number of rows.
    """
    head = head_of(grid)
    if head is None or head.missing:
        return Preview(grid.name, head, (), tuple(_faults_of_head(grid, head)))
    prefetch_related_objects([program], "parties__agency__unit")
    frame = Frame(
        program=program,
        actor=actor,
        head=head,
        names=names_for(actor, program),
        areas=areas_for(program),
        known=frozenset(Agency.objects.visible_to(actor).values_list("pk", flat=True)),
        section=section,
    )
    rows = list(_rows(grid, frame))
    twins = twins_of(program)
    seen = tuple(_seen(row, twins) for row in rows[:MOST_ROWS])
    return Preview(grid.name, head, seen, tuple(_faults_of_table(grid, head, rows)))


def _faults_of_head(grid: Grid, head: Head | None) -> Iterator[Fault]:
    first = grid.lines[0].cells[0] if grid.lines and grid.lines[0].cells else Cell("A1")
    names = ", ".join(f"“{column.heading}”" for column in REQUIRED_COLUMNS)
    if head is None:
        what = _("No row with the names of the columns was found")
        yield Fault(first, None, what, _("The table needs the columns %(names)s") % {"names": names})
        return
    for column in head.missing:
        what = _("The column “%(name)s” is missing") % {"name": column.heading}
        yield Fault(next(iter(head.cells.values())), None, what, _("Add it, or send another sheet"))


def _faults_of_table(grid: Grid, head: Head, rows: list[RowRead]) -> Iterator[Fault]:
    for cell in head.again:
        yield Fault(cell, None, _("A column of this kind stands in the table twice"), _("Leave one, rename the other"))
    if not rows:
        cell = next(iter(head.cells.values()))
        yield Fault(cell, None, _("There is no task below the names of the columns"), _("Write one task in each row"))
    if grid.is_cut or len(rows) > MOST_ROWS:
        cell = next(iter(head.cells.values()))
        what = _("The table has more than %(most)s rows") % {"most": MOST_ROWS}
        yield Fault(cell, None, what, _("Split it into several files"))


def _rows(grid: Grid, frame: Frame) -> Iterator[RowRead]:
    """The rows below the head that plan something; headings of areas hold for the rows after them."""
    group: Area | None = None
    for line in grid.lines[frame.head.last + 1 :]:
        if _counts_columns(line):
            continue
        heading = _heading(line, frame)
        if heading is None:
            yield read_row(line, frame, group)
            continue
        group = frame.areas.one(heading.text)
        if group is None:
            row = RowRead(line, frame)
            row.faults.append(Fault(heading, Column.AREA, _("No such area"), frame.areas.advice(heading.text)))
            yield row


def _counts_columns(line: Line) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    said = [cell.text for cell in line.cells if cell.text]
    return len(said) > 2 and all(_COUNTED_OUT.match(one) for one in said)


def _heading(line: Line, frame: Frame) -> Cell | None:
    """The cell of a row that is a heading over those below: merged across, numbered I or A, or named as an area."""
    columns = frame.head.columns
    if any(line.cell(columns[column]).text for column in _BESIDE if column in columns):
        return next((cell for cell in line.cells if cell.is_wide and cell.text and _alone(line, cell)), None)
    ordinal = line.cell(columns[Column.ORDINAL]).text if Column.ORDINAL in columns else ""
    said = [cell for cell in line.cells if cell.text and cell.text != ordinal] or [c for c in line.cells if c.text]
    if len(said) != 1:
        return None
    is_heading = said[0].is_wide or _NUMERAL.match(ordinal) or _names_area(frame.areas, said[0])
    return said[0] if is_heading else None


def _alone(line: Line, cell: Cell) -> bool:
    return all(not other.text for other in line.cells if other is not cell)


def _names_area(areas: AreaNames, cell: Cell) -> bool:
    return areas.one(cell.text) is not None


def _seen(row: RowRead, twins: Twins) -> RowSeen:
    is_there = twins.look_at(row)
    cells = {column: row.cell(column) for column in row.frame.head.columns}
    errors = [fault for fault in row.faults if not fault.is_warning]
    if errors:
        state = RowState.FAULTY
    elif is_there:
        state = RowState.THERE
    else:
        state = RowState.WARNED if row.faults else RowState.ADDED
    return RowSeen(row.line.number, state, cells, tuple(row.faults), row.draft)
