"""Named reads of findings: by kind as a round is read, limitations across the years with what became of them."""

from coordination.findings.queries.choices import (
    earlier_limitations,
    evaluated_until,
    programs_after,
    remedies_for,
)
from coordination.findings.queries.grouped import FindingGroup, FindingRow, findings_by_kind
from coordination.findings.queries.history import history_of_finding
from coordination.findings.queries.limitations import (
    LimitationFilters,
    LimitationList,
    LimitationPage,
    found_at,
    limitation_list,
    limitation_page,
)
from coordination.findings.queries.repeats import chain_of, years_of
from coordination.findings.queries.waiting import RoundWaiting, limitations_outstanding, rounds_waiting

__all__ = [
    "FindingGroup",
    "FindingRow",
    "LimitationFilters",
    "LimitationList",
    "LimitationPage",
    "RoundWaiting",
    "chain_of",
    "earlier_limitations",
    "evaluated_until",
    "findings_by_kind",
    "found_at",
    "history_of_finding",
    "limitation_list",
    "limitation_page",
    "limitations_outstanding",
    "programs_after",
    "remedies_for",
    "rounds_waiting",
    "years_of",
]
