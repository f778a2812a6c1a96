"""What the log tells, in plain words: one shape for every history, with words of the rooms whose objects it tells of.

A room describes each kind of object once (`speak`): what it is called, what its recorded values are called and how each
is written. A value without a word is never shown, so that no column name, code or digest reaches a page by itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import gettext as _

from records import wording
from records.audit.models import AuditEntry
from records.audit.queries import stretch_of

Writer = Callable[[Any], str]

_LONGEST, _FEW = 200, 4


@dataclass(frozen=True)
class Change:
    """One value before and after, as people call and write it; blank where there was or is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One thing that happened: its number in the log, when, who by title and agency, what, and why."""

    sequence: int
    at: datetime
    who: str
    text: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    tone: str = "idle"

    @property
    def is_brief(self) -> bool:
        """Whether the changes can be read at a glance; long ones are folded away."""
        return len(self.changes) <= _FEW and sum(len(one.before) + len(one.after) for one in self.changes) <= _LONGEST


@dataclass(frozen=True)
class History:
    """Some events of a history, newest first, and where it goes on: before the last of them, after the first."""

    events: tuple[Event, ...]
    older: int | None = None
    newer: int | None = None


@dataclass(frozen=True)
class Told:
    """An entry as a room tells it: the sentence, the tone of its mark, the values shown below, all where None."""

    text: str
    tone: str = "idle"
    shown: Iterable[str] | None = None


@dataclass(frozen=True)
class Word:
    """What a recorded value is called and how it is written."""

    label: str
    write: Writer


@dataclass(frozen=True)
class Vocabulary:
    """What a kind of object is called, and the words for its recorded values."""

    name: str
    words: Mapping[str, Word]


_spoken: dict[str, Vocabulary] = {}


def speak(kind: str, name: str, words: Mapping[str, Word]) -> Vocabulary:
    """Give the words for a kind of object, such as "coordination.task"; a room does so once, when it is loaded."""
    _spoken[kind] = Vocabulary(name, words)
    return _spoken[kind]


def vocabulary_of(kind: str) -> Vocabulary:
    """The words for a kind of object; an empty one for a kind nobody has described."""
    return _spoken.get(kind, _NOTHING)


def kinds() -> dict[str, Vocabulary]:
    """Every kind of object that has been described."""
    return dict(_spoken)


def read(
    entries: QuerySet[AuditEntry],
    tell: Callable[[AuditEntry], Told],
    *,
    before: str = "",
    after: str = "",
) -> History:
    """A stretch of entries in words; `before` and `after` are what the address says."""
    stretch = stretch_of(entries, before=before, after=after)
    events = tuple(event(entry, tell(entry)) for entry in stretch.entries)
    return History(events, older=stretch.older, newer=stretch.newer)


def event(entry: AuditEntry, told: Told) -> Event:
    """An entry in words, with the values that changed."""
    words = vocabulary_of(entry.object_kind).words
    shown = words if told.shown is None else {name: words[name] for name in told.shown if name in words}
    return Event(
        sequence=entry.sequence,
        at=entry.at,
        who=entry.actor_label or _("The portal"),
        text=told.text,
        changes=changes_of(entry, shown),
        reason=str(entry.after.get("reason", "")),
        tone=told.tone,
    )


def changes_of(entry: AuditEntry, words: Mapping[str, Word]) -> tuple[Change, ...]:
    """The values an entry gave and that differ from before, in the order of their words; written alike is unchanged."""
    changes = (
        Change(
            str(words[name].label),
            words[name].write(entry.before.get(name)),
            words[name].write(entry.after.get(name)),
        )
        for name in words
        if name in entry.after
    )
    return tuple(change for change in changes if change.before != change.after)


def text(value: Any) -> str:
    """Words as they are, cut where they are long; what was recorded with `named` by its name; several joined."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        part = value.get("part", "")
        return f"{part} ({value['name']})" if part else str(value.get("name", ""))
    if isinstance(value, list):
        return _cut("; ".join(text(one).strip(" ;.*") for one in value))
    return _cut(str(value))


def day(value: Any) -> str:
    """A day or moment as officials write it."""
    plain = str(value or "")
    if not plain:
        return ""
    try:
        return wording.day(parse_date(plain)) if parse_date(plain) else wording.moment(parse_datetime(plain))
    except (ValueError, AttributeError, TypeError):
        return plain


def hour(value: Any) -> str:
    """A time of the day, 14:05."""
    plain = str(value or "")
    try:
        return f"{parse_time(plain):%H:%M}"
    except (ValueError, TypeError):
        return plain


def quantity(value: Any) -> str:
    """A number with decimal comma and thousands point."""
    if value in (None, ""):
        return ""
    try:
        return wording.number(Decimal(str(value)))
    except (InvalidOperation, ValueError):
        return str(value)


def whole(value: Any) -> str:
    """A number that counts nothing, such as a year: without marks between its digits."""
    return "" if value is None else str(value)


def percent(value: Any) -> str:
    """A percentage."""
    return f"{quantity(value)}%" if quantity(value) else ""


def yes_or_no(value: Any) -> str:
    """Whether something holds; blank where it is not known."""
    return "" if value in (None, "") else _("yes") if value in (True, "True") else _("no")


def marked(value: Any) -> str:
    """Whether something holds, told only where it does."""
    return yes_or_no(value) if value in (True, "True") else ""


def choice(choices: type[models.TextChoices]) -> Writer:
    """How a value of an enum is shown everywhere else."""

    def written(value: Any) -> str:
        return str(choices(value).label) if value in choices.values else ""

    return written


def count(value: Any) -> str:
    """How many there are of what is listed."""
    return str(len(value)) if isinstance(value, list) and value else ""


def _cut(plain: str) -> str:
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]} …"


_NOTHING = Vocabulary("", {})
