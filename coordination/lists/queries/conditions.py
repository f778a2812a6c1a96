"""Filters as the database understands them: one condition for each key of the address."""

from datetime import date

from django.db.models import Q

from agencies.models import Membership
from coordination.lists.filters import TaskFilters
from coordination.programs.queries import programs_covering
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task, TaskQuerySet, TaskRole
from records.finding import holding, typed_words


def seen_in_year(actor: Membership, year: int, *, today: date) -> TaskQuerySet:
    """The tasks of a working year the actor sees, each with its standing and bucket on a day. One query of its own.

    Why the programs are named: whoever sees a task sees its program, so nothing is lost, and the database reads the
    tasks of these programs by an index and not those of all years.
    """
    programs = programs_covering(actor, year)
    return Task.objects.visible_to(actor).of_year(year).filter(program_id__in=programs).judged_on(today)


def found_by(actor: Membership, filters: TaskFilters, *, today: date) -> TaskQuerySet:
    """The tasks an address asks for, as far as the actor sees them; in no order yet."""
    return narrowed(seen_in_year(actor, filters.year, today=today), filters, actor)


def narrowed(seen: TaskQuerySet, filters: TaskFilters, actor: Membership) -> TaskQuerySet:
    """Those of the tasks seen in the year of the filters that these let through."""
    return seen.filter(*conditions_of(filters, actor).values())


def conditions_of(filters: TaskFilters, actor: Membership) -> dict[str, Q]:
    """What each key that is asked for lets through, over tasks judged on a day."""
    conditions = {}
    if filters.statuses:
        conditions["status"] = Q(standing__in=filters.statuses)
    if filters.programs:
        conditions["program"] = Q(program__code__in=[code.upper() for code in filters.programs])
    if filters.areas:
        conditions["area"] = Q(area__code__in=filters.areas)
    if filters.leads:
        conditions["lead"] = _has_role(kind=RoleKind.LEAD, agency__code__in=filters.leads)
    if filters.involves:
        conditions["involves"] = _has_role(agency__code__in=filters.involves)
    if filters.buckets:
        conditions["bucket"] = Q(bucket__in=filters.buckets)
    if filters.mine:
        conditions["mine"] = _has_role(kind=RoleKind.LEAD, agency_id__in=actor.agency_ids())
    if words := typed_words(filters.q):
        conditions["q"] = holding("title_folded", words)
    return conditions | _of_days(filters)


def _has_role(**role) -> Q:
    return Q(pk__in=TaskRole.objects.filter(**role).values("task_id"))


def _of_days(filters: TaskFilters) -> dict[str, Q]:
    asked = Q()
    if filters.due_month:
        first = date(filters.year, filters.due_month, 1)
        after = date(filters.year + filters.due_month // 12, filters.due_month % 12 + 1, 1)
        asked &= Q(deadline__gte=first, deadline__lt=after)
    if filters.due_from:
        asked &= Q(deadline__gte=filters.due_from)
    if filters.due_to:
        asked &= Q(deadline__lte=filters.due_to)
    return {"due": asked} if asked else {}
