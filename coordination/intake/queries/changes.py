"""A row that came back from a workbook: what the office wrote into it, beside what the task says now."""

from dataclasses import replace

from django.utils.translation import gettext as _

from coordination.intake.enums import PLAN_COLUMNS, Column
from coordination.intake.queries.cells import read_cells
from coordination.intake.queries.fields import means_the_same
from coordination.intake.queries.frame import Frame, RowRead
from coordination.intake.queries.present import said_of
from coordination.intake.queries.progress import read_progress
from coordination.intake.queries.rows import ask_the_rules, check_cells
from coordination.intake.queries.written import as_it_was, is_written, tell_both
from coordination.intake.reading.grids import Line
from coordination.intake.reading.marks import Mark
from coordination.programs.enums import SETTLED_STATES
from coordination.tasks.enums import ScheduleKind
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_edit_task
from coordination.tasks.services.days import span_of
from coordination.tasks.services.drafts import TaskDraft, draft_of
from records.errors import RuleBroken


def read_change(line: Line, frame: Frame, task: Task, mark: Mark) -> RowRead:
    """The row of a task: its plan and its progress with the cells the office wrote, and all that is wrong with these.

    Rule: R-WORKBOOK-2. A cell that says what it said when the workbook was made was left alone: what the task says
    now stays. A cell that was written here and changed by someone else as well is told, never overwritten.
    """
    row = RowRead(line, frame, task=task)
    _read_plan(row, task, mark)
    read_progress(row, task, mark)
    return row


def _read_plan(row: RowRead, task: Task, mark: Mark) -> None:
    now = said_of(task)
    row.was = {column: now[column] for column in PLAN_COLUMNS if is_written(row, column, now[column], mark)}
    if not row.was:
        return
    stands = row.draft = draft_of(task)
    check_cells(row, row.was)
    read_cells(row, [column for column in row.was if not _is_several(row, column)])
    _keep_start(row, task)
    row.was = {column: was for column, was in row.was.items() if _says_else(row, column, stands)}
    if row.was and not (may := can_edit_task(row.frame.actor, task)):
        row.faults.clear()
        first, was = next(iter(row.was.items()))
        row.fault(first, may.reason, as_it_was(was))
    elif row.was:
        tell_both(row, row.was, mark)
        ask_the_rules(row)
        _keep_agreed_deadline(row, task)


def _says_else(row: RowRead, column: Column, stands: TaskDraft) -> bool:
    return row.has_fault(column) or not means_the_same(column, row.draft, stands, task=row.task)


def _is_several(row: RowRead, column: Column) -> bool:
    """Several targets stand in one cell and are changed where each has its own boxes."""
    is_several = column == Column.TARGET and len(row.task.targets.all()) > 1
    if is_several:
        row.fault(
            column, _("The task has several targets"), _("Write the cell as it was; change them on the task's page")
        )
    return is_several


def _keep_start(row: RowRead, task: Task) -> None:
    """A last day alone does not say when the work begins; what was planned stays."""
    draft = row.draft
    begins = task.start_on
    if Column.TIME in row.was and draft.schedule_kind == ScheduleKind.BEFORE_DAY and begins and draft.due_on:
        row.draft = replace(draft, start_on=begins if begins <= draft.due_on else None)


def _keep_agreed_deadline(row: RowRead, task: Task) -> None:
    if Column.TIME not in row.was or task.program.state not in SETTLED_STATES:
        return
    try:
        moves = span_of(row.draft, task.program, task=task).due_on != task.due_on
    except RuleBroken:
        return
    if moves:
        what = _("The parties have agreed this due date. Use “Extend” to move it, with the reason.")
        row.fault(Column.TIME, what, as_it_was(row.was[Column.TIME]))
