"""What the row of a workbook says of a task: the same words whenever it is written and whenever it is compared."""

from collections.abc import Iterable

from coordination.intake.enums import Column
from coordination.intake.reading.marks import plain
from coordination.tasks import targets
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task, TaskQuerySet, TaskRole


def with_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks with everything their rows say, in a number of queries that does not follow theirs."""
    return tasks.select_related(
        "program__unit", "program__drafting_agency", "area", "confirming_agency", "follows"
    ).prefetch_related("roles__agency__unit", "roles__office", "targets", "steps", "program__parties__agency__unit")


def said_of(task: Task) -> dict[Column, str]:
    """The text of each column of a task's plan, as a cell gives it back. No query for tasks from `with_rows`."""
    roles = sorted(task.roles.all(), key=lambda role: role.position)
    said = {
        Column.AREA: task.area.name,
        Column.CONTENT: task.title,
        Column.LEAD: _joined(_lead(role) for role in roles if role.kind == RoleKind.LEAD),
        Column.COORDINATORS: _joined(role.agency.current_name for role in roles if role.kind == RoleKind.COORDINATOR),
        Column.TIME: task.schedule_words,
        Column.DELIVERABLE: task.deliverable,
        Column.TARGET: "\n".join(targets_of(task)),
        Column.FUNDING: task.funding,
        Column.NOTE: task.note,
    }
    return {column: plain(text) for column, text in said.items()}


def targets_of(task: Task) -> list[str]:
    """Each target of a task in the words of official papers."""
    ordered = sorted(task.targets.all(), key=lambda target: target.position)
    return [targets.words(one.name, one.operator, one.value, one.unit, one.words, one.part_of_id) for one in ordered]


def _lead(role: TaskRole) -> str:
    inside = role.office.title if role.office_id else role.body
    return f"{inside} ({role.agency.current_name})" if inside else role.agency.current_name


def _joined(names: Iterable[str]) -> str:
    return "; ".join(names)
