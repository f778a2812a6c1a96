"""Named reads of the log. Whoever asks has already asked whether the actor may see what it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q, QuerySet, Value

from records.audit.chain import is_sealed
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry, AuditHead

STRETCH = 50
_PIECE = 2000
_MOST_TOLD_OF = 1000
_LONGEST_NUMBER = 18  # digits: larger ones are no number of an entry

# A history tells what happened to an object; who read it or was refused stands in the system log only.
_NOT_TOLD = (AuditAction.EXPORTED, AuditAction.DOWNLOADED, AuditAction.REFUSED)


@dataclass(frozen=True)
class Stretch:
    """Some entries of the log, newest first, and where it goes on: before the last of them, after the first."""

    entries: list[AuditEntry]
    older: int | None
    newer: int | None


def entries_about(thing: Model, *parts: QuerySet) -> QuerySet[AuditEntry]:
    """What happened to an object and to parts of it, newest first. One query beside the entries' own for all parts."""
    about = Q(object_kind=thing._meta.label_lower, object_id=thing.pk)
    for kind, pks in _by_kind(parts).items():
        about |= Q(object_kind=kind, object_id__in=pks)
    return AuditEntry.objects.filter(about).exclude(action__in=_NOT_TOLD).order_by("-sequence")


def stretch_of(entries: QuerySet[AuditEntry], *, before: str = "", after: str = "", size: int = STRETCH) -> Stretch:
    """A stretch of entries by number, not by counting off: as quick at the end of a long log as at its beginning.

    `before` and `after` are what an address says; what is no number begins with the newest.
    """
    upwards = _number(after) if not _number(before) else None
    if upwards:
        found = list(entries.filter(sequence__gt=upwards).order_by("sequence")[: size + 1])
        shown = found[:size][::-1]
        return Stretch(shown, older=shown[-1].sequence if shown else None, newer=_end(found, size, shown, 0))
    downwards = _number(before)
    rows = entries.filter(sequence__lt=downwards) if downwards else entries
    found = list(rows.order_by("-sequence")[: size + 1])
    shown = found[:size]
    newer = shown[0].sequence if downwards and shown else None
    return Stretch(shown, older=_end(found, size, shown, -1), newer=newer)


def told_of(kinds: Iterable[str], *, first: int, last: int) -> QuerySet:
    """Kind and number of the objects of some kinds that a stretch of entries tells of, a thousand at most."""
    entries = AuditEntry.objects.filter(sequence__range=(first, last), object_kind__in=kinds, object_id__isnull=False)
    return entries.order_by("sequence").values_list("object_kind", "object_id")[:_MOST_TOLD_OF]


def newest_first(entries: QuerySet[AuditEntry]) -> Iterator[AuditEntry]:
    """All of some entries, read in pieces by number, so that memory stays the same however many there are."""
    rows, last = entries.order_by("-sequence"), None
    while piece := list((rows.filter(sequence__lt=last) if last else rows)[:_PIECE]):
        yield from piece
        last = piece[-1].sequence


def sealed_head() -> tuple[AuditHead | None, bool]:
    """The head of the log, if there is one, and whether this portal's key sealed it; before the first entry it is."""
    head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
    return head, head is not None and (head.sequence == 0 or is_sealed(head))


def last_moment() -> datetime | None:
    """When the last entry was written."""
    return AuditEntry.objects.order_by("-sequence").values_list("at", flat=True).first()


def _end(found: list, size: int, shown: list[AuditEntry], place: int) -> int | None:
    return shown[place].sequence if len(found) > size else None


def _by_kind(parts: tuple[QuerySet, ...]) -> dict[str, list[int]]:
    if not parts:
        return {}
    first, *others = (rows.order_by().values_list(Value(rows.model._meta.label_lower), "pk") for rows in parts)
    found: dict[str, list[int]] = {}
    for kind, pk in first.union(*others) if others else first:
        found.setdefault(kind, []).append(pk)
    return found


def _number(written: str) -> int | None:
    plain = written.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_NUMBER else None
