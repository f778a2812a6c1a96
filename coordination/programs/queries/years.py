from django.db.models import QuerySet

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.sight import ProgramsSeen
from records import clock
from records.prepared import Prepared

Period = tuple[int, int, int, int, int]
_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2200


def periods_seen(actor: Membership | None) -> list[Period]:
    """The programs an actor sees: key, year, first and last year of the period, whether it makes them; by key.

    One query, asked once while a page is read. The frame of every page asks for years only: `years_of`.
    """
    return actor.asked_once("periods_seen", lambda: _periods(actor)) if works_on_content(actor) else []


def _periods(actor: Membership) -> list[Period]:
    rows = _PERIODS.rows(agencies=tuple(actor.agency_ids()))
    return [(key, named, int(first), int(last), made) for key, named, first, last, made in rows]


def _periods_of(agencies: tuple[int, ...]) -> QuerySet[Program]:
    sight = Sight(agencies)
    programs = Program.objects.visible_to(sight).mark_made_by(sight).order_by("pk")
    return programs.values_list("pk", "year", "period_start__year", "period_end__year", "is_made")


_PERIODS = Prepared(_periods_of)


def programs_covering(actor: Membership | None, year: int | None = None) -> ProgramsSeen:
    """The programs an actor sees whose period touches a calendar year, as `covering` finds them; or all of them."""
    seen = periods_seen(actor)
    covering = [(key, made) for key, _named, first, last, made in seen if year is None or first <= year <= last]
    made, others = ({key for key, is_made in covering if bool(is_made) is kind} for kind in (True, False))
    return ProgramsSeen(frozenset(made), frozenset(others))


def years_of(actor: Membership | None, *, to_come: bool = False) -> list[int]:
    """The calendar years touched by the programs an actor sees, newest first.

    Why: the later years of a program of several years count once they have come; with `to_come` they are offered too.
    """
    periods = actor.asked_once(_SPANS_SEEN, lambda: _spans(actor)) if works_on_content(actor) else set()
    newest = max([clock.today().year, *(named for named, _first, _last in periods)])
    years = set()
    for named, first, last in periods:
        years |= {named, *range(first, (last if to_come else min(last, newest)) + 1)}
    return sorted(years, reverse=True)


def ask_programs_and_years_at_once(actor: Membership | None) -> None:
    """Before a page that needs the programs themselves: their years are then told by the same query."""
    if works_on_content(actor):
        actor.asked_once(_SPANS_SEEN, lambda: {period[1:4] for period in periods_seen(actor)})


def _spans(actor: Membership) -> set[tuple[int, int, int]]:
    return {tuple(map(int, row)) for row in _SPANS.rows(agencies=tuple(actor.agency_ids()))}


def _spans_of(agencies: tuple[int, ...]) -> QuerySet[Program]:
    programs = Program.objects.visible_to(Sight(agencies)).order_by()
    return programs.values_list("year", "period_start__year", "period_end__year").distinct()


_SPANS, _SPANS_SEEN = Prepared(_spans_of), "spans_seen"


def working_year(request_year: str | None, years: list[int]) -> int:
    """The year asked for in the address; otherwise this year while it has programs, or the latest year that has.

    Why: a forwarded link shows everyone the same year, so no session remembers another.
    """
    asked = request_year or ""
    if asked.isascii() and asked.isdigit() and _EARLIEST_YEAR <= int(asked[:5]) <= _LATEST_YEAR:
        return int(asked)
    this_year = clock.today().year
    return this_year if this_year in years or not years else max(years)
