"""A whole table tested before one row of it is written: what each row becomes, and all faults at once."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.intake.enums import PLAN_COLUMNS, REQUIRED_COLUMNS, Column, RowState
from coordination.intake.queries.areas import AreaNames
from coordination.intake.queries.changes import read_change
from coordination.intake.queries.faults import Fault
from coordination.intake.queries.frame import Frame, ReportDraft, RowRead
from coordination.intake.queries.frames import Frames, frames_for
from coordination.intake.queries.progress import refuse_progress
from coordination.intake.queries.rows import read_row
from coordination.intake.reading.grids import MOST_ROWS, Cell, Grid, Line
from coordination.intake.reading.headings import Head, head_of
from coordination.intake.reading.marks import read_mark
from coordination.programs.models import Area, Program, Section
from coordination.tasks.models import Task
from coordination.tasks.services.drafts import TaskDraft
from coordination.tasks.services.summaries import summary

_COUNTED_OUT = re.compile(r"^\(?\d{1,2}\)?$")
_NUMERAL = re.compile(r"^(?:[IVXLC]+|[A-ZĐ])\.?$")
ADDED_STATES = (RowState.ADDED, RowState.WARNED)
WRITTEN_STATES = (*ADDED_STATES, RowState.CHANGED)
_BESIDE = (Column.LEAD, Column.COORDINATORS, Column.TIME, Column.START, Column.DELIVERABLE, Column.TARGET)


@dataclass(frozen=True)
class RowSeen:
    """One row of the preview: what becomes of it, what it says, what is wrong with it, the plan it makes.

    `task` is the task it is the row of, and `was` what that says now in the cells that were written; both are empty
    for a row that plans something new. `report` is what it reports of its progress, where it does.
    """

    number: int
    state: RowState
    cells: dict[Column, Cell]
    faults: tuple[Fault, ...]
    draft: TaskDraft
    program: Program | None = None
    task: Task | None = None
    was: dict[Column, str] = field(default_factory=dict)
    report: ReportDraft | None = None

    @property
    def errors(self) -> list[Fault]:
        return [fault for fault in self.faults if not fault.is_warning]

    @property
    def plans(self) -> list[Column]:
        """The columns of the plan that were written."""
        return [column for column in self.was if column in PLAN_COLUMNS]

    @property
    def told(self) -> list:
        """What of the row must be as it was looked at when it is written."""
        is_written = self.state in WRITTEN_STATES
        is_plan = is_written and (self.task is None or self.plans)
        plan = [summary(self.draft), self.program.pk if self.program else None] if is_plan else None
        revision = self.task.revision if self.task and is_written else None
        report = [*astuple(self.report), self.task.last_reported_at] if self.report and is_written else None
        return [self.number, self.state.value, plan, revision, report, [fault.what for fault in self.faults]]


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
    def added(self) -> list[RowSeen]:
        """The rows whose tasks are added."""
        return [row for row in self.rows if row.state in ADDED_STATES]

    @property
    def changed(self) -> list[RowSeen]:
        """The rows whose tasks are changed or reported on."""
        return [row for row in self.rows if row.state == RowState.CHANGED]

    @property
    def reported(self) -> list[RowSeen]:
        """The rows whose tasks are reported on."""
        return [row for row in self.changed if row.report]

    @property
    def drafts(self) -> list[TaskDraft]:
        """The plans of the rows that are added."""
        return [row.draft for row in self.added]

    @property
    def is_nothing_new(self) -> bool:
        """Whether all of it is in the portal already, as it stands."""
        return not self.errors and bool(self.rows) and not any(row.state in WRITTEN_STATES for row in self.rows)

    @property
    def can_be_taken_in(self) -> bool:
        return not self.errors and any(row.state in WRITTEN_STATES for row in self.rows)

    def count(self, *states: RowState) -> int:
        """How many rows are in one of the states."""
        return sum(row.state in states for row in self.rows)

    @cached_property
    def digest(self) -> str:
        """What tells this preview from one of another file, or of the same file after something moved on."""
        whole = [self.sheet, [row.told for row in self.rows], [fault.what for fault in self.faults]]
        return hashlib.sha256(json.dumps(whole, default=str, sort_keys=True).encode()).hexdigest()


def preview_of(
    grid: Grid,
    program: Program | None,
    *,
    actor: Membership,
    section: Section | None = None,
    head: Head | None = None,
) -> Preview:
    """What each row of a sheet or table would become; nothing is written. Without a program each row names its own.

    `head` says what the columns hold where that does not follow from their names.
    About a dozen queries for each program, whatever the number of rows.
    """
    head = head or head_of(grid)
    if head is None or head.missing:
        return Preview(grid.name, head, (), tuple(_faults_of_head(grid, head)))
    frames = frames_for(head, actor=actor, program=program, section=section, codes=_codes(grid, head))
    rows = list(_rows(grid, frames))
    seen = tuple(_seen(row, frames) for row in rows[:MOST_ROWS])
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


def _codes(grid: Grid, head: Head) -> Iterator[str]:
    """The codes of the tasks whose rows these are."""
    if Column.MARK in head.columns:
        marks = (read_mark(line.cell(head.columns[Column.MARK]).text) for line in grid.lines[head.last + 1 :])
        yield from (mark.code for mark in marks if mark)


def _rows(grid: Grid, frames: Frames) -> Iterator[RowRead]:
    """The rows below the head that plan something; headings of areas hold for the rows after them."""
    group: Area | None = None
    met: dict[str, int] = {}
    for line in grid.lines[frames.head.last + 1 :]:
        if _counts_columns(line):
            continue
        if frames.head.columns.get(Column.MARK) is not None and line.cell(frames.head.columns[Column.MARK]).text:
            yield _marked(line, frames, met)
            continue
        frame = frames.of(frames.program) if frames.program else _named_frame(line, frames)
        if isinstance(frame, RowRead):
            yield frame
            continue
        heading = _heading(line, frame)
        if heading is None:
            row = read_row(line, frame, group)
            refuse_progress(row)
            yield row
            continue
        group = frame.areas.one(heading.text)
        if group is None:
            row = RowRead(line, frame)
            row.faults.append(Fault(heading, Column.AREA, _("No such area"), frame.areas.advice(heading.text)))
            yield row


def _marked(line: Line, frames: Frames, met: dict[str, int]) -> RowRead:
    """The row of a task that is in the portal; `met` are the rows of tasks so far."""
    row = RowRead(line, frames.bare)
    mark = read_mark(row.text(Column.MARK))
    task = frames.tasks.get(mark.code) if mark else None
    if task is None or (frames.program and task.program_id != frames.program.pk):
        what = _("No task of yours has this row mark")
        row.fault(Column.MARK, what, _("Copy the row from a newly downloaded workbook; leave it empty for a new task"))
        return row
    first = met.setdefault(mark.code, line.number)
    if first != line.number:
        what = _("Row %(row)s is of the same task") % {"row": first}
        row.fault(Column.MARK, what, _("Leave one; for a new task empty the column “%(name)s”") % _mark_name())
        return row
    return read_change(line, frames.of(task.program), task, mark)


def _named_frame(line: Line, frames: Frames) -> Frame | RowRead:
    """The frame of the program a new row names; the row with what is wrong where it names none."""
    row = RowRead(line, frames.bare)
    written = row.text(Column.PROGRAM)
    program = frames.called(written) if written else None
    if program is not None:
        return frames.of(program)
    what = _("No program you may add tasks to is called this") if written else _("Choose the program")
    row.fault(Column.PROGRAM, what, _("The programs are: %(names)s") % {"names": ", ".join(frames.open_codes) or "–"})
    return row


def _mark_name() -> dict[str, str]:
    return {"name": Column.MARK.heading}


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


def _seen(row: RowRead, frames: Frames) -> RowSeen:
    program = row.frame.program
    is_new = row.task is None and row.draft.title
    is_there = bool(is_new and program) and frames.twins(program).look_at(row)
    cells = {column: row.cell(column) for column in row.frame.head.columns}
    return RowSeen(
        number=row.line.number,
        state=_state(row, is_there),
        cells=cells,
        faults=tuple(row.faults),
        draft=row.draft,
        program=program,
        task=row.task,
        was=row.was,
        report=row.report,
    )


def _state(row: RowRead, is_there: bool) -> RowState:
    if any(not fault.is_warning for fault in row.faults):
        return RowState.FAULTY
    if row.task is not None:
        return RowState.CHANGED if row.was else RowState.SAME
    if is_there:
        return RowState.THERE
    return RowState.WARNED if row.faults else RowState.ADDED
