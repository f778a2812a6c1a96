from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.models import Program
from records import clock
from records.prepared import Prepared

_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2200


@dataclass(frozen=True)
class ProgramsSeen:
    """Keys of programs an actor sees: those it makes, of which it sees all tasks, and those it only works in."""

    made: frozenset[int]
    worked_in: frozenset[int]

    @property
    def keys(self) -> frozenset[int]:
        return self.made | self.worked_in

    def only(self, keys: Collection[int]) -> "ProgramsSeen":
        """Those of them that are named."""
        return ProgramsSeen(self.made.intersection(keys), self.worked_in.intersection(keys))


def periods_seen(actor: Membership | None) -> list[tuple[int, int, int, int]]:
    """The programs an actor sees: key, year, first and last year of the period, by key. One query, asked once while a
    page is read.

    Why all at once: the frame of every page asks for their years, and lists for those that cover one of them.
    """
    return [period for *period, _is_made in _seen(actor)]


def seen_covering(actor: Membership | None, year: int | None = None) -> ProgramsSeen:
    """The programs an actor sees whose period touches a year, or all of them, by what is seen of their tasks."""
    covering = [(key, is_made) for key, _named, *period, is_made in _seen(actor) if _touches(period, year)]
    return ProgramsSeen(
        frozenset(key for key, is_made in covering if is_made),
        frozenset(key for key, is_made in covering if not is_made),
    )


def _seen(actor: Membership | None) -> list[tuple[int, int, int, int, int]]:
    return actor.asked_once("periods_seen", lambda: _periods(actor)) if works_on_content(actor) else []


def _touches(period: list[int], year: int | None) -> bool:
    first, last = period
    return year is None or first <= year <= last


def _periods(actor: Membership) -> list[tuple[int, int, int, int, int]]:
    return [tuple(map(int, row)) for row in _PERIODS.rows(agencies=tuple(actor.agency_ids()))]


def _periods_of(agencies: tuple[int, ...]) -> QuerySet[Program]:
    sight = Sight(agencies)
    programs = Program.objects.visible_to(sight).mark_made_by(sight).order_by("pk")
    return programs.values_list("pk", "year", "period_start__year", "period_end__year", "is_made")


_PERIODS = Prepared(_periods_of)


def programs_covering(actor: Membership, year: int) -> list[int]:
    """The keys of the programs an actor sees whose period touches a calendar year; as `covering` finds them."""
    return [key for key, _named, first, last in periods_seen(actor) if first <= year <= last]


def years_of(actor: Membership | None, *, to_come: bool = False) -> list[int]:
    """The calendar years touched by the programs an actor sees, newest first.

    Why: the later years of a program of several years count once they have come; with `to_come` they are offered too.
    """
    periods = {(named, first, last) for _key, named, first, last in periods_seen(actor)}
    newest = max([clock.today().year, *(named for named, _first, _last in periods)])
    years = set()
    for named, first, last in periods:
        years |= {named, *range(first, (last if to_come else min(last, newest)) + 1)}
    return sorted(years, reverse=True)


def working_year(request_year: str | None, years: list[int]) -> int:
    """The year asked for in the address; otherwise this year while it has programs, or the latest year that has.

    Why: a forwarded link shows everyone the same year, so no session remembers another.
    """
    asked = request_year or ""
    if asked.isascii() and asked.isdigit() and _EARLIEST_YEAR <= int(asked[:5]) <= _LATEST_YEAR:
        return int(asked)
    this_year = clock.today().year
    return this_year if this_year in years or not years else max(years)
