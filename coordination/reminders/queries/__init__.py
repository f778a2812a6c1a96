"""What is to be told, to whom, in which words; the page of notices, letters and calendars."""

from coordination.reminders.queries.due import Call, calls_on
from coordination.reminders.queries.feeds import feed_at, feeds_of
from coordination.reminders.queries.old import old_notices
from coordination.reminders.queries.page import FrameCounts, NoticePage, frame_counts, notice_page
from coordination.reminders.queries.rhythm import rhythm_of
from coordination.reminders.queries.rules import Held, RulesPage, rules_by_unit, rules_held, rules_in_words, rules_page
from coordination.reminders.queries.sentences import Said, said

__all__ = [
    "Call",
    "FrameCounts",
    "Held",
    "NoticePage",
    "RulesPage",
    "Said",
    "calls_on",
    "feed_at",
    "feeds_of",
    "frame_counts",
    "notice_page",
    "old_notices",
    "rhythm_of",
    "rules_by_unit",
    "rules_held",
    "rules_in_words",
    "rules_page",
    "said",
]
