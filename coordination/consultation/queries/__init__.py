"""Named reads about consultations."""

from coordination.consultation.queries import words
from coordination.consultation.queries.changes import SentText, sent_text
from coordination.consultation.queries.outstanding import answers_outstanding
from coordination.consultation.queries.page import RoundPage, can_be_sent, parties_spoken_for, round_page, rounds_of
from coordination.consultation.queries.places import Place, place_called, places_of
from coordination.consultation.queries.standings import AskedParty, Standings, standings_of
from coordination.consultation.queries.todo import ToAnswer, ToComment, to_answer, to_comment

__all__ = [
    "AskedParty",
    "Place",
    "RoundPage",
    "SentText",
    "Standings",
    "ToAnswer",
    "ToComment",
    "answers_outstanding",
    "can_be_sent",
    "parties_spoken_for",
    "place_called",
    "places_of",
    "round_page",
    "rounds_of",
    "sent_text",
    "standings_of",
    "to_answer",
    "to_comment",
    "words",
]
