"""The calendar years of the programs an actor sees, and which of them a page is about."""

from agencies.models import Membership
from coordination.programs.queries.seen import seen_by
from records import clock

_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2200


def years_of(actor: Membership | None, *, to_come: bool = False) -> list[int]:
    """The calendar years touched by the programs an actor sees, newest first.

    Why: the later years of a program of several years count once they have come; with `to_come` they are offered too.
    """
    spans = {period[:3] for period in seen_by(actor).periods}
    newest = max([clock.today().year, *(named for named, _first, _last in spans)])
    years = set()
    for named, first, last in spans:
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
