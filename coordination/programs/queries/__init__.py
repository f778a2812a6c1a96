"""Named reads about programs."""

from coordination.programs.queries.agreement import (
    PartyStanding,
    agreement_of,
    agreements_of,
    last_said,
    standing_of,
    text_digest,
    text_digests,
)
from coordination.programs.queries.around import ProgramsAround, around_of
from coordination.programs.queries.history import history_of
from coordination.programs.queries.layout import Layout, layout_of
from coordination.programs.queries.missing import (
    Missing,
    missing_before_comments,
    missing_before_settling,
    missing_before_signing,
    missing_before_superseding,
    missing_in_print,
)
from coordination.programs.queries.outline import OutlineEntry, outline_of
from coordination.programs.queries.outstanding import signatures_outstanding, statements_outstanding
from coordination.programs.queries.overview import Overview, by_section, overview_of, shown_tasks
from coordination.programs.queries.rows import ProgramRow, program_rows, search
from coordination.programs.queries.seen import programs_covering, seen_by
from coordination.programs.queries.signing import live_version, signing_stand, stand_today, whose_turn
from coordination.programs.queries.standing import standing_parties, successors_of
from coordination.programs.queries.turns import ToAgree, to_agree
from coordination.programs.queries.years import working_year, years_of

__all__ = [
    "Layout",
    "Missing",
    "OutlineEntry",
    "Overview",
    "PartyStanding",
    "ProgramRow",
    "ProgramsAround",
    "ToAgree",
    "agreement_of",
    "agreements_of",
    "around_of",
    "by_section",
    "history_of",
    "last_said",
    "layout_of",
    "live_version",
    "missing_before_comments",
    "missing_before_settling",
    "missing_before_signing",
    "missing_before_superseding",
    "missing_in_print",
    "outline_of",
    "overview_of",
    "program_rows",
    "programs_covering",
    "search",
    "seen_by",
    "shown_tasks",
    "signatures_outstanding",
    "signing_stand",
    "stand_today",
    "standing_of",
    "standing_parties",
    "statements_outstanding",
    "successors_of",
    "text_digest",
    "text_digests",
    "to_agree",
    "whose_turn",
    "working_year",
    "years_of",
]
