"""One unit with the units directly below it, each with all that lies in it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from agencies.models import AdminUnit, Membership
from agencies.units.enums import UnitLevel
from agencies.units.queries import Place, Places, names_in_year, places_in_year
from coordination.figures.queries import ProgramCounts, Tally, counts_below, last_reports_below, tally_counted
from records import clock, text
from reports.levels.queries.programs import ProgramLine, program_lines
from reports.levels.ranks import far_behind, ranks


@dataclass(frozen=True)
class UnitLine:
    """A unit with all that lies in it: its figures, its place among its neighbours and what is to be noticed.

    Units: `silent_days` counts the days since the last progress report on any of the tasks counted.
    """

    place: Place
    name: str
    tally: Tally
    programs: int
    silent_days: int | None = None
    rank: int | None = None
    is_far_behind: bool = False

    @property
    def has_programs(self) -> bool:
        return self.programs > 0

    @property
    def sort_key(self) -> str:
        """As a Vietnamese dictionary sorts the name."""
        return text.sort_key(self.name)


@dataclass(frozen=True)
class Level:
    """A unit in a year: all that lies in it, what is its own, the units side by side, and the way to it from above.

    `unopened` says how many of the unit's own programs are counted without the reader seeing into them.
    """

    year: int
    as_of: date
    whole: UnitLine
    own: UnitLine
    lines: tuple[UnitLine, ...]
    way: tuple[UnitLine, ...]
    programs: tuple[ProgramLine, ...]
    unopened: int

    @property
    def with_programs(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.has_programs)

    @property
    def without_programs(self) -> int:
        return len(self.lines) - len(self.with_programs)


def level_of(actor: Membership, unit: AdminUnit, year: int, *, as_of: date) -> Level | None:
    """The page of a unit for an actor; None where the unit did not belong to theirs in the year.

    Rule: R-LEVEL-3, R-LEVEL-4. Why: six queries whatever the number of units, two more where programs are open.
    """
    inside = AdminUnit.objects.filter(reached_by__above=unit)
    known = AdminUnit.objects.visible_to(actor).filter(
        Q(pk__in=inside.values("pk")) | Q(pk__in=AdminUnit.objects.filter(reaching__below=unit).values("pk"))
    )
    places = places_in_year(known, year, as_of=as_of)
    way = _way_down(places, actor.unit_id, unit.pk)
    if way is None:
        return None
    counts = counts_below(actor, inside, year, as_of=as_of)
    parts = _parted(places, unit.pk, counts)
    below = {pk for pk in (*places.directly_below(unit.pk), *parts) if pk != unit.pk}
    reported = _reported(actor, unit, inside, year, as_of)
    names = names_in_year({*below, *way, unit.pk}, year, as_of=as_of)

    def line(pk: int, programs: Iterable[ProgramCounts]) -> UnitLine:
        programs = list(programs)
        last = max((reported[one.pk] for one in programs if one.pk in reported), default=None)
        silent_days = max((as_of - clock.local_day(last)).days, 0) if last else None
        return UnitLine(
            places.by_pk[pk], names[pk], tally_counted(programs, year, as_of=as_of), len(programs), silent_days
        )

    own = parts.get(unit.pk, [])
    opened = program_lines(actor, own, year, as_of=as_of)
    return Level(
        year=year,
        as_of=as_of,
        whole=line(unit.pk, (one for part in parts.values() for one in part)),
        own=line(unit.pk, own),
        lines=_ranked([line(pk, parts.get(pk, ())) for pk in below]),
        way=tuple(line(pk, ()) for pk in way),
        programs=opened,
        unopened=len(own) - len(opened),
    )


def _way_down(places: Places, top: int, unit: int) -> list[int] | None:
    """From the actor's unit down to another; of a unit theirs took over just that one and what lay above it."""
    way: list[int] = []
    for at in places.up_from(unit):
        way.insert(0, at)
        if at == top or _took_over(places, top, at):
            return way if unit in way else [*way, unit]
    return None


def _took_over(places: Places, top: int, unit: int) -> bool:
    seen = {unit}
    while (unit := places.heirs.get(unit, unit)) not in seen:
        seen.add(unit)
    return top in seen


def _parted(places: Places, top: int, counts: Iterable[ProgramCounts]) -> dict[int, list[ProgramCounts]]:
    """The programs by the unit directly below in which they lie, those of the unit itself under its own id."""
    parts: dict[int, list[ProgramCounts]] = {}
    part_of = {unit: places.part_of(top, unit) for unit in {one.unit_id for one in counts}}
    for one in counts:
        if (part := part_of[one.unit_id]) is not None:
            parts.setdefault(part, []).append(one)
    return parts


def _reported(
    actor: Membership, unit: AdminUnit, inside: QuerySet[AdminUnit], year: int, as_of: date
) -> dict[int, datetime]:
    """The last reports, in the running year and today, for only the latest is kept with a task; not of a country.

    Why: of the tasks of a country they alone would have to be read one by one.
    """
    if unit.level == UnitLevel.COUNTRY or as_of != clock.today() or year != as_of.year:
        return {}
    return last_reports_below(actor, inside, year, as_of=as_of)


def _ranked(lines: list[UnitLine]) -> tuple[UnitLine, ...]:
    tallies = {line.place.pk: line.tally for line in lines}
    placed, behind = ranks(tallies), far_behind(tallies)
    return tuple(replace(line, rank=placed.get(line.place.pk), is_far_behind=line.place.pk in behind) for line in lines)
