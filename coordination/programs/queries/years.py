from datetime import date

from agencies.models import Membership
from coordination.programs.models import Program
from records import clock

_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2200


def periods_seen(actor: Membership | None) -> list[tuple[int, int, date, date]]:
    """The programs an actor sees: key, year, first and last day, by key. One query, asked once while a page is read.

    Why all at once: the frame of every page asks for their years, and lists for those that cover one of them.
    """
    if actor is None:
        return []
    return actor.asked_once("periods_seen", lambda: _periods(actor))


def _periods(actor: Membership) -> list[tuple[int, int, date, date]]:
    programs = Program.objects.visible_to(actor).order_by("pk")
    return list(programs.values_list("pk", "year", "period_start", "period_end"))


def programs_covering(actor: Membership, year: int) -> list[int]:
    """The keys of the programs an actor sees whose period touches a calendar year; as `covering` finds them."""
    return [key for key, _named, first, last in periods_seen(actor) if first.year <= year <= last.year]


def years_of(actor: Membership | None, *, to_come: bool = False) -> list[int]:
    """The calendar years touched by the programs an actor sees, newest first.

    Why: the later years of a program of several years count once they have come; with `to_come` they are offered too.
    """
    periods = {(named, first.year, last.year) for _key, named, first, last in periods_seen(actor)}
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
