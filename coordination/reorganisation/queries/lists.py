"""Lists: the acts of reorganisation, those still to be applied, and the bodies a step may act on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from agencies.models import AdminUnit, Agency, AgencySuccession, Membership, Reorganisation, UnitReach, UnitSuccession
from agencies.reorganisation.enums import ReorganisationState, Subject
from coordination.handover.models import Handover
from records import clock, text

MOST_SHOWN = 60


@dataclass(frozen=True)
class PossibleBodies:
    """Units or agencies that match some words, and whether there are more than are shown."""

    rows: Sequence[AdminUnit | Agency]
    are_more: bool


def acts_of(actor: Membership) -> QuerySet[Reorganisation]:
    """The acts an administrator keeps: those to be applied first, then the latest. One query."""
    acts = Reorganisation.objects.visible_to(actor).select_related("scope", "prepared_by", "applied_by")
    order = {state: place for place, state in enumerate(("prepared", "applied", "undone"))}
    return sorted(acts, key=lambda act: (order[act.state], -(act.applied_at or act.prepared_at).timestamp()))


def prepared_for(actor: Membership) -> list[Reorganisation]:
    """The acts prepared and not applied that reach the actor's unit or one below it. One query when there are none."""
    above = UnitReach.objects.filter(below_id=actor.unit_id).values("above_id")
    below = UnitReach.objects.filter(above_id=actor.unit_id).values("below_id")
    acts = Reorganisation.objects.filter(Q(scope__in=above) | Q(scope__in=below), state=ReorganisationState.PREPARED)
    acts = list(acts.prefetch_related("steps").order_by("effective_on", "pk"))
    if not acts:
        return []
    near = {actor.unit_id, *below.values_list("below_id", flat=True)}
    acted_on = {act: [(step.subject, body) for step in act.steps.all() for body in step.planned.bodies] for act in acts}
    agencies = {body for named in acted_on.values() for subject, body in named if subject == Subject.AGENCY}
    unit_of = dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "unit_id"))
    return [act for act in acts if act.scope_id in near or _units_named(acted_on[act], unit_of) & near]


def _units_named(acted_on: Sequence[tuple[str, int]], unit_of: Mapping[int, int]) -> set[int]:
    """The units an act's steps act on, and those of the agencies they act on."""
    return {body if subject == Subject.UNIT else unit_of.get(body, 0) for subject, body in acted_on}


def possible_bodies(act: Reorganisation, subject: Subject, words: str, chosen: Sequence[int] = ()) -> PossibleBodies:
    """The units or agencies of the scope that still exist on the eve of the act: those chosen, then those matching.

    Words match names and codes without marks. Two queries.
    """
    rows = bodies_of_scope(act, subject)
    found = rows.exclude(pk__in=chosen)
    for word in text.fold(words).split():
        if subject == Subject.UNIT:
            found = found.filter(Q(code__icontains=word) | Q(words__word__startswith=word))
        else:
            found = found.filter(Q(name_folded__contains=word) | Q(unit__words__word__startswith=word))
    found = list(in_order(found.distinct(), subject)[: MOST_SHOWN + 1])
    kept = list(in_order(rows.filter(pk__in=chosen), subject)) if chosen else []
    return PossibleBodies([*kept, *found[:MOST_SHOWN]], len(found) > MOST_SHOWN)


def bodies_of_scope(act: Reorganisation, subject: Subject) -> QuerySet:
    """Everything of the scope that exists on the last day before the act and has not passed on."""
    last_day = (act.effective_on or clock.today()) - timedelta(days=1)
    scope = UnitReach.objects.filter(above=act.scope).values("below_id")
    alive = Q(valid_to=None) | Q(valid_to__gte=last_day)
    if subject == Subject.UNIT:
        gone = UnitSuccession.objects.filter(is_main=True).values("predecessor_id")
        return AdminUnit.objects.filter(alive, pk__in=scope, valid_from__lte=last_day).exclude(pk__in=gone)
    gone = AgencySuccession.objects.filter(is_main=True).values("predecessor_id")
    agencies = Agency.objects.filter(alive, unit__in=scope, valid_from__lte=last_day).exclude(pk__in=gone)
    return agencies.select_related("unit")


def in_order(rows: QuerySet, subject: Subject) -> QuerySet:
    """Units as a dictionary sorts them, agencies by unit and in protocol order."""
    if subject == Subject.UNIT:
        return rows.order_by("level", "name_sorted", "code")
    return rows.order_by("unit__name_sorted", "unit_id", "protocol_order", "name_sorted", "pk")


def handed_over(act: Reorganisation) -> list[Handover]:
    """What passed with an act, programs before tasks. One query."""
    passed = act.handovers.select_related("task", "program", "from_agency", "to_agency")
    return sorted(passed, key=lambda one: (one.program_id is None, str(one.program or one.task), one.part))
