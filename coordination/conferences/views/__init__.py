"""The pages of conferences."""

from coordination.conferences.views.planning import (
    conference_agenda,
    conference_close,
    conference_create,
    conference_open,
)
from coordination.conferences.views.reading import (
    conference_detail,
    conference_documents,
    conference_history,
    conference_list,
)
from coordination.conferences.views.recording import (
    conference_conclusions,
    conference_item,
    conference_minutes,
    conference_people,
    conference_speech,
    conference_task,
)

__all__ = [
    "conference_agenda",
    "conference_close",
    "conference_conclusions",
    "conference_create",
    "conference_detail",
    "conference_documents",
    "conference_history",
    "conference_item",
    "conference_list",
    "conference_minutes",
    "conference_open",
    "conference_people",
    "conference_speech",
    "conference_task",
]
