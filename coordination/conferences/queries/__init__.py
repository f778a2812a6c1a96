"""Named reads of conferences: the list, the frame of a conference's pages, and each page."""

from coordination.conferences.queries.commendations import commended_at
from coordination.conferences.queries.conclusions import (
    ConclusionRow,
    ConferenceWaiting,
    conclusion_rows,
    conferences_waiting,
)
from coordination.conferences.queries.frame import ConferenceFrame, conference_frame
from coordination.conferences.queries.heard import heard_rows, items_to_record
from coordination.conferences.queries.history import history_of
from coordination.conferences.queries.lists import ConferenceLists, conference_lists
from coordination.conferences.queries.papers import Announced, conclusions_told_to, invitations_to
from coordination.conferences.queries.signing import ProgramStand, programs_of, stands_to_sign

__all__ = [
    "Announced",
    "ConclusionRow",
    "ConferenceFrame",
    "ConferenceLists",
    "ConferenceWaiting",
    "ProgramStand",
    "commended_at",
    "conclusion_rows",
    "conclusions_told_to",
    "conference_frame",
    "conference_lists",
    "conferences_waiting",
    "heard_rows",
    "history_of",
    "invitations_to",
    "items_to_record",
    "programs_of",
    "stands_to_sign",
]
