"""What the row of a workbook says of a task: the same words whenever it is written and whenever it is compared."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, Prefetch

from coordination.intake.enums import Column
from coordination.intake.reading.marks import plain
from coordination.tasks import targets
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import ProgressReport, Target, Task, TaskQuerySet, TaskRole
from records.wording import day, number


def with_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks with everything their rows say, in a number of queries that does not follow theirs."""
    last = ProgressReport.objects.filter(entered_at=F("task__last_reported_at")).order_by("-pk")
    return tasks.select_related(
        "program__unit", "program__drafting_agency", "area", "confirming_agency", "follows"
    ).prefetch_related(
        "roles__agency__unit",
        "roles__office",
        "targets",
        "steps",
        "program__parties__agency__unit",
        Prefetch("reports", last, to_attr="last_reports"),
    )


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


def progress_of(task: Task) -> dict[Column, str]:
    """The text of each column of a task's progress: the figures it stands at, the words of its last report."""
    report, is_counted = last_report(task), measures_by(task) is not None and measures_by(task).is_counted
    said = {
        Column.DONE: number(task.last_value) if is_counted and task.last_value is not None else "",
        Column.SHARE: f"{task.last_percent}%",
        Column.RESULT: report.result if report else "",
        Column.OBSTACLES: report.obstacles if report else "",
        Column.CAUSES: report.causes if report else "",
        Column.PROPOSAL: report.proposal if report else "",
        Column.EXPECTED: day(report.expected_on) if report and report.expected_on else "",
    }
    return {column: plain(text) for column, text in said.items()}


def last_report(task: Task) -> ProgressReport | None:
    """The last report on a task from `with_rows`."""
    return next(iter(task.last_reports), None)


def measures_by(task: Task) -> Target | None:
    """The target progress is measured by: the first one."""
    return min(task.targets.all(), key=lambda target: target.position, default=None)


def is_total(task: Task) -> bool:
    """Whether the quantity of a task is what parts of it make, so that nobody types it."""
    first = measures_by(task)
    return first is not None and any(target.part_of_id == first.pk for target in task.targets.all())


def reached(task: Task) -> Decimal | None:
    """The quantity a report repeats where its row says nothing else."""
    first = measures_by(task)
    return task.last_value if first is not None and first.is_counted and not is_total(task) else None


def targets_of(task: Task) -> list[str]:
    """Each target of a task in the words of official papers."""
    ordered = sorted(task.targets.all(), key=lambda target: target.position)
    return [targets.words(one.name, one.operator, one.value, one.unit, one.words, one.part_of_id) for one in ordered]


def _lead(role: TaskRole) -> str:
    inside = role.office.title if role.office_id else role.body
    return f"{inside} ({role.agency.current_name})" if inside else role.agency.current_name


def _joined(names: Iterable[str]) -> str:
    return "; ".join(names)
