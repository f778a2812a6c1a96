"""What undoing an import would take back, and what stands against it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from coordination.intake.models import TakenRow, TaskTable
from coordination.intake.permissions import CLOSED_TO_TASKS
from coordination.tasks.models import ProgressReport
from records import clock

UNDO_HOURS = 24


def undo_until(table: TaskTable) -> datetime | None:
    """Until when an import can be undone; None where it was not written, was undone, or a day has passed, and where it
    only reported: reports stay.
    """
    if table.taken_in_at is None or table.undone_at is not None or not (table.tasks_added or table.tasks_changed):
        return None
    until = table.taken_in_at + timedelta(hours=UNDO_HOURS)
    return until if clock.now() <= until else None


def rows_to_undo(table: TaskTable) -> list[TakenRow]:
    """What rows of a table have added or changed, in the order of the file. One query."""
    return [row for row in _rows(table) if row.is_addition or row.before]


def rows_that_stay(table: TaskTable) -> list[TakenRow]:
    """The rows of a table that reported progress, in the order of the file: no report is ever taken back. One query.

    Rule: R-WORKBOOK-6.
    """
    return [row for row in _rows(table) if row.report_id]


def _rows(table: TaskTable) -> QuerySet[TakenRow]:
    return table.taken.select_related("task__program").order_by("number")


def moved_on_since(rows: list[TakenRow]) -> list[TakenRow]:
    """The rows whose task was changed, reported on or deleted after it was written, or whose program takes tasks no
    more. One query.

    Why reports count only where the task was added: a plan changed by a table goes back whatever was reported on it.
    """
    added = [row.task_id for row in rows if row.is_addition]
    reported = set(ProgressReport.objects.filter(task__in=added).values_list("task_id", flat=True))
    return [row for row in rows if row.task_id in reported or _has_moved_on(row)]


def _has_moved_on(row: TakenRow) -> bool:
    is_as_written = row.task.revision == row.revision and row.task.binned_at is None
    return not is_as_written or row.task.program.state in CLOSED_TO_TASKS
