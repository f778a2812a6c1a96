"""Named reads about programs."""

from coordination.programs.queries.history import history_of
from coordination.programs.queries.missing import (
    Missing,
    missing_before_comments,
    missing_before_settling,
    missing_before_signing,
    missing_in_print,
)
from coordination.programs.queries.outline import OutlineEntry, outline_of
from coordination.programs.queries.overview import Overview, overview_of, tasks_by_section
from coordination.programs.queries.rows import ProgramRow, program_rows, search
from coordination.programs.queries.signing import live_version, signing_stand, stand_today
from coordination.programs.queries.standing import standing_parties
from coordination.programs.queries.years import working_year, years_of

__all__ = [
    "Missing",
    "OutlineEntry",
    "Overview",
    "ProgramRow",
    "history_of",
    "live_version",
    "missing_before_comments",
    "missing_before_settling",
    "missing_before_signing",
    "missing_in_print",
    "outline_of",
    "overview_of",
    "program_rows",
    "search",
    "signing_stand",
    "stand_today",
    "standing_parties",
    "tasks_by_section",
    "working_year",
    "years_of",
]
