"""Pages of notices, reminders and calendars."""

from coordination.reminders.views.asking import ask_to_answer, ask_to_sign
from coordination.reminders.views.notices import notice_list, notices_read
from coordination.reminders.views.rules import reminder_rules, reminder_rules_usual
from coordination.reminders.views.settings import calendar_feed, feed_open, feed_revoke, reminder_settings

__all__ = [
    "ask_to_answer",
    "ask_to_sign",
    "calendar_feed",
    "feed_open",
    "feed_revoke",
    "notice_list",
    "notices_read",
    "reminder_rules",
    "reminder_rules_usual",
    "reminder_settings",
]
