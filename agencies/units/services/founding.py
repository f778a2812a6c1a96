"""Founding units, naming them and giving them a place; ending them; recording what they became.

No permission is asked here: whoever joins these acts to one of their own asks first.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitSuccession
from agencies.units.services.checks import (
    must_be_in_order,
    must_be_of_level,
    must_be_the_only_country,
    must_follow,
    must_lie_below,
    must_not_outlive,
)
from agencies.units.services.index import index_units, join_reach, reach_oneself, repeat_present_name
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import Actor, record
from records.errors import RuleBroken


@transaction.atomic
def found_unit(
    *,
    code: str,
    level: UnitLevel,
    kind: UnitKind,
    name: str,
    bare_name: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: AdminUnit | None = None,
    legal_basis: str = "",
    is_illustrative: bool = False,
    actor: Actor | None = None,
) -> AdminUnit:
    """Record a unit with its first name and, where it has one, the unit it belongs to from its first day.

    Raises: RuleBroken for a kind of another level, a second country, days out of order, or a parent that is lower or
    not there all along.
    """
    must_be_of_level(kind, level)
    must_be_the_only_country(level)
    must_be_in_order(valid_from, valid_to)
    unit = AdminUnit(code=code, level=level, valid_from=valid_from, valid_to=valid_to, is_illustrative=is_illustrative)
    if parent is not None:
        must_lie_below(unit, parent, valid_from, valid_to)
    unit.current_name, unit.current_bare_name = name, bare_name
    unit.save(force_insert=True)
    UnitName.objects.create(
        unit=unit, kind=kind, name=name, bare_name=bare_name, valid_from=valid_from, valid_to=valid_to,
        legal_basis=legal_basis,
    )  # fmt: skip
    if parent is not None:
        UnitParent.objects.create(
            unit=unit, parent=parent, valid_from=valid_from, valid_to=valid_to, legal_basis=legal_basis
        )
    told = {"name": name, "kind": str(kind), "since": valid_from, "until": valid_to, "parent": str(parent or "")}
    record(AuditAction.CREATED, actor=actor, about=unit, after=told)
    index_units([unit])
    reach_oneself(unit)
    if parent is not None:
        join_reach(parent, unit)
    return unit


@transaction.atomic
def call_unit(
    unit: AdminUnit,
    *,
    kind: UnitKind,
    name: str,
    bare_name: str,
    since: date,
    legal_basis: str = "",
    actor: Actor | None = None,
) -> UnitName:
    """From a day on a unit has another name or kind; the name before it ends the day before.

    Raises: RuleBroken for a kind of another level or a day the unit or its latest name does not allow.
    """
    must_be_of_level(kind, unit.level)
    must_follow(unit, unit.names, since)
    before = _ended(unit.names, since)
    named = UnitName.objects.create(
        unit=unit, kind=kind, name=name, bare_name=bare_name, valid_from=since, valid_to=unit.valid_to,
        legal_basis=legal_basis,
    )  # fmt: skip
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=unit,
        before={"name": before.name if before else ""},
        after={"name": name, "kind": str(kind), "since": since, "legal_basis": legal_basis},
    )
    index_units([unit])
    repeat_present_name(unit, clock.today())
    return named


@transaction.atomic
def place_unit(
    unit: AdminUnit, parent: AdminUnit, *, since: date, legal_basis: str = "", actor: Actor | None = None
) -> UnitParent:
    """From a day on a unit belongs to another; the place before it ends the day before.

    Raises: RuleBroken when the parent is no higher unit or is not there all along, or for a day out of order.
    """
    must_follow(unit, unit.parents, since)
    must_lie_below(unit, parent, since, unit.valid_to)
    before = _ended(unit.parents, since)
    placed = UnitParent.objects.create(
        unit=unit, parent=parent, valid_from=since, valid_to=unit.valid_to, legal_basis=legal_basis
    )
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=unit,
        before={"parent": str(before.parent) if before else ""},
        after={"parent": str(parent), "since": since, "legal_basis": legal_basis},
    )
    join_reach(parent, unit)
    return placed


@transaction.atomic
def end_unit(unit: AdminUnit, *, last_day: date, decision: str = "", actor: Actor | None = None) -> AdminUnit:
    """A unit exists until a day; its name and place end with it, and so does every unit's place below it.

    Raises: RuleBroken for a day before the unit, or one of the facts recorded of it, begins.
    """
    must_not_outlive(unit, last_day)
    before = unit.valid_to
    unit.valid_to, unit.ended_by = last_day, decision
    unit.save(update_fields=["valid_to", "ended_by"])
    for rows in (unit.names, unit.parents, unit.children):
        rows.filter(Q(valid_to=None) | Q(valid_to__gt=last_day)).update(valid_to=last_day)
    record(
        AuditAction.ENDED,
        actor=actor,
        about=unit,
        before={"last_day": before},
        after={"last_day": last_day, "decision": decision},
    )
    return unit


@transaction.atomic
def record_succession(
    predecessors: list[AdminUnit],
    successor: AdminUnit,
    *,
    kind: SuccessionKind,
    effective_on: date,
    decision: str,
    decided_on: date | None = None,
    shares: dict[int, int] | None = None,
    mains: Collection[int] | None = None,
    actor: Actor | None = None,
) -> list[UnitSuccession]:
    """Record that units passed to another on a day, by a decision; whole unless `shares` names a percentage by pk.

    `mains` names by pk those whose work the successor goes on with; without it, those that passed whole.

    Raises: RuleBroken when the successor begins later or has ended, or is its own predecessor.
    """
    if successor.valid_from > effective_on or (successor.valid_to and successor.valid_to < effective_on):
        raise RuleBroken(_("The successor does not exist on that day"), "effective_on")
    if successor in predecessors:
        raise RuleBroken(_("A unit cannot succeed itself"), "successor")
    passed = [
        UnitSuccession.objects.create(
            predecessor=unit,
            successor=successor,
            kind=kind,
            decision=decision,
            decided_on=decided_on,
            effective_on=effective_on,
            share_percent=(shares or {}).get(unit.pk, 100),
            is_main=unit.pk not in (shares or {}) if mains is None else unit.pk in mains,
        )
        for unit in predecessors
    ]
    record(
        AuditAction.HANDED_OVER,
        actor=actor,
        about=successor,
        after={"from": [str(unit) for unit in predecessors], "kind": str(kind), "since": effective_on},
    )
    for unit in predecessors:
        join_reach(successor, unit)
    return passed


def _ended(rows, since: date):
    """End the latest row of a series the day before another begins."""
    before = rows.filter(Q(valid_to=None) | Q(valid_to__gte=since)).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = since - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    return before
