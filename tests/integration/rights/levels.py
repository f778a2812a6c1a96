"""The figures of a unit and of those below it, told to the level they belong to."""

from collections.abc import Callable
from dataclasses import dataclass

from agencies.models import AdminUnit, Membership
from coordination.figures import permissions as figures
from reports.levels import permissions
from tests.integration.rights.cast import Cast

OWN, BELOW, ABOVE = "the unit itself", "a unit below it", "the unit above it"
STATES = EVERY_STATE = (OWN, BELOW, ABOVE)


@dataclass(frozen=True)
class Stage:
    """The unit of the parties, the one below it and the one above."""

    cast: Cast
    units: dict[str, AdminUnit]


def set_stage(cast: Cast) -> Stage:
    agencies = cast.agencies
    return Stage(cast, {OWN: cast.unit, BELOW: agencies["below"].unit, ABOVE: agencies["above"].unit})


def viewed(stage: Stage):
    """Figures are counts: no model of their own is looked at."""
    return []


def reached(stage: Stage) -> set[str]:
    """The units asked about."""
    return set(stage.units)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate about the figures of this unit."""
    unit = stage.units[state]
    return {
        "can_count_below": figures.can_count_below,
        "can_view_levels": permissions.can_view_levels,
        "can_view_level": lambda actor: permissions.can_view_level(actor, unit),
    }
