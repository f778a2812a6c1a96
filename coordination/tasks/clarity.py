"""Whether a plan says what is to be done, what comes of it and by when. Advice only: nothing is refused for it.

Why: tasks without a product are the ones nobody can count when the year is evaluated. Rule: R-CLEAR.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from coordination.tasks.clear_words import DIRECTIONS, LOOSE_TIMES, PRODUCTS, VERBS
from coordination.tasks.enums import TIMED_KINDS, UNDATED_KINDS
from records import text

_WORD = re.compile(r"[\w,]+")
_LONGEST_PHRASE = 4


@dataclass(frozen=True)
class Advice:
    """One thing that could be said more clearly, and the field it is said in."""

    field: str
    words: str


def advice_on(
    *,
    title: str,
    deliverable: str,
    schedule_kind: str,
    due_on: date | None = None,
    target_value: Decimal | None = None,
) -> list[Advice]:
    """What in a plan is vague: no verb, no product, no date. A field still empty is not spoken of."""
    found = [_on_verb(title), _on_time(title, schedule_kind, due_on), _on_product(deliverable, target_value)]
    return [advice for advice in found if advice is not None]


def _on_verb(title: str) -> Advice | None:
    """The name begins with what is to be done."""
    words = _words(title)
    if not words:
        return None
    if direction := _begins_with(words, DIRECTIONS):
        said = _(
            "“%(words)s” points a direction only. Name the work itself, for example “organise”, “mobilise”, “draw up”."
        )
        return Advice("title", said % {"words": _capital(direction)})
    if not _begins_with(words, VERBS):
        return Advice("title", _("Begin with the verb of the work, for example “Organise…”, “Mobilise…”, “Review…”."))
    return None


def _on_time(title: str, schedule_kind: str, due_on: date | None) -> Advice | None:
    """There is a day by which it can be told whether the task is late."""
    if not title.strip():
        return None
    waits_for_day = due_on is None and schedule_kind in (*TIMED_KINDS, *UNDATED_KINDS)
    if waits_for_day and (loose := _holds(_words(title), LOOSE_TIMES)):
        return Advice("due_on", _("“%(words)s” is no date. Enter the day the work ends.") % {"words": _capital(loose)})
    if schedule_kind in UNDATED_KINDS:
        said = _("Without a due date the task never counts as done in time or late. Where there is a date, enter it.")
        return Advice("schedule_kind", said)
    return None


def _on_product(deliverable: str, target_value: Decimal | None) -> Advice | None:
    """Something can be shown when the task is done: a paper, a work, or a number."""
    words = _words(deliverable)
    if not words or target_value is not None or any(char.isdigit() for char in deliverable):
        return None
    if _holds(words, PRODUCTS):
        return None
    return Advice(
        "deliverable",
        _("Nothing here can be counted or shown. Name the product: a report, a list, minutes, 20 households."),
    )


def _words(words: str) -> list[str]:
    return _WORD.findall(text.nfc(words).lower())


def _begins_with(words: list[str], phrases: tuple[str, ...]) -> str:
    """The longest of the phrases the words begin with."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        whole = " ".join(words[:length])
        for phrase in (whole, whole.rstrip(",")):
            if phrase in phrases:
                return phrase
    return ""


def _holds(words: list[str], phrases: tuple[str, ...]) -> str:
    """The first of the phrases that stands among the words."""
    found = (_begins_with(words[place : place + _LONGEST_PHRASE], phrases) for place in range(len(words)))
    return next((phrase for phrase in found if phrase), "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
