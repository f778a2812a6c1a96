"""Figures: counted in the database, judged on a day that is passed in, each with the list behind it."""

from coordination.figures.queries.attention import LateTask, Unsigned, programs_awaiting_signatures, unfinished_tasks
from coordination.figures.queries.below import (
    ProgramCounts,
    counts_below,
    last_reports_below,
    tally_counted,
    tally_seen,
    years_counted_for,
)
from coordination.figures.queries.settled import differences
from coordination.figures.queries.units import by_unit, units_counted
from coordination.figures.queries.year import (
    by_agency,
    by_area,
    by_month_and_agency,
    by_program,
    cumulative_by_month,
    figures_of,
    year_figures,
)
from coordination.figures.queries.years import tallies_by_year
from coordination.figures.scope import Scope, scope_for
from coordination.figures.tally import Number, Tally, YearFigures

__all__ = [
    "LateTask",
    "Number",
    "ProgramCounts",
    "Scope",
    "Tally",
    "Unsigned",
    "YearFigures",
    "by_agency",
    "by_area",
    "by_month_and_agency",
    "by_program",
    "by_unit",
    "counts_below",
    "cumulative_by_month",
    "differences",
    "figures_of",
    "last_reports_below",
    "programs_awaiting_signatures",
    "scope_for",
    "tallies_by_year",
    "tally_counted",
    "tally_seen",
    "unfinished_tasks",
    "units_counted",
    "year_figures",
    "years_counted_for",
]
