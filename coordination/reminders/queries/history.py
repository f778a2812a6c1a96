"""The words for what is recorded about notices, letters, how people want them, and calendars."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coordination.reminders.enums import FeedKind, Rhythm
from records.audit import history
from records.audit.history import Word


def _between(value: Any) -> str:
    """How often a late task is called to mind: 0 stands for every week."""
    return gettext("every week") if value == 0 else history.quantity(value)


def _never_or_after(value: Any) -> str:
    """From which working day on leaders are told: 0 stands for never."""
    return gettext("they are not told") if value == 0 else history.quantity(value)


NOTICE = {
    "notices": Word(_("Number of notices"), history.quantity),
    "notices_removed": Word(_("Number of old notices removed"), history.quantity),
    "told_on": Word(_("Day"), history.day),
}
SETTINGS = {"rhythm": Word(_("Letters"), history.choice(Rhythm))}
RULES = {
    "days_before": Word(_("Working days before the deadline"), history.text),
    "on_the_day": Word(_("Also on the day of the deadline"), history.yes_or_no),
    "every_days": Word(_("After the deadline, every so many working days"), _between),
    "leaders_after": Word(_("Leaders are told, from this working day after the deadline"), _never_or_after),
}
FEED = {"feed": Word(_("Calendar"), history.choice(FeedKind))}

history.speak("coordination.notice", _("Notice"), NOTICE)
history.speak("coordination.digest", _("Letter with what is new"), NOTICE)
history.speak("coordination.remindersettings", _("How someone is reminded"), SETTINGS)
history.speak("coordination.reminderrules", _("Rules of reminding"), RULES)
history.speak("coordination.calendarfeed", _("Address of a calendar"), FEED)
