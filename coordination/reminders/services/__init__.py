"""Telling people what concerns them, writing their letters, and what they do with both."""

from coordination.reminders.services.calendars import address_of_feed, open_feed, revoke_feed
from coordination.reminders.services.digests import send_digests
from coordination.reminders.services.noticing import tell_whom_it_concerns
from coordination.reminders.services.reading import choose_rhythm, mark_as_read

__all__ = [
    "address_of_feed",
    "choose_rhythm",
    "mark_as_read",
    "open_feed",
    "revoke_feed",
    "send_digests",
    "tell_whom_it_concerns",
]
