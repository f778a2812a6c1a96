"""Named reads of conferences: the list, the frame of a conference's pages, and each page."""

from coordination.conferences.queries.asked import (
    Awaited,
    Unanswered,
    agencies_awaited,
    answers_awaited,
    answers_owed,
    seats_held,
    unanswered,
)
from coordination.conferences.queries.commendations import commended_at
from coordination.conferences.queries.conclusions import (
    ConclusionRow,
    ConferenceWaiting,
    conclusion_rows,
    conferences_waiting,
    with_conclusions_outstanding,
)
from coordination.conferences.queries.frame import ConferenceFrame, conference_frame
from coordination.conferences.queries.heard import heard_rows, items_to_record
from coordination.conferences.queries.history import history_of
from coordination.conferences.queries.lists import ConferenceLists, conference_lists
from coordination.conferences.queries.papers import (
    Announced,
    conclusions_told_to,
    invitations_to,
    papers_told,
    told_by_paper,
)
from coordination.conferences.queries.signing import ProgramStand, programs_of, stands_to_sign

__all__ = [
    "Announced",
    "Awaited",
    "ConclusionRow",
    "ConferenceFrame",
    "ConferenceLists",
    "ConferenceWaiting",
    "ProgramStand",
    "Unanswered",
    "agencies_awaited",
    "answers_awaited",
    "answers_owed",
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
    "papers_told",
    "programs_of",
    "seats_held",
    "stands_to_sign",
    "told_by_paper",
    "unanswered",
    "with_conclusions_outstanding",
]
