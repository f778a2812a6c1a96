"""Filters as the database understands them: one condition for each key of the address."""

from calendar import monthrange
from datetime import date

from django.db.models import Q, QuerySet

from agencies.access.scopes import Viewer
from agencies.models import Agency, Membership
from coordination.lists.filters import TaskFilters
from coordination.programs.queries import programs_covering
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import TaskQuerySet
from coordination.tasks.queries import past
from coordination.tasks.queries.reached import with_target
from records.finding import holding, typed_words


def seen_in_year(actor: Membership, year: int, *, on: date) -> TaskQuerySet:
    """The tasks of a working year the actor sees, each with its standing and bucket on a day. One query of its own.

    Rule: R-FIG-14. On a day that is over they are the tasks of that day.

    Why the programs are named, and not asked for by their period: whoever sees a task sees its program, so nothing is
    lost; the database reads the tasks of these programs by an index and not those of all years, and knows how many.
    """
    return seen_among(actor, year, programs_covering(actor, year), on=on)


def seen_among(actor: Viewer, year: int, programs: ProgramsSeen, *, on: date) -> TaskQuerySet:
    """The same where the programs of the year the actor sees are known already."""
    in_year = judging.days_touch_among(past.facts_on(on), year)
    return past.judged(actor, on, among=programs).filter(in_year)


def found_by(actor: Membership, filters: TaskFilters, *, today: date) -> TaskQuerySet:
    """The tasks an address asks for, as far as the actor sees them; in no order yet."""
    return narrowed(seen_in_year(actor, filters.year, on=filters.day or today), filters, actor)


def narrowed(seen: TaskQuerySet, filters: TaskFilters, actor: Viewer) -> TaskQuerySet:
    """Those of the tasks seen in the year of the filters that these let through."""
    return seen.filter(*conditions_of(filters, actor).values())


def conditions_of(filters: TaskFilters, actor: Viewer) -> dict[str, Q]:
    """What each key that is asked for lets through, over tasks judged on a day."""
    conditions = {}
    if filters.statuses:
        conditions["status"] = Q(standing__in=filters.statuses)
    if filters.programs:
        conditions["program"] = Q(program__code__in=[code.upper() for code in filters.programs])
    if filters.areas:
        conditions["area"] = Q(area__code__in=filters.areas)
    if filters.leads:
        conditions["lead"] = _has_role(_coded(filters.leads), filters, kind=RoleKind.LEAD)
    if filters.involves:
        conditions["involves"] = _has_role(_coded(filters.involves), filters)
    if filters.buckets:
        conditions["bucket"] = Q(bucket__in=filters.buckets)
    if filters.targets:
        conditions["target"] = ~Q(bucket="") & with_target(filters.targets, filters.facts)
    if filters.mine:
        conditions["mine"] = _has_role(actor.agency_ids(), filters, kind=RoleKind.LEAD)
    if words := typed_words(filters.q):
        conditions["q"] = holding("title_folded", words)
    return conditions | _of_days(filters)


def _has_role(agencies, filters: TaskFilters, **kind) -> Q:
    return Q(pk__in=past.roles_on(filters.day).filter(agency_then__in=agencies, **kind).values("task_id"))


def _coded(codes: tuple[str, ...]) -> QuerySet:
    return Agency.objects.filter(code__in=codes).values("pk")


def _of_days(filters: TaskFilters) -> dict[str, Q]:
    asked, deadline = Q(), filters.facts.deadline
    if filters.due_month:
        first = date(filters.year, filters.due_month, 1)
        last = date(filters.year, filters.due_month, monthrange(filters.year, filters.due_month)[1])
        asked &= Q(**{f"{deadline}__gte": first, f"{deadline}__lte": last})
    if filters.due_from:
        asked &= Q(**{f"{deadline}__gte": filters.due_from})
    if filters.due_to:
        asked &= Q(**{f"{deadline}__lte": filters.due_to})
    return {"due": asked} if asked else {}
