"""Named reads about reports of the parties."""

from coordination.partyreports.queries.awaited import (
    ToGather,
    ToSend,
    agencies_to_report,
    calls_unanswered,
    reports_to_gather,
    reports_to_send,
)
from coordination.partyreports.queries.figures import PartyFigures, party_figures
from coordination.partyreports.queries.outstanding import reports_outstanding
from coordination.partyreports.queries.rows import (
    PartyRow,
    SaidPart,
    Standing,
    call_of,
    party_rows,
    said_by_parties,
    said_in_reports,
    standing,
    usual_cut_off,
    years_reported,
)

__all__ = [
    "PartyFigures",
    "PartyRow",
    "SaidPart",
    "Standing",
    "ToGather",
    "ToSend",
    "agencies_to_report",
    "call_of",
    "calls_unanswered",
    "party_figures",
    "party_rows",
    "reports_outstanding",
    "reports_to_gather",
    "reports_to_send",
    "said_by_parties",
    "said_in_reports",
    "standing",
    "usual_cut_off",
    "years_reported",
]
