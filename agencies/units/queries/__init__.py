"""Named reads about administrative units."""

from agencies.units.queries.lineage import (
    Event,
    Kin,
    Lineage,
    decision_told,
    lineage_of,
    newest_first,
    passing_events,
)
from agencies.units.queries.units import (
    Life,
    UnitPassing,
    find_units,
    life_of,
    unit_passings,
    units_below,
    units_found,
)

__all__ = [
    "Event",
    "Kin",
    "Life",
    "Lineage",
    "UnitPassing",
    "decision_told",
    "find_units",
    "life_of",
    "lineage_of",
    "newest_first",
    "passing_events",
    "unit_passings",
    "units_below",
    "units_found",
]
