"""Named reads of conferences: the list, the frame of a conference's pages, and each page."""

from coordination.conferences.queries.conclusions import ConclusionRow, conclusion_rows
from coordination.conferences.queries.frame import ConferenceFrame, conference_frame
from coordination.conferences.queries.history import history_of
from coordination.conferences.queries.lists import ConferenceLists, conference_lists
from coordination.conferences.queries.papers import Announced, conclusions_told_to, invitations_to
from coordination.conferences.queries.signing import ProgramStand, programs_of, stands_to_sign

__all__ = [
    "Announced",
    "ConclusionRow",
    "ConferenceFrame",
    "ConferenceLists",
    "ProgramStand",
    "conclusion_rows",
    "conclusions_told_to",
    "conference_frame",
    "conference_lists",
    "history_of",
    "invitations_to",
    "programs_of",
    "stands_to_sign",
]
