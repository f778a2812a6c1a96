"""Components that tell how something stands: status, due date, progress, a bar of parties.

Why the markup of three of them stands here: a list draws them on every row, and a template costs more than the row.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.templatetags.components.icons import icon
from records import wording
from records.markup import filled

register = template.Library()

SOON_DAYS = 3
NOTED_DAYS = 30
_STATUS = '<span class="pf-tag pf-tag--{}">{}{}{}</span>'
_DUE = '<div class="pf-due{}"><span class="pf-num">{}</span>{}</div>'
_BAR = '<progress class="pf-progress{}" max="100" value="{}" aria-label="{} {}%"></progress><b class="pf-num">{}%</b>'
_SMALL, _SMALL_NUMBER = "<small>{}</small>", '<small class="pf-num">{}</small>'


@register.simple_tag
def status_tag(status, *, note: str = "") -> SafeString:
    """A status with its icon and words; anything with `label`, `tone` and `icon` will do."""
    return status_with(icon(status.icon), status, note=note)


def status_with(drawn: SafeString, status, *, note: str = "") -> SafeString:
    """A status whose icon is drawn already."""
    return filled(_STATUS, status.tone, drawn, status.label, f" {note}" if note else "")


@register.simple_tag
def due(day: date | None, today: date, done: bool = False) -> SafeString:
    """A due date with, below it, how far away it is; once done only the date matters."""
    days_left = None if day is None or done else (day - today).days
    note, tone = relative_note(days_left), _tone(days_left)
    small = filled(_SMALL, note) if note else ""
    return filled(_DUE, f" pf-due--{tone}" if tone else "", wording.day(day), small)


def relative_note(days_left: int | None) -> str:
    """Overdue by days, today, tomorrow, days left; nothing for days far away."""
    if days_left is None or days_left > NOTED_DAYS:
        return ""
    if days_left < 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", -days_left) % {"days": -days_left}
    if days_left == 0:
        return _("Today")
    if days_left == 1:
        return _("Tomorrow")
    return ngettext("%(days)s day left", "%(days)s days left", days_left) % {"days": days_left}


def _tone(days_left: int | None) -> str:
    if days_left is None or days_left > SOON_DAYS:
        return ""
    return "bad" if days_left < 0 else "soon"


@register.simple_tag
def progress(*, value, maximum, label: str = "", tone: str = "", note: str = "") -> SafeString:
    """A bar with its percentage and, below it, the real quantity; without a maximum only the quantity is known."""
    percent, css = percent_done(value, maximum), f" pf-progress--{tone}" if tone else ""
    bar = "" if percent is None else filled(_BAR, css, percent, label or _("Progress"), percent, percent)
    return filled('<div class="pf-prog">{}{}</div>', bar, filled(_SMALL_NUMBER, note) if note else "")


def percent_done(value, maximum) -> int | None:
    """Whole percent of a target between 0 and 100; 100 is shown only when the target is reached.

    Units: percent.
    """
    if not maximum or value is None:
        return None
    share = Decimal(value) * 100 / Decimal(maximum)
    return 100 if share >= 100 else max(0, min(99, round(share)))


@register.inclusion_tag("components/segments.html")
def segments(parties: Iterable) -> dict:
    """One segment per party in order: "ok" signed, "you" the reader's turn, anything else awaited.

    Why: it repeats for the eye what the text beside it says, so it is hidden from screen readers.
    """
    tones = [getattr(party, "tone", party) for party in parties]
    return {"classes": [tone if tone in ("ok", "you") else "" for tone in tones]}
