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
from agencies.units.queries.places import Place, Places, names_in_year, places_in_year
from agencies.units.queries.units import (
    Life,
    UnitPassing,
    find_units,
    life_of,
    name_of_unit,
    unit_passings,
    units_below,
    units_found,
)

__all__ = [
    "Event",
    "Kin",
    "Life",
    "Lineage",
    "Place",
    "Places",
    "UnitPassing",
    "decision_told",
    "find_units",
    "life_of",
    "lineage_of",
    "name_of_unit",
    "names_in_year",
    "newest_first",
    "passing_events",
    "places_in_year",
    "unit_passings",
    "units_below",
    "units_found",
]
