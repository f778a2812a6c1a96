"""What happens to agencies: building blocks that other rooms join together, and what is derived from them."""

from agencies.directory.services.founding import (
    Naming,
    call_agency,
    end_agency,
    found_agency,
    let_serve,
    naming_from,
    told_of,
)
from agencies.directory.services.index import bring_agency_names_up_to_date, index_agencies, repeat_present_naming

__all__ = [
    "Naming",
    "bring_agency_names_up_to_date",
    "call_agency",
    "end_agency",
    "found_agency",
    "index_agencies",
    "let_serve",
    "naming_from",
    "repeat_present_naming",
    "told_of",
]
