"""Founding units, naming them and giving them a place; ending them."""

from datetime import date, timedelta

from django.db import transaction

from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitSuccession
from records.audit.enums import AuditAction
from records.audit.services import Actor, record


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
    """Record a unit with its first name and, where it has one, the unit it belongs to from its first day."""
    unit = AdminUnit.objects.create(
        code=code, level=level, valid_from=valid_from, valid_to=valid_to, is_illustrative=is_illustrative
    )
    UnitName.objects.create(
        unit=unit, kind=kind, name=name, bare_name=bare_name, valid_from=valid_from, valid_to=valid_to,
        legal_basis=legal_basis,
    )  # fmt: skip
    if parent is not None:
        UnitParent.objects.create(unit=unit, parent=parent, valid_from=valid_from, valid_to=valid_to)
    record(AuditAction.CREATED, actor=actor, about=unit, after={"name": name, "kind": str(kind), "since": valid_from})
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
    """From a day on a unit has another name or kind; the name before it ends the day before."""
    before = _ended(unit.names, since)
    named = UnitName.objects.create(
        unit=unit, kind=kind, name=name, bare_name=bare_name, valid_from=since, legal_basis=legal_basis
    )
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=unit,
        before={"name": before.name if before else ""},
        after={"name": name, "since": since, "legal_basis": legal_basis},
    )
    return named


@transaction.atomic
def place_unit(unit: AdminUnit, parent: AdminUnit, *, since: date, actor: Actor | None = None) -> UnitParent:
    """From a day on a unit belongs to another; the place before it ends the day before."""
    before = _ended(unit.parents, since)
    placed = UnitParent.objects.create(unit=unit, parent=parent, valid_from=since)
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=unit,
        before={"parent": str(before.parent) if before else ""},
        after={"parent": str(parent), "since": since},
    )
    return placed


@transaction.atomic
def end_unit(unit: AdminUnit, *, last_day: date, actor: Actor | None = None) -> AdminUnit:
    """A unit exists until a day; its open name and place end with it."""
    unit.valid_to = last_day
    unit.save(update_fields=["valid_to"])
    for rows in (unit.names, unit.parents):
        rows.filter(valid_to=None).update(valid_to=last_day)
    record(AuditAction.ENDED, actor=actor, about=unit, after={"last_day": last_day})
    return unit


def _ended(rows, since: date):
    """End the open row of a series the day before another begins."""
    before = rows.filter(valid_to=None).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = since - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    return before


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
    actor: Actor | None = None,
) -> list[UnitSuccession]:
    """Record that units passed to another on a day, by a decision; whole unless `shares` names a percentage by pk."""
    record(
        AuditAction.HANDED_OVER,
        actor=actor,
        about=successor,
        after={"from": [str(unit) for unit in predecessors], "kind": str(kind), "since": effective_on},
    )
    return [
        UnitSuccession.objects.create(
            predecessor=unit,
            successor=successor,
            kind=kind,
            decision=decision,
            decided_on=decided_on,
            effective_on=effective_on,
            share_percent=(shares or {}).get(unit.pk, 100),
        )
        for unit in predecessors
    ]
