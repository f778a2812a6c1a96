from collections.abc import Iterable

from django.db.models import Aggregate, Max, Q, QuerySet, TextField

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.enums import SETTLED_STATES
from coordination.programs.models import Program
from coordination.programs.sight import ProgramsSeen
from records import clock
from records.prepared import Prepared

_SPAN = ("year", "period_start__year", "period_end__year")
Span = tuple[int, int, int]
Period = tuple[int, int, int, int, str]
_EARLIEST_YEAR, _LATEST_YEAR = 1945, 2200


def periods_seen(actor: Membership | None) -> list[Period]:
    """The programs an actor sees: year, first and last year of the period, whether it makes them, and their keys.

    One query, asked once while a page is read. The frame of every page asks for years only: `years_of`. Why the keys
    come as one text for all programs alike: a province sees thousands of programs and looks at those of a year.
    """
    return actor.asked_once("periods_seen", lambda: _periods(actor)) if works_on_content(actor) else []


def _periods(actor: Membership) -> list[Period]:
    rows = _PERIODS.rows(agencies=tuple(actor.agency_ids()))
    return [(named, int(first), int(last), made, keys) for named, first, last, made, keys in rows]


def _periods_of(agencies: tuple[int, ...]) -> QuerySet[Program]:
    sight = Sight(agencies)
    programs = Program.objects.visible_to(sight).mark_made_by(sight).order_by()
    alike = programs.values(*_SPAN, "is_made")
    return alike.annotate(keys=_Written("pk")).values_list(*alike.query.values_select, "is_made", "keys")


_PERIODS = Prepared(_periods_of)


class _Written(Aggregate):
    """Keys one after the other in a text."""

    function, template = "GROUP_CONCAT", "%(function)s(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        """As PostgreSQL says it."""
        template = "%(function)s(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template, **context)


def programs_covering(actor: Membership | None, year: int | None = None) -> ProgramsSeen:
    """The programs an actor sees whose period touches a calendar year, as `covering` finds them; or all of them."""
    seen = periods_seen(actor)
    covering = [(keys, made) for _named, first, last, made, keys in seen if year is None or first <= year <= last]
    made, others = (_keys(keys for keys, is_made in covering if bool(is_made) is kind) for kind in (True, False))
    return ProgramsSeen(made, others)


def _keys(written: Iterable[str]) -> frozenset[int]:
    return frozenset(int(key) for keys in written for key in keys.split(","))


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
        actor.asked_once(_SPANS_SEEN, lambda: {period[:3] for period in periods_seen(actor)})


def _spans(actor: Membership) -> set[Span]:
    """The years and periods of the programs an actor sees, but for those that add nothing to those they make.

    Why so: which programs somebody only works in is found from all the tasks there are; the years to choose from seldom
    depend on it. One query, two where it may.
    """
    agencies = tuple(actor.agency_ids())
    rows = [(tuple(map(int, span)), made) for *span, made in _SPANS_MADE.rows(agencies=agencies)]
    made = {span for span, is_made in rows if is_made}
    if all(_adds_nothing(span, made) for span, is_made in rows if not is_made):
        return made
    return {tuple(map(int, row)) for row in _SPANS.rows(agencies=agencies)}


def _adds_nothing(span: Span, made: set[Span]) -> bool:
    known = {year for each in made for year in _years_in(each)}
    return span[0] <= max((named for named, _first, _last in made), default=0) and known.issuperset(_years_in(span))


def _years_in(span: Span) -> set[int]:
    named, first, last = span
    return {named, *range(first, last + 1)}


def _spans_made(agencies: tuple[int, ...]) -> QuerySet[Program]:
    """The spans of all programs somebody who works in their tasks may see, each with whether one of them is made."""
    sight = Sight(agencies)
    programs = Program.objects.mark_made_by(sight).filter(Q(state__in=SETTLED_STATES) | Q(is_made=1)).order_by()
    return programs.values(*_SPAN).annotate(made=Max("is_made")).values_list(*_SPAN, "made")


def _spans_of(agencies: tuple[int, ...]) -> QuerySet[Program]:
    return Program.objects.visible_to(Sight(agencies)).order_by().values_list(*_SPAN).distinct()


_SPANS_MADE, _SPANS, _SPANS_SEEN = Prepared(_spans_made), Prepared(_spans_of), "spans_seen"


def working_year(request_year: str | None, years: list[int]) -> int:
    """The year asked for in the address; otherwise this year while it has programs, or the latest year that has.

    Why: a forwarded link shows everyone the same year, so no session remembers another.
    """
    asked = request_year or ""
    if asked.isascii() and asked.isdigit() and _EARLIEST_YEAR <= int(asked[:5]) <= _LATEST_YEAR:
        return int(asked)
    this_year = clock.today().year
    return this_year if this_year in years or not years else max(years)
