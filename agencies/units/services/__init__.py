"""What happens to administrative units: building blocks that other rooms join together, and the acts of keepers."""

from agencies.units.services.founding import (
    call_unit,
    end_unit,
    found_unit,
    place_unit,
    record_succession,
)
from agencies.units.services.index import bring_unit_names_up_to_date, index_units, rebuild_reach
from agencies.units.services.keeping import add_unit, correct_unit_name, enter_unit

__all__ = [
    "add_unit",
    "bring_unit_names_up_to_date",
    "call_unit",
    "correct_unit_name",
    "end_unit",
    "enter_unit",
    "found_unit",
    "index_units",
    "place_unit",
    "rebuild_reach",
    "record_succession",
]
