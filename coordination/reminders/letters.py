"""The letter with what is new, in plain text and in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from coordination.reminders.enums import Rhythm
from coordination.reminders.queries.digest import Contents
from coordination.reminders.queries.sentences import Said
from records.wording import day as day_in_words

MOST_IN_A_GROUP = 30


@dataclass(frozen=True)
class Letter:
    """Subject and text."""

    subject: str
    body: str


def letter_of(account: User, contents: Contents, rhythm: Rhythm, day: date) -> Letter:
    """The letter that tells someone what is new, most pressing first.

    Rule: R-REMIND-3. Titles stand in it as they were typed: nothing in them is read as an instruction.
    """
    with translation.override(account.language):
        groups = (
            (_("OVERDUE"), contents.overdue),
            (_("FALLING DUE"), contents.due),
            (_("WAITING FOR YOU"), contents.awaited),
            (_("NEW"), contents.news),
        )
        parts = [_group(heading, rows) for heading, rows in groups if rows]
        body = "\n\n".join([_greeting(day), *parts, _farewell(rhythm)])
        return Letter(_subject(contents, day), body)


def _subject(contents: Contents, day: date) -> str:
    counted = (
        (contents.overdue, lambda n: ngettext("%(n)s overdue", "%(n)s overdue", n)),
        (contents.due, lambda n: ngettext("%(n)s falling due", "%(n)s falling due", n)),
        (contents.awaited, lambda n: ngettext("%(n)s waiting for you", "%(n)s waiting for you", n)),
        (contents.news, lambda n: ngettext("%(n)s new", "%(n)s new", n)),
    )
    told = ", ".join(words(len(rows)) % {"n": len(rows)} for rows, words in counted if rows)
    return _("Your work on %(day)s: %(told)s") % {"day": day_in_words(day), "told": told}


def _greeting(day: date) -> str:
    return _("This is what is new for you on the Coordination Portal on %(day)s.") % {"day": day_in_words(day)}


def _group(heading: str, rows: Sequence[Said]) -> str:
    lines = [heading]
    for row in rows[:MOST_IN_A_GROUP]:
        lines.append(f"- {row.sentence}\n  {row.title}\n  {settings.PORTAL_ADDRESS}{row.url}")
    if (more := len(rows) - MOST_IN_A_GROUP) > 0:
        words = ngettext("and %(n)s more on the page “My work”", "and %(n)s more on the page “My work”", more)
        lines.append(f"- {words % {'n': more}}\n  {settings.PORTAL_ADDRESS}{reverse('coordination:my-work')}")
    return "\n".join(lines)


def _farewell(rhythm: Rhythm) -> str:
    how_often = {
        Rhythm.DAILY: _("You get such a letter at most once a day, and none when nothing is new."),
        Rhythm.WEEKLY: _("You get such a letter at most once a week, and none when nothing is new."),
    }
    where = settings.PORTAL_ADDRESS + reverse("coordination:reminder-settings")
    return f"{how_often[rhythm]}\n" + _("To change this: %(address)s") % {"address": where}
