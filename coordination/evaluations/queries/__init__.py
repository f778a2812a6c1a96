"""Named reads of an evaluation: its results, its missing forms, what each reader of its pages may see."""

from coordination.evaluations.queries.findings import FindingGroup, findings_by_kind
from coordination.evaluations.queries.history import history_of
from coordination.evaluations.queries.matrix import Matrix, matrices
from coordination.evaluations.queries.missing import MissingForm, missing_before_closing
from coordination.evaluations.queries.page import RoundPage, RoundRow, round_page, round_rows
from coordination.evaluations.queries.parties import Parties, parties_of
from coordination.evaluations.queries.results import AgencyResult, round_results

__all__ = [
    "AgencyResult",
    "FindingGroup",
    "Matrix",
    "MissingForm",
    "Parties",
    "RoundPage",
    "RoundRow",
    "findings_by_kind",
    "history_of",
    "matrices",
    "missing_before_closing",
    "parties_of",
    "round_page",
    "round_results",
    "round_rows",
]
