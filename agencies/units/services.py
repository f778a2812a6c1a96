"""Founding units and giving them a place."""

from datetime import date

from django.db import transaction

from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitSuccession


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
) -> list[UnitSuccession]:
    """Record that units passed to another on a day, by a decision."""
    return [
        UnitSuccession.objects.create(
            predecessor=unit,
            successor=successor,
            kind=kind,
            decision=decision,
            decided_on=decided_on,
            effective_on=effective_on,
        )
        for unit in predecessors
    ]
