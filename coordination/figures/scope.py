"""Whose figures: what the actor may see, narrowed to programs, an agency or an area."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from agencies.access.enums import Role
from agencies.access.scopes import Sight
from agencies.models import Membership
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.models import Task
from coordination.tasks.queries import past
from records import wording


@dataclass(frozen=True)
class Scope:
    """The tasks figures are about.

    Rule: R-FIG-4. Everything the actor sees; an agency narrows to the tasks it leads or coordinates. With `own_only`
    just the tasks the actor's own agencies lead or coordinate, as an official's dashboard shows them. With `roles_on`
    tasks count for the agencies that had them on that day, as a paper of the day must say, whatever passed on since.
    With `entered_since` a day that is over counts tasks entered after it too, for papers that compare with such a year.
    """

    actor: Membership | Sight
    program_ids: tuple[int, ...] | None = None
    agency_id: int | None = None
    area_id: int | None = None
    own_only: bool = False
    roles_on: date | None = None
    entered_since: bool = False

    @property
    def is_narrowed(self) -> bool:
        return self.program_ids is not None or self.agency_id is not None or self.area_id is not None

    def for_anybody(self) -> "Scope":
        """The same for whoever has the actor's role: all that the words of a statement depend on."""
        return replace(self, actor=Sight((), role=self.actor.role))

    def seen_by(self, agencies: tuple[int, ...], units: tuple[int, ...]) -> "Scope":
        """The same for a member of that role who acts for these agencies of these units."""
        return replace(self, actor=Sight(agencies, units, self.actor.role))

    def roles_on_day(self, as_of: date) -> date | None:
        """The day whose holders of a part tasks count for; None for those who hold it now. Rule: R-FIG-14."""
        return self.roles_on or (as_of if past.is_past(as_of) else None)


def scope_for(actor: Membership, **narrowing) -> Scope:
    """The scope of an actor's own dashboard: officials see the tasks of their agency, the others all they may see."""
    return Scope(actor, own_only=actor.role == Role.OFFICIAL, **narrowing)


def tasks_of(scope: Scope, year: int, *, as_of: date, programs: ProgramsSeen | None = None) -> QuerySet[Task]:
    """The actor's tasks of a year, judged on a day, before any narrowing; `programs` are those of the year it sees,
    or some of them, where they are known.

    Rule: R-FIG-5. A task is counted in every year that its program covers and its own days, where it has any, touch.
    """
    facts = past.facts_on(as_of)
    in_year = judging.in_year(facts, year) if programs is None else judging.days_touch(facts, year)
    return _own(scope, _judged(scope, as_of, programs).filter(in_year), as_of)


def narrowed(scope: Scope, tasks: QuerySet[Task], *, as_of: date) -> QuerySet[Task]:
    """The tasks that also meet the scope's program, agency and area."""
    return tasks.filter(within(scope, as_of=as_of))


def within(scope: Scope, *, as_of: date) -> Q:
    """Whether a task meets the scope's program, agency and area."""
    met = Q()
    if scope.program_ids is not None:
        met &= Q(program_id__in=scope.program_ids)
    if scope.area_id is not None:
        met &= Q(area_id=scope.area_id)
    if scope.agency_id is not None:
        met &= _involving((scope.agency_id,), scope.roles_on_day(as_of))
    return met


def past_keys(as_of: date) -> tuple[tuple[str, str], ...]:
    """The task-list filter by which a list shows the tasks of a day that is over. Rule: R-FIG-14."""
    return (("day", wording.day(as_of)),) if past.is_past(as_of) else ()


def all_years(scope: Scope, *, as_of: date) -> QuerySet[Task]:
    """The scope's tasks of every year, judged on a day."""
    return narrowed(scope, _own(scope, _judged(scope, as_of), as_of), as_of=as_of)


def _judged(scope: Scope, as_of: date, programs: ProgramsSeen | None = None) -> QuerySet[Task]:
    return past.judged(scope.actor, as_of, entered_since=scope.entered_since, among=programs)


def _own(scope: Scope, tasks: QuerySet[Task], as_of: date) -> QuerySet[Task]:
    if not scope.own_only:
        return tasks
    return tasks.filter(_involving(scope.actor.agency_ids(), scope.roles_on_day(as_of)))


def _involving(agency_ids: Collection[int], day: date | None) -> Q:
    """Tasks one of the agencies leads or coordinates, or did on a day."""
    return Q(pk__in=past.roles_on(day).filter(agency_then__in=agency_ids).values("task_id"))
