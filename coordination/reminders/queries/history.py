"""The words for what is recorded about notices, letters, how people want them, and calendars."""

from django.utils.translation import gettext_lazy as _

from coordination.reminders.enums import FeedKind, Rhythm
from records.audit import history
from records.audit.history import Word

NOTICE = {
    "notices": Word(_("Number of notices"), history.quantity),
    "told_on": Word(_("Day"), history.day),
}
SETTINGS = {"rhythm": Word(_("Letters"), history.choice(Rhythm))}
FEED = {"feed": Word(_("Calendar"), history.choice(FeedKind))}

history.speak("coordination.notice", _("Notice"), NOTICE)
history.speak("coordination.digest", _("Letter with what is new"), NOTICE)
history.speak("coordination.remindersettings", _("How someone is reminded"), SETTINGS)
history.speak("coordination.calendarfeed", _("Address of a calendar"), FEED)
