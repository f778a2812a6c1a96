"""What happens at a conference: planned, opened, attended, minuted, concluded, closed, and written about."""

from coordination.conferences.services.agenda import add_agenda_item, advance_agenda
from coordination.conferences.services.conclusions import conclude, link_task, name_concluder
from coordination.conferences.services.people import name_chair, name_highest_guest, record_attendance, record_speech
from coordination.conferences.services.planning import (
    add_program,
    close_conference,
    open_conference,
    plan_conference,
)
from coordination.conferences.services.press import add_photo, record_press

__all__ = [
    "add_agenda_item",
    "add_photo",
    "add_program",
    "advance_agenda",
    "close_conference",
    "conclude",
    "link_task",
    "name_chair",
    "name_concluder",
    "name_highest_guest",
    "open_conference",
    "plan_conference",
    "record_attendance",
    "record_press",
    "record_speech",
]
