"""Conferences: one event that reviews some programs and signs others, what was said there and what was concluded."""

from coordination.conferences.models.agenda import AgendaItem
from coordination.conferences.models.conclusions import Conclusion, ConclusionTask
from coordination.conferences.models.conference import Conference, ConferenceProgram, ConferenceQuerySet
from coordination.conferences.models.papers import AgendaPaper, AgendaPaperQuerySet
from coordination.conferences.models.people import Attendance, Chair, Invitation, InvitationQuerySet
from coordination.conferences.models.records import Commendation, HeardReport, Photo, PressAccount
from coordination.conferences.models.speeches import Speech

__all__ = [
    "AgendaItem",
    "AgendaPaper",
    "AgendaPaperQuerySet",
    "Attendance",
    "Chair",
    "Commendation",
    "Conclusion",
    "ConclusionTask",
    "Conference",
    "ConferenceProgram",
    "ConferenceQuerySet",
    "HeardReport",
    "Invitation",
    "InvitationQuerySet",
    "Photo",
    "PressAccount",
    "Speech",
]
