"""What the dashboard tells beside its figures: who is awaited, what was left, who is silent, what slipped.

Why in one statement: each of these is a few rows out of another room, and a page asks for all of them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    DurationField,
    Expression,
    F,
    IntegerField,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Lower

from agencies.models import Membership
from coordination.conferences.queries import with_conclusions_outstanding
from coordination.consultation.queries import answers_outstanding
from coordination.figures.queries.slippage import deadlines_moved, tasks_added, tasks_cancelled
from coordination.figures.scope import Scope, narrowed, tasks_of
from coordination.findings.queries import limitations_outstanding
from coordination.partyreports.queries import reports_outstanding
from coordination.programs.queries import signatures_outstanding, statements_outstanding
from coordination.programs.sight import ProgramsSeen


class FactKind(StrEnum):
    """What a fact is about."""

    SIGNATURE = "signature"
    ANSWER = "answer"
    STATEMENT = "statement"
    REPORT = "report"
    CONCLUSIONS = "conclusions"
    LIMITATIONS = "limitations"
    MOVED = "moved"
    ADDED = "added"
    CANCELLED = "cancelled"


class Fact(NamedTuple):
    """One row of the statement; what its columns hold depends on its kind.

    Shape: `key` is what leads to the thing, `place` its order among those of its kind.
    """

    kind: str
    key: str
    title: str
    who: str
    place: int
    number: int
    day: date | None
    span: timedelta | None


_TEXT, _NONE = CharField(), Value("", CharField())
_ONE, _NO_DAY = Value(1, IntegerField()), Cast(Value(None), DateField())
_NO_SPAN = Cast(Value(None), DurationField())


def facts_of(scope: Scope, year: int, *, as_of: date, today: date, counted: ProgramsSeen | None = None) -> list[Fact]:
    """The facts of a year for a scope's actor, in no order. One query.

    `counted` are the programs whose tasks the figures count, where they are known: the database then reads the tasks
    of these by an index, and not those of all years.

    Rule: R-DASH-3. Who is awaited and who is silent is known of today alone; of an earlier day only what slipped and
    what was reached is.
    """
    tasks = narrowed(scope, tasks_of(scope, year, as_of=as_of, programs=counted), as_of=as_of).order_by()
    parts = [*_slipped(tasks, as_of)]
    if as_of == today:
        parts += [*_awaited(scope, year), *_left(scope.actor, year, today)]
    return [Fact(*row) for row in parts[0].union(*parts[1:], all=True)]


def _awaited(scope: Scope, year: int) -> Iterator[QuerySet]:
    actor = scope.actor
    yield _shaped(
        _within(signatures_outstanding(actor), scope, "version__program_id", "party__agency_id"),
        FactKind.SIGNATURE,
        key=F("version__program__code"),
        title=F("version__program__short_title"),
        who=F("party__agency__current_short_name"),
        place=F("position"),
        day=F("version__sign_until"),
    )
    of_parties = {
        FactKind.ANSWER: (answers_outstanding(actor), F("until")),
        FactKind.STATEMENT: (statements_outstanding(actor), _NO_DAY),
        FactKind.REPORT: (_told_of(reports_outstanding(actor, year), scope), F("until")),
    }
    for kind, (parties, day) in of_parties.items():
        yield _shaped(
            _within(parties, scope, "program_id", "agency_id"),
            kind,
            key=F("program__code"),
            title=F("program__short_title"),
            who=F("agency__current_short_name"),
            place=F("letterhead_order"),
            day=day,
        )


def _told_of(parties: QuerySet, scope: Scope) -> QuerySet:
    """An official is reminded of the own agencies' reports only."""
    return parties.filter(agency_id__in=scope.actor.agency_ids()) if scope.own_only else parties


def _within(rows: QuerySet, scope: Scope, program: str, agency: str) -> QuerySet:
    if scope.program_ids is not None:
        rows = rows.filter(**{f"{program}__in": scope.program_ids})
    return rows if scope.agency_id is None else rows.filter(**{agency: scope.agency_id})


def _left(actor: Membership, year: int, today: date) -> Iterator[QuerySet]:
    """Conclusions and limitations without a task, by the conference and the round they lie in."""
    own = When(unit_id__in=actor.unit_ids(), then=_NONE)
    yield _shaped(
        with_conclusions_outstanding(actor, year),
        FactKind.CONCLUSIONS,
        key=F("half_day"),
        title=F("title"),
        who=Case(own, default=Lower("unit__code"), output_field=_TEXT),
        number=F("waiting"),
        day=F("held_on"),
    )
    parts = ("round__year", "round__period", "round__part", "round__number")
    yield _shaped(
        limitations_outstanding(actor, today),
        FactKind.LIMITATIONS,
        key=Concat(*(piece for part in parts for piece in (Cast(part, _TEXT), Value(" "))), output_field=_TEXT),
        place=F("repeated"),
        number=F("waiting"),
        day=F("round__cut_off_on"),
    )


def _slipped(tasks: QuerySet, as_of: date) -> Iterator[QuerySet]:
    told = {"key": F("program"), "title": F("title")}
    yield _shaped(deadlines_moved(tasks, as_of=as_of), FactKind.MOVED, **told, span=F("moved"))
    yield _shaped(tasks_added(tasks, as_of=as_of), FactKind.ADDED, **told, number=F("count"))
    yield _shaped(tasks_cancelled(tasks, as_of=as_of), FactKind.CANCELLED, **told, number=F("count"))


def _shaped(
    rows: QuerySet,
    kind: FactKind,
    *,
    key: Expression | F = _NONE,
    title: Expression | F = _NONE,
    who: Expression | F = _NONE,
    place: Expression | F = _ONE,
    number: Expression | F = _ONE,
    day: Expression | F = _NO_DAY,
    span: Expression | F = _NO_SPAN,
) -> QuerySet:
    """Rows of any room in the columns all share."""
    columns = {"key": key, "title": title, "who": who, "place": place, "number": number, "day": day, "span": span}
    named = {f"fact_{name}": column for name, column in columns.items()}
    rows = rows.order_by().annotate(fact_kind=Value(kind.value, CharField()), **named)
    return rows.values_list("fact_kind", *named)
