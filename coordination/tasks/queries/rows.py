"""Tasks as lists show them: one row, its words and its bar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from coordination.tasks import targets
from coordination.tasks.enums import RoleKind, Standing, TaskState
from coordination.tasks.models import Target, Task, TaskQuerySet, TaskRole
from records.wording import number

_TONES = {Standing.OVERDUE: "bad", Standing.NOT_COMPLETED: "bad"}
_FULL = 100


@dataclass(frozen=True)
class TaskRow:
    """One task as lists show it; its targets are already fetched."""

    task: Task
    standing: Standing
    lead_list: tuple[str, ...]

    @property
    def lead_names(self) -> str:
        return ", ".join(self.lead_list)

    @property
    def coordinator_names(self) -> str:
        """The agencies that do not lead, by their short names."""
        roles = [role for role in self.task.roles.all() if role.kind != RoleKind.LEAD]
        return ", ".join(role.agency.current_short_name for role in roles)

    @property
    def target(self) -> Target | None:
        return next(iter(self.task.targets.all()), None)

    @property
    def quantity(self) -> str:
        return quantity_words(self.target, self.task.last_value)

    @property
    def remaining(self) -> str:
        """How much of the target is left, with its unit."""
        left = self.target.value - (self.task.last_value or 0) if self.quantity else 0
        return targets.quantity(left, self.target.unit) if left > 0 else ""

    @property
    def percent(self) -> int:
        return self.task.last_percent

    @property
    def tone(self) -> str:
        """The colour of the bar: red when late, green when all is done."""
        return tone_of(self.standing, self.percent)

    @property
    def is_done(self) -> bool:
        """Whether only the date itself matters, not how far away it is."""
        return self.task.state not in (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


def tone_of(standing: Standing, percent: int) -> str:
    """The colour of a bar: red when late, green when all is done."""
    return _TONES.get(standing) or ("ok" if percent >= _FULL else "")


def quantity_words(target: Target | None, done: Decimal | None) -> str:
    """The real quantity, 38/45 hộ; nothing where the target is not counted."""
    if target is None or not target.is_counted:
        return ""
    return f"{number(done or 0)}/{targets.quantity(target.value, target.unit)}"


def rows_of(tasks: Iterable[Task], *, today: date) -> list[TaskRow]:
    """Rows of tasks fetched by `whole_rows`."""
    return [row_of(task, today=today) for task in tasks]


def row_of(task: Task, *, today: date) -> TaskRow:
    """The row of one task whose roles and targets are fetched."""
    leads = [role.agency.current_short_name for role in task.roles.all() if role.kind == RoleKind.LEAD]
    return TaskRow(task, task.standing_on(today), tuple(leads))


def whole_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """A task queryset with what a row shows: three queries whatever the number of rows."""
    roles = TaskRole.objects.select_related("agency", "office").order_by("kind", "position")
    return tasks.select_related("program", "area", "section").prefetch_related(Prefetch("roles", roles), "targets")
