"""What is to be told, to whom, in which words; the page of notices, letters and calendars."""

from coordination.reminders.queries.audience import Audience, audience_on
from coordination.reminders.queries.due import Call, calls_on
from coordination.reminders.queries.feeds import calendar_of, feed_at, feeds_of
from coordination.reminders.queries.page import FrameCounts, NoticePage, frame_counts, notice_page
from coordination.reminders.queries.rhythm import rhythm_of, rules_in_words
from coordination.reminders.queries.sentences import Said, said

__all__ = [
    "Audience",
    "Call",
    "FrameCounts",
    "NoticePage",
    "Said",
    "audience_on",
    "calendar_of",
    "calls_on",
    "feed_at",
    "feeds_of",
    "frame_counts",
    "notice_page",
    "rhythm_of",
    "rules_in_words",
    "said",
]
