"""Proving the audit: every entry, every link between two, and the sealed end. Reads only; what it finds it says where.

Rule: R-AUDIT-5.
Why in pieces by number: memory stays the same however long the log is, and the portal goes on writing meanwhile.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from records.audit.chain import COLUMNS, EMPTY, digest_of_values, is_sealed
from records.audit.models import AuditEntry, AuditHead

_PIECE = 5000
_NEAR, _MOST_SOUGHT = 100, 200
_READ = tuple(sorted({*COLUMNS[max(COLUMNS)], "digest"}))


class Wrong(Enum):
    """What can be wrong with the log."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    UNLINKED = "unlinked"
    CUT = "cut"
    REWRITTEN = "rewritten"
    BEYOND = "beyond"
    NO_HEAD = "no-head"
    UNSEALED = "unsealed"
    NOT_AS_NOTED = "not-as-noted"


_WORDS = {
    Wrong.CHANGED: _("Entry %(first)s of the log was changed after it was written. Compare it with a backup."),
    Wrong.MOVED: _(
        "Entry %(first)s of the log stands in another place: it was written as entry %(note)s. "
        "Compare it with a backup."
    ),
    Wrong.MISSING: _("Entries %(first)s to %(last)s of the log were deleted. Look for them in a backup."),
    Wrong.UNLINKED: _(
        "Entry %(first)s of the log does not follow the one before it: one of the two was exchanged. "
        "Compare both with a backup."
    ),
    Wrong.CUT: _("Entries %(first)s to %(last)s were cut off the end of the log. Look for them in a backup."),
    Wrong.REWRITTEN: _(
        "Entry %(first)s, the last of the log, is not the one its head was sealed with: the log was written anew. "
        "Compare it with a backup."
    ),
    Wrong.BEYOND: _(
        "Entries %(first)s to %(last)s of the log stand after its head: the head was put back. "
        "Compare it with a backup."
    ),
    Wrong.NO_HEAD: _(
        "The head of the log is missing. Compare the log with a backup; only then: manage.py verify --seal-again."
    ),
    Wrong.UNSEALED: _(
        "The head of the log %(note)s is not sealed by this portal's key. Compare it with a head noted before; only "
        "then: manage.py verify --seal-again."
    ),
    Wrong.NOT_AS_NOTED: _(
        "Entry %(first)s of the log is not as it was when the head %(note)s was noted, or is gone: the log was written "
        "anew or cut off, or an older database was put back. Compare it with a backup."
    ),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with the first and last entry it concerns."""

    wrong: Wrong
    first: int = 0
    last: int = 0
    note: str = ""

    def __str__(self) -> str:
        return _WORDS[self.wrong] % {"first": self.first, "last": self.last, "note": self.note}


@dataclass(frozen=True)
class Head:
    """A head as it is written down: the number of the last entry and its digest, or the beginning of it."""

    sequence: int
    digest: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.digest}"

    @classmethod
    def read(cls, written: str) -> "Head":
        """A head as it was written down.

        Raises: ValueError for what is no number, colon and at least eight characters of a digest."""
        number, _colon, digest = written.strip().lower().partition(":")
        if not re.fullmatch(r"[0-9]{1,18}:[0-9a-f]{8,64}", f"{number}:{digest}"):
            raise ValueError(_("“%(head)s” is no head of the log such as 1234:0f3a5b7c.") % {"head": written.strip()})
        return cls(int(number), digest)


def present_head() -> Head:
    """The last entry the portal sealed, to be written down or compared."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    return Head(head.sequence, head.digest) if head else Head(0, "")


def faults(noted: Iterable[Head] = ()) -> Iterator[Fault]:
    """Everything that is wrong with the log, in its order; nothing when it is as it was written.

    `noted` are heads written down outside the database: only they tell a database that was put back as a whole.
    """
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    walk = _Walk(noted)
    yield from walk.through(head.sequence if head else None)
    yield from _faults_of_head(head, walk)
    yield from (Fault(Wrong.NOT_AS_NOTED, one.sequence, one.sequence, str(one)) for one in walk.not_met())


class _Walk:
    """One way through the entries: the last one with its digest (None where it cannot be told), heads not met yet."""

    def __init__(self, noted: Iterable[Head]):
        self.wanted: dict[int, list[Head]] = {}
        for one in noted:
            self.wanted.setdefault(one.sequence, []).append(one)
        self.last, self.sought = 0, 0
        self.digest: str | None = ""

    def through(self, end: int | None) -> Iterator[Fault]:
        for entry in _entries(end):
            yield from self._step(entry)

    def not_met(self) -> Iterator[Head]:
        return (one for together in self.wanted.values() for one in together)

    def _step(self, entry: dict[str, Any]) -> Iterator[Fault]:
        sequence, digest = entry["sequence"], entry.pop("digest")
        fault = None if _is_as_written(entry, digest) else self._changed(entry, digest)
        is_elsewhere = fault is not None and fault.wrong is Wrong.MOVED
        if sequence != self.last + 1:
            yield Fault(Wrong.MISSING, self.last + 1, sequence - 1)
        elif not is_elsewhere and self.digest is not None and entry["previous_digest"] != self.digest:
            yield Fault(Wrong.UNLINKED, sequence, sequence)
        if fault is not None:
            yield fault
        for noted in self.wanted.pop(sequence, ()):
            if not digest.startswith(noted.digest):
                yield Fault(Wrong.NOT_AS_NOTED, sequence, sequence, str(noted))
        self.last, self.digest = sequence, None if is_elsewhere else digest

    def _changed(self, entry: dict[str, Any], digest: str) -> Fault:
        """A changed entry, or one that is whole under another number nearby; the search is given up after many."""
        here = entry["sequence"]
        if self.sought < _MOST_SOUGHT:
            self.sought += 1
            for there in range(max(1, here - _NEAR), here + _NEAR + 1):
                if there != here and _is_as_written({**entry, "sequence": there}, digest):
                    return Fault(Wrong.MOVED, here, here, str(there))
        return Fault(Wrong.CHANGED, here, here)


def _entries(end: int | None) -> Iterator[dict[str, Any]]:
    """All columns of the entries up to a number, in pieces, so that the head read before is never behind them."""
    rows, after = AuditEntry.objects.order_by("sequence"), 0
    if end is not None:
        rows = rows.filter(sequence__lte=end)
    while piece := list(rows.filter(sequence__gt=after)[:_PIECE].values(*_READ)):
        yield from piece
        after = piece[-1]["sequence"]


def _is_as_written(entry: dict[str, Any], digest: str) -> bool:
    layout = entry["layout"]
    if layout not in COLUMNS or any(entry[name] not in ("", None) for name in EMPTY[layout]):
        return False
    covered = entry if len(entry) == len(COLUMNS[layout]) else {name: entry[name] for name in COLUMNS[layout]}
    return digest_of_values(covered) == digest


def _faults_of_head(head: AuditHead | None, walk: _Walk) -> Iterator[Fault]:
    if head is None:
        yield Fault(Wrong.NO_HEAD)
        return
    if walk.last < head.sequence:
        yield Fault(Wrong.CUT, walk.last + 1, head.sequence)
    elif walk.last == head.sequence and walk.digest != head.digest:
        yield Fault(Wrong.REWRITTEN, walk.last, walk.last)
    # Entries first, head afterwards: what the portal writes between the two questions is behind its head.
    newest = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    now = AuditHead.objects.filter(pk=AuditHead.ONLY).first() or head
    if newest > now.sequence:
        yield Fault(Wrong.BEYOND, now.sequence + 1, newest)
    if not is_sealed(now):
        yield Fault(Wrong.UNSEALED, note=str(Head(now.sequence, now.digest)))
