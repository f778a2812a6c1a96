"""Named reads about numbers, issue and amendment."""

from coordination.register.queries.amendments import (
    Amendment,
    PapersBeside,
    amended_by,
    next_amendment_number,
    papers_beside,
    under_way,
)
from coordination.register.queries.counters import wrong_counters
from coordination.register.queries.listing import (
    Gap,
    SeriesRow,
    agencies_with_series,
    entries_of,
    gaps_of,
    series_rows,
    years_with_series,
)
from coordination.register.queries.papers import (
    Proposal,
    live_entry_of,
    numbering_day,
    proposal_for,
    series_of,
    usual_recipients,
    usual_symbol,
)

__all__ = [
    "Amendment",
    "Gap",
    "PapersBeside",
    "Proposal",
    "SeriesRow",
    "agencies_with_series",
    "amended_by",
    "entries_of",
    "gaps_of",
    "live_entry_of",
    "next_amendment_number",
    "numbering_day",
    "papers_beside",
    "proposal_for",
    "series_of",
    "series_rows",
    "under_way",
    "usual_recipients",
    "usual_symbol",
    "wrong_counters",
    "years_with_series",
]
