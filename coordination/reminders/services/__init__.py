"""Telling people what concerns them and by which rules, writing their letters, and what they do with both."""

from coordination.reminders.services.asking import ask_to_answer, ask_to_sign
from coordination.reminders.services.calendars import address_of_feed, open_feed, revoke_feed
from coordination.reminders.services.clearing import clear_old_notices
from coordination.reminders.services.digests import send_digests
from coordination.reminders.services.noticing import tell_whom_it_concerns
from coordination.reminders.services.reading import choose_rhythm, mark_as_read
from coordination.reminders.services.round import remind_in_working_hours
from coordination.reminders.services.rules import restore_usual_rules, set_reminder_rules

__all__ = [
    "address_of_feed",
    "ask_to_answer",
    "ask_to_sign",
    "choose_rhythm",
    "clear_old_notices",
    "mark_as_read",
    "open_feed",
    "remind_in_working_hours",
    "restore_usual_rules",
    "revoke_feed",
    "send_digests",
    "set_reminder_rules",
    "tell_whom_it_concerns",
]
