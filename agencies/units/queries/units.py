"""The record of units: the list keepers look through, one unit over time, and how it passed to others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies.access.scopes import Viewer
from agencies.units.enums import UnitLevel
from agencies.units.models import AdminUnit, UnitName, UnitParent, UnitSuccession, UnitWord, holding_on
from agencies.units.queries.lineage import Event, Kin, Lineage, lineage_of, newest_first, passing_events
from agencies.units.reach import units_kept_by
from records import text
from records.fields import prefix_range
from records.prepared import Prepared

_MOST_WORDS = 8


@dataclass(frozen=True)
class UnitPassing:
    """Several units passing to one by the same decision on the same day; partly when only a share of one passed."""

    predecessors: list[str]
    successor: str
    effective_on: date
    decision: str
    kind: str


@dataclass(frozen=True)
class Life:
    """A unit over time: its names and places, newest first, what happened to it, and where its line leads."""

    names: list[UnitName]
    places: list[UnitParent]
    events: list[Event]
    lineage: Lineage


def units_found(
    actor: Viewer, *, words: str = "", level: UnitLevel | None = None, day: date | None = None
) -> QuerySet[AdminUnit]:
    """The units an actor keeps, found by the beginnings of words, with name and parent as of a day.

    Rule: R-FIND-1. Without a day all units there ever were, by the names of their last days.
    """
    units = find_units(units_kept_by(actor), words)
    if level:
        units = units.filter(level=level)
    if day:
        units = units.on(day)
    names = UnitName.objects.filter(unit=OuterRef("pk")).order_by("-valid_from")
    places = UnitParent.objects.filter(unit=OuterRef("pk")).order_by("-valid_from")
    if day:
        names, places = names.filter(valid_from__lte=day), places.on(day)
    return units.annotate(
        shown_name=Coalesce(Subquery(names.values("name")[:1]), F("current_name")),
        parent_name=Subquery(places.values("parent__current_name")[:1]),
        parent_code=Subquery(places.values("parent__code")[:1]),
    ).by_name()


def find_units(units: QuerySet[AdminUnit], words: str) -> QuerySet[AdminUnit]:
    """Units whose code or names, present or former, have a word that begins with each typed one; marks ignored."""
    typed = text.words(words)
    if words.strip() and not typed:
        return units.none()
    for word in sorted(typed, key=len, reverse=True)[:_MOST_WORDS]:
        first, end = prefix_range(word)
        units = units.filter(pk__in=UnitWord.objects.filter(word__gte=first, word__lt=end).values("unit_id"))
    return units


def life_of(unit: AdminUnit, actor: Viewer) -> Life:
    """A unit's names, places and events over time. Three queries and one a generation of its line."""
    names = list(unit.names.order_by("valid_from"))
    places = list(unit.parents.select_related("parent").order_by("valid_from"))
    rows = UnitSuccession.objects.select_related("predecessor", "successor")
    line = lineage_of(unit, rows.prefetch_related("predecessor__names", "successor__names"))
    visible = set(AdminUnit.objects.visible_to(actor).filter(pk__in=line.bodies).values_list("pk", flat=True))
    own = [*_renamings(names), *_moves(places), *_end(unit, line)]
    return Life(names[::-1], places[::-1], newest_first([*own, *passing_events(line, visible)]), line)


def units_below(unit: AdminUnit, day: date) -> QuerySet[AdminUnit]:
    """The units that belong to one directly on a day."""
    return AdminUnit.objects.on(day).filter(parents__in=unit.children.on(day)).by_name()


def unit_passings(unit: AdminUnit) -> list[UnitPassing]:
    """How a unit and the units below it passed to others, by successor and day. Two queries whatever their number."""
    below = AdminUnit.objects.filter(Q(pk=unit.pk) | Q(parents__parent=unit)).values("pk")
    rows = (
        UnitSuccession.objects.filter(Q(predecessor__in=below) | Q(successor__in=below))
        .select_related("predecessor", "successor")
        .prefetch_related("predecessor__names", "successor__names")
        .order_by("effective_on", "pk")
    )
    passings: dict[tuple, list[UnitSuccession]] = {}
    for row in rows:
        passings.setdefault((row.effective_on, row.successor_id, row.decision, row.kind), []).append(row)
    return [_passing(together) for together in passings.values()]


def _renamings(names: list[UnitName]) -> Iterator[Event]:
    for before, after in pairwise(names):
        yield Event(after.valid_from, _("Renamed"), (Kin(before.name),), (Kin(after.name),), after.legal_basis)


def _moves(places: list[UnitParent]) -> Iterator[Event]:
    for before, after in pairwise(places):
        if before.parent_id != after.parent_id:
            sides = (Kin(before.parent.current_name),), (Kin(after.parent.current_name),)
            yield Event(after.valid_from, _("Moved under another unit"), *sides, after.legal_basis)


def _end(unit: AdminUnit, line: Lineage) -> Iterator[Event]:
    passed_on = any(row.predecessor_id == unit.pk for row in line.passings)
    if unit.valid_to and not passed_on:
        yield Event(unit.valid_to, _("Ended"), (Kin(unit.name_on(unit.valid_to)),), (), unit.ended_by)


def _passing(together: Iterable[UnitSuccession]) -> UnitPassing:
    rows = list(together)
    first = rows[0]
    names = sorted((_old_name(row) for row in rows), key=text.sort_key)
    successor = first.successor.name_on(first.effective_on)
    return UnitPassing(names, successor, first.effective_on, first.decision, first.get_kind_display())


def _old_name(row: UnitSuccession) -> str:
    name = row.predecessor.name_on(row.effective_on)
    whole = row.share_percent == 100
    return name if whole else _("part of %(unit)s") % {"unit": name}


def name_of_unit(unit: int, day: date) -> str:
    """The name of a unit on a day, as `AdminUnit.name_on` tells it. One query, asked by the frame of every page."""
    naming = holding_on(day, _NAMES.models(unit=unit))
    return naming.name if naming else AdminUnit.objects.get(pk=unit).code


_NAMES = Prepared(lambda unit: UnitName.objects.filter(unit=unit))
