"""Whose figures: what the actor may see, narrowed to programs, an agency or an area."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.tasks.models import Task, TaskRole


@dataclass(frozen=True)
class Scope:
    """The tasks figures are about.

    Rule: R-FIG-4. Everything the actor sees; an agency narrows to the tasks it leads or coordinates. With `own_only`
    just the tasks the actor's own agencies lead or coordinate, as an official's dashboard shows them. With `roles_on`
    tasks count for the agencies that had them on that day, as a paper of the day must say, whatever passed on since.
    """

    actor: Membership
    program_ids: tuple[int, ...] | None = None
    agency_id: int | None = None
    area_id: int | None = None
    own_only: bool = False
    roles_on: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self.program_ids is not None or self.agency_id is not None or self.area_id is not None


def scope_for(actor: Membership, **narrowing) -> Scope:
    """The scope of an actor's own dashboard: officials see the tasks of their agency, the others all they may see."""
    return Scope(actor, own_only=actor.role == Role.OFFICIAL, **narrowing)


def tasks_of(scope: Scope, year: int, *, as_of: date) -> QuerySet[Task]:
    """The actor's tasks of a year, judged on a day, before any narrowing.

    Rule: R-FIG-5. A task is counted in every year that its program covers and its own days, where it has any, touch.
    """
    return _own(scope, Task.objects.visible_to(scope.actor).of_year(year).judged_on(as_of))


def narrowed(scope: Scope, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks that also meet the scope's program, agency and area."""
    if scope.program_ids is not None:
        tasks = tasks.filter(program_id__in=scope.program_ids)
    if scope.area_id is not None:
        tasks = tasks.filter(area_id=scope.area_id)
    if scope.agency_id is not None:
        tasks = tasks.filter(involving(scope.agency_id))
    return tasks


def all_years(scope: Scope, *, as_of: date) -> QuerySet[Task]:
    """The scope's tasks of every year, judged on a day."""
    return narrowed(scope, _own(scope, Task.objects.visible_to(scope.actor).judged_on(as_of)))


def involving(agency_id: int) -> Exists:
    """Whether an agency leads or coordinates the task."""
    return Exists(TaskRole.objects.filter(task_id=OuterRef("pk"), agency_id=agency_id))


def _own(scope: Scope, tasks: QuerySet[Task]) -> QuerySet[Task]:
    if not scope.own_only:
        return tasks
    mine = TaskRole.objects.filter(agency_id__in=scope.actor.agency_ids()).values("task_id")
    return tasks.filter(Q(pk__in=mine))
