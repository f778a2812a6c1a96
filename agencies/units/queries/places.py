"""Where each unit lay in a year: below which other one, until when, and who went on with it once it had ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from agencies.units.enums import UnitLevel
from agencies.units.models import AdminUnit, UnitSuccession
from agencies.units.queries.lineage import MOST_GENERATIONS


@dataclass(frozen=True)
class Place:
    """A unit in a year: the unit above it, and its last day where that has come.

    `is_past` when it had ended before the year, `is_ahead` when it had not begun by the day the year is looked at.
    """

    pk: int
    code: str
    level: UnitLevel
    above: int | None
    ended_on: date | None = None
    is_past: bool = False
    is_ahead: bool = False

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()

    @property
    def is_there(self) -> bool:
        return not self.is_past and not self.is_ahead


@dataclass(frozen=True)
class Places:
    """Units of a year by id, and the main successor of each that passed on."""

    by_pk: Mapping[int, Place]
    heirs: Mapping[int, int]

    def home(self, pk: int) -> int:
        """The unit itself; of one that ended before the year whoever goes on with its work, where there is anyone.

        Rule: R-LEVEL-4.
        """
        for _generation in range(MOST_GENERATIONS):
            place = self.by_pk.get(pk)
            if place is None or not place.is_past or pk not in self.heirs:
                break
            pk = self.heirs[pk]
        return pk

    def up_from(self, pk: int) -> Iterator[int]:
        """A unit and those above it, the nearest first; each has one place in the year, so nothing counts twice."""
        at: int | None = self.home(pk)
        for _level in range(len(UnitLevel) + MOST_GENERATIONS):
            if at is None:
                return
            yield at
            place = self.by_pk.get(at)
            at = self.home(place.above) if place and place.above is not None else None

    def part_of(self, top: int, pk: int) -> int | None:
        """The unit directly below another in which a unit lies; the other itself for its own, None for elsewhere."""
        part = top
        for at in self.up_from(pk):
            if at == top:
                return part
            part = at
        return None

    def directly_below(self, top: int) -> list[int]:
        """The units of the year one level down, in no order."""
        return [pk for pk, place in self.by_pk.items() if place.is_there and self.part_of(top, pk) == pk != top]


def places_in_year(units: QuerySet[AdminUnit], year: int, *, as_of: date) -> Places:
    """Where units lay in a year, looked at on a day: the last place each had by then, the first it will have of
    one not yet begun. Two queries.

    Rule: R-LEVEL-4.
    """
    begins, day = date(year, 1, 1), min(as_of, date(year, 12, 31))
    columns = ("pk", "code", "level", "valid_from", "valid_to")
    above = ("parents__parent_id", "parents__valid_from", "parents__valid_to")
    found: dict[int, Place] = {}
    for pk, code, level, since, until, parent, placed, left in units.order_by("parents__valid_from").values_list(
        *columns, *above
    ):
        is_past, is_ahead = until is not None and until < min(begins, day), since > day
        lasted = is_past or left is None or left >= min(begins, day)
        held = parent is not None and (is_ahead or (placed <= day and lasted))
        if pk not in found or (held and not is_ahead):
            ended_on = until if until is not None and until <= day else None
            found[pk] = Place(pk, code, UnitLevel(level), parent if held else None, ended_on, is_past, is_ahead)
    passed = UnitSuccession.objects.filter(is_main=True, predecessor__in=units.values("pk"))
    return Places(found, dict(passed.values_list("predecessor_id", "successor_id")))


def names_in_year(pks: set[int], year: int, *, as_of: date) -> dict[int, str]:
    """What units were called by the end of a year, or by the day it is looked at; the last name of ended ones.

    One query.
    """
    day = min(as_of, date(year, 12, 31))
    named = AdminUnit.objects.filter(pk__in=pks).order_by("names__valid_from")
    found: dict[int, str] = {}
    for pk, present, name, since in named.values_list("pk", "current_name", "names__name", "names__valid_from"):
        if pk not in found or (since is not None and since <= day):
            found[pk] = name or present
    return found
