"""What a unit or an agency came from and became: its successions over several generations, and its life as events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies.units.enums import SuccessionKind
from agencies.units.models import Succession
from records import text, wording

MOST_GENERATIONS = 6
_FROM_ONE = (SuccessionKind.SPLIT, SuccessionKind.CLOSED)


@dataclass(frozen=True)
class Kin:
    """A body named in an event as it was called then; `target` is what to open, where the reader may."""

    name: str
    target: models.Model | None = None
    share_percent: int = 100

    def __str__(self) -> str:
        whole = self.share_percent == 100
        return self.name if whole else _("%(share)s of %(name)s") % {
            "share": wording.percent(self.share_percent), "name": self.name
        }  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One turn in a body's life: on a day, by a decision, from what to what. Either side may be empty."""

    day: date
    what: str
    before: tuple[Kin, ...] = ()
    after: tuple[Kin, ...] = ()
    decision: str = ""


@dataclass(frozen=True)
class Lineage:
    """All successions that lead from and to a body, and the bodies at either end of them."""

    passings: tuple[Succession, ...]
    heirs: tuple[models.Model, ...]
    origins: tuple[models.Model, ...]

    @property
    def bodies(self) -> set[int]:
        return {pk for row in self.passings for pk in (row.predecessor_id, row.successor_id)}


def lineage_of(body: models.Model, successions: QuerySet) -> Lineage:
    """The successions of a body, six generations back and six ahead.

    One query a generation, both ways together; its heirs are the successors that passed on no further.
    """
    passings, ahead, back = {}, {body.pk}, {body.pk}
    seen_ahead, seen_back = set(ahead), set(back)
    for _generation in range(MOST_GENERATIONS):
        if not ahead and not back:
            break
        found = list(successions.filter(Q(predecessor__in=ahead) | Q(successor__in=back)))
        passings |= {row.pk: row for row in found}
        ahead = {row.successor_id for row in found if row.predecessor_id in ahead} - seen_ahead
        back = {row.predecessor_id for row in found if row.successor_id in back} - seen_back
        seen_ahead, seen_back = seen_ahead | ahead, seen_back | back
    rows = sorted(passings.values(), key=lambda row: (row.effective_on, row.pk))
    return Lineage(tuple(rows), _heirs(rows, body), _origins(rows, body))


def passing_events(lineage: Lineage, visible: set[int]) -> Iterator[Event]:
    """The successions of a lineage as events: a merger together by its successor, a split by its predecessor."""
    together: dict[tuple, list[Succession]] = {}
    for row in lineage.passings:
        one = row.predecessor_id if row.kind in _FROM_ONE else row.successor_id
        together.setdefault((row.effective_on, row.kind, row.decision, row.decided_on, one), []).append(row)
    for rows in together.values():
        yield _passing(rows, visible)


def decision_told(decision: str, decided_on: date | None) -> str:
    """A decision's number with its day, where they are known."""
    if not decided_on:
        return decision
    told = {"decision": decision, "day": wording.day(decided_on)}
    return _("%(decision)s of %(day)s") % told if decision else _("Decision of %(day)s") % told


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events as a timeline lists them."""
    return sorted(events, key=lambda event: event.day, reverse=True)


def _heirs(rows: list[Succession], body: models.Model) -> tuple[models.Model, ...]:
    """Whoever goes on with what a body was, at the end of every way; none while the body itself goes on."""
    gone = {row.predecessor_id for row in rows if row.is_main}
    reached, ends = {body.pk}, {}
    for row in rows:
        if row.predecessor_id in reached & gone:
            reached.add(row.successor_id)
            ends[row.successor_id] = row.successor
    return tuple(one for pk, one in ends.items() if pk not in gone and pk != body.pk)


def _origins(rows: list[Succession], body: models.Model) -> tuple[models.Model, ...]:
    """What a body came from, at the beginning of every way, in the order of the days."""
    later = {row.successor_id for row in rows}
    reached, ends = {body.pk}, {}
    for row in reversed(rows):
        if row.successor_id in reached:
            reached.add(row.predecessor_id)
            ends[row.predecessor_id] = row.predecessor
    return tuple(one for pk, one in reversed(ends.items()) if pk not in later and pk != body.pk)


def _passing(rows: list[Succession], visible: set[int]) -> Event:
    first, eve = rows[0], rows[0].effective_on - timedelta(days=1)
    before = {row.predecessor_id: _kin(row.predecessor, eve, visible, row.share_percent) for row in rows}
    after = {row.successor_id: _kin(row.successor, row.effective_on, visible) for row in rows}
    if first.kind in _FROM_ONE:
        before = {first.predecessor_id: _kin(first.predecessor, eve, visible)}
        after = {row.successor_id: _kin(row.successor, row.effective_on, visible, row.share_percent) for row in rows}
    return Event(
        first.effective_on,
        str(SuccessionKind(first.kind).label),
        tuple(sorted(before.values(), key=lambda kin: text.sort_key(kin.name))),
        tuple(after.values()),
        decision_told(first.decision, first.decided_on),
    )


def _kin(body: models.Model, day: date, visible: set[int], share_percent: int = 100) -> Kin:
    return Kin(str(body.name_on(day)), body if body.pk in visible else None, share_percent)
