"""Which programs an actor sees and which years they cover, kept by the process while it still holds.

Rule: R-SEE-18. Whoever asks sends along the sum of the marks it knows; the database answers with the sum there is, and
with the programs where it is another one: one statement, of one moment. Which agencies an actor acts for is asked anew
for every page.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Aggregate, QuerySet, TextField

from agencies.access.scopes import Sight, works_on_content
from agencies.models import Membership
from coordination.programs.marks import mark_of_agencies
from coordination.programs.models import Program
from coordination.programs.sight import ProgramsSeen
from records.prepared import Prepared
from records.shelf import Shelf

_SPAN = ("year", "period_start__year", "period_end__year")
Period = tuple[int, int, int, int, str]
_KEPT = Shelf(most=32)
_MOST_YEARS = 12


@dataclass
class Seen:
    """The programs of an actor's agencies by span, as they stood under a sum of marks; sets of keys made of them."""

    mark: str
    periods: tuple[Period, ...]
    covering: dict[int | None, ProgramsSeen] = field(default_factory=dict)

    def programs(self, year: int | None) -> ProgramsSeen:
        """Those whose period touches a year, or all of them."""
        known = self.covering.get(year)
        if known is None:
            known = _covering(self.periods, year)
            if len(self.covering) < _MOST_YEARS:
                self.covering[year] = known
        return known


_NOTHING = Seen("", ())


def seen_by(actor: Membership | None) -> Seen:
    """The programs an actor sees: named year, first and last year of the period, whether it makes them, their keys.

    One query, asked once while a page is read. Why the keys come as one text for all programs alike: a province sees
    thousands of programs and looks at those of a year.
    """
    return actor.asked_once("programs_seen", lambda: _seen(actor)) if works_on_content(actor) else _NOTHING


def programs_covering(actor: Membership | None, year: int | None = None) -> ProgramsSeen:
    """The programs an actor sees whose period touches a calendar year, as `covering` finds them; or all of them."""
    return seen_by(actor).programs(year)


def _seen(actor: Membership) -> Seen:
    agencies = tuple(sorted(actor.agency_ids()))
    known = _KEPT.get(agencies) or _NOTHING
    mark, rows = _PERIODS.rows_unless(mark_of_agencies(agencies), known.mark, agencies=agencies)
    if mark == known.mark:
        return known
    now = Seen(mark, tuple((named, int(first), int(last), made, keys) for named, first, last, made, keys in rows))
    _KEPT.put(agencies, now)
    return now


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


def _covering(periods: Iterable[Period], year: int | None) -> ProgramsSeen:
    found = [(keys, made) for _named, first, last, made, keys in periods if year is None or first <= year <= last]
    made, others = (_keys(keys for keys, is_made in found if bool(is_made) is kind) for kind in (True, False))
    return ProgramsSeen(made, others)


def _keys(written: Iterable[str]) -> frozenset[int]:
    return frozenset(int(key) for keys in written for key in keys.split(","))
