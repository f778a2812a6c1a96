"""The letter the sheet of the week goes with, in plain text and in the reader's language."""

import html
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from records import wording
from reports.dashboard.page import lead_sentences
from reports.weekly.sheet import Week


@dataclass(frozen=True)
class Letter:
    """Subject and text."""

    subject: str
    body: str


def letter_of(week: Week) -> Letter:
    """The answer in the letter itself, the sheet enclosed, and where it is switched off. Rule: R-WEEK-7."""
    dashboard, account = week.dashboard, week.actor.user
    with translation.override(account.language):
        words = {
            "day": wording.day(dashboard.as_of),
            "year": dashboard.year,
            "agency": week.actor.agency.current_short_name,
        }
        said = (
            ""
            if dashboard.is_empty
            else " ".join(html.unescape(strip_tags(sentence)) for sentence in lead_sentences(dashboard, week.actor))
        )
        parts = [
            _("The figures of the week, as of %(day)s, are enclosed on one page.") % words,
            said,
            _("The dashboard on the portal: %(address)s") % {"address": _address("reports:dashboard")},
            _("You asked for this sheet as %(agency)s. To switch it off: %(address)s")
            % {**words, "address": _address("reports:weekly-settings")},
        ]
        subject = _("Figures of the week, coordination in %(year)s, as of %(day)s") % words
        return Letter(subject, "\n\n".join(part for part in parts if part))


def _address(name: str) -> str:
    return settings.PORTAL_ADDRESS + reverse(name)
