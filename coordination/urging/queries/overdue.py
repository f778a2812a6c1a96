"""Which agencies have overdue tasks in the programs the actor keeps, and by when a letter about them is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from agencies.models import Agency, Membership
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES
from coordination.tasks.enums import RoleKind, Standing
from coordination.tasks.models import Task, TaskRole
from records.workdays.queries import workdays

ANSWER_DAYS = 5
MOST_TASKS = 200


@dataclass(frozen=True)
class Overdue:
    """A lead agency with its overdue tasks in the programs the actor keeps, the longest late first."""

    agency: Agency
    tasks: tuple[Task, ...]


def overdue_tasks(actor: Membership, day: date) -> QuerySet[Task]:
    """The overdue tasks of running programs that the actor's agencies keep, judged on a day. Rule: R-URGE-1."""
    kept = Task.objects.visible_to(actor).filter(
        program__drafting_agency_id__in=actor.agency_ids(), program__state__in=set(SETTLED_STATES) - set(ENDED_STATES)
    )
    leads = Prefetch("roles", TaskRole.objects.filter(kind=RoleKind.LEAD).select_related("agency").order_by("position"))
    overdue = kept.judged_on(day).filter(standing=Standing.OVERDUE)
    return overdue.select_related("program").prefetch_related(leads, "program__parties").order_by("deadline", "code")


def overdue_by_lead(actor: Membership, day: date) -> list[Overdue]:
    """Who could be urged: each other agency that leads overdue tasks, in order of precedence. Two queries."""
    by_agency: dict[Agency, list[Task]] = {}
    for task in overdue_tasks(actor, day):
        for role in task.roles.all():
            if not actor.acts_for(role.agency_id):
                of_agency = by_agency.setdefault(role.agency, [])
                of_agency += [] if task in of_agency else [task]
    ranked = sorted(by_agency, key=lambda agency: (agency.protocol_order, agency.name_sorted, agency.pk))
    return [Overdue(agency, tuple(by_agency[agency])) for agency in ranked]


def tasks_of_lead(overdue: Iterable[Overdue], agency: Agency) -> tuple[Task, ...]:
    """The overdue tasks of one agency."""
    return next((one.tasks for one in overdue if one.agency == agency), ())


def usual_answer_day(today: date) -> date:
    """The fifth working day from now."""
    return workdays().after(today, ANSWER_DAYS)
