"""Named reads of an evaluation: its results, its missing forms, what each reader of its pages may see."""

from coordination.evaluations.queries.differences import Difference, differences
from coordination.evaluations.queries.flags import Flag, flags, wrong_sums
from coordination.evaluations.queries.frozen import frozen_results, is_intact, row_of, snapshot_of
from coordination.evaluations.queries.history import history_of
from coordination.evaluations.queries.layers import SheetPage, sheet_page
from coordination.evaluations.queries.matrix import Matrix, matrices
from coordination.evaluations.queries.missing import MissingForm, missing_before_closing
from coordination.evaluations.queries.outcomes import Outcomes, TaskCounts, TaskOutcome, outcomes_of
from coordination.evaluations.queries.page import (
    RoundPage,
    RoundRow,
    programs_seen,
    round_page,
    round_rows,
    siblings_of,
    with_what_pages_need,
)
from coordination.evaluations.queries.parties import Parties, parties_of
from coordination.evaluations.queries.results import allowed_by_cap, computed_results, round_results
from coordination.evaluations.queries.schemes import schemes_of, shown_lines
from coordination.evaluations.queries.shapes import AgencyResult
from coordination.evaluations.queries.sheet import (
    Prefilled,
    cited_codes,
    filled_in,
    fingerprint,
    given_to,
    is_overtaken,
    prefilled,
    sheet_total,
    tasks_as_frozen,
    tasks_named,
)
from coordination.evaluations.queries.shown import Graded, ShownRound, shown_round, with_results_shown

__all__ = [
    "AgencyResult",
    "Difference",
    "Flag",
    "Graded",
    "Matrix",
    "MissingForm",
    "Outcomes",
    "Parties",
    "Prefilled",
    "RoundPage",
    "RoundRow",
    "SheetPage",
    "ShownRound",
    "TaskCounts",
    "TaskOutcome",
    "allowed_by_cap",
    "cited_codes",
    "computed_results",
    "differences",
    "filled_in",
    "fingerprint",
    "flags",
    "frozen_results",
    "given_to",
    "history_of",
    "is_intact",
    "is_overtaken",
    "matrices",
    "missing_before_closing",
    "outcomes_of",
    "parties_of",
    "prefilled",
    "programs_seen",
    "round_page",
    "round_results",
    "round_rows",
    "row_of",
    "schemes_of",
    "sheet_page",
    "sheet_total",
    "shown_lines",
    "shown_round",
    "siblings_of",
    "snapshot_of",
    "tasks_as_frozen",
    "tasks_named",
    "with_results_shown",
    "with_what_pages_need",
    "wrong_sums",
]
