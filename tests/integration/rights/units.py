"""An administrative unit in the record, and every act on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.models import AdminUnit, Membership, UnitName
from agencies.units import permissions
from agencies.units import services as units
from agencies.units.enums import UnitKind
from tests.factories.people import BEGINNING
from tests.integration.rights.cast import Cast

OWN, BELOW = "the unit itself", "a unit below it"
STATES = EVERY_STATE = (OWN, BELOW)


@dataclass(frozen=True)
class Stage:
    """The unit of the parties and the one below it."""

    cast: Cast
    units: dict[str, AdminUnit]


def set_stage(cast: Cast) -> Stage:
    return Stage(cast, {OWN: cast.unit, BELOW: cast.agencies["below"].unit})


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(AdminUnit, permissions.can_view_unit)]


def reached(stage: Stage) -> set[str]:
    """The units asked about."""
    return set(stage.units)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a unit, asked of this one."""
    unit = stage.units[state]
    name: UnitName = unit.names.get()
    kind = UnitKind.COMMUNE if state == OWN else UnitKind.WARD
    return {
        "can_view_unit": lambda actor: permissions.can_view_unit(actor, unit),
        "can_open_units": permissions.can_open_units,
        "can_add_unit": lambda actor: permissions.can_add_unit(actor, unit),
        "can_add_unit:top": lambda actor: permissions.can_add_unit(actor, None),
        "can_correct_unit": lambda actor: permissions.can_correct_unit(actor, unit),
        "add_unit": lambda actor: units.add_unit(
            actor=actor, code="XM01", kind=kind, bare_name="Mới", valid_from=date(2020, 1, 1), parent=unit
        ),
        "add_unit:top": lambda actor: units.add_unit(
            actor=actor, code="TM01", kind=UnitKind.PROVINCE, bare_name="Mới", valid_from=BEGINNING
        ),
        "correct_unit_name": lambda actor: units.correct_unit_name(
            name,
            actor=actor,
            revision=unit.revision,
            kind=name.kind,
            bare_name="Thử Nghiệm Mới",
            legal_basis="",
            reason="Gõ nhầm",
        ),
    }
