"""Whole programs counted once: their rows are kept by the process and hold until one of their tasks changes.

Rule: R-FIG-23. What tells is the sum of a program's marks, read in the same statement as its count: whoever finds
another sum counts that program anew. A deadline that passes changes no task, so a count also ends with the day of the
next one. Only whoever makes a program sees all its tasks, so only they are told what is kept of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BigIntegerField, DateField, DateTimeField, F, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from agencies.models import Membership
from coordination.figures.expressions import DaysBetween
from coordination.figures.models import ProgramMark
from coordination.figures.queries.counts import Row
from coordination.figures.queries.groups import Beside, rows_of
from coordination.figures.queries.sums import Sums
from coordination.figures.scope import Scope, tasks_of
from coordination.programs.sight import ProgramsSeen
from coordination.tasks.enums import TaskState
from records.keys import one_of
from records.shelf import Shelf

_PROGRAMS, _TOGETHER = Shelf(most=8_000), Shelf(most=16)
_RUNNING = Q(state__in=(TaskState.NOT_STARTED, TaskState.IN_PROGRESS))


@dataclass(frozen=True)
class _Kept:
    """What was counted, under which marks, from which day on and until which."""

    counted: list[Row] | Sums
    marks: int | dict[int, int]
    since: date
    until: date

    def holds(self, marks: int | dict[int, int], day: date) -> bool:
        return self.marks == marks and self.since <= day <= self.until


def sums_of(actor: Membership, year: int, programs: frozenset[int], *, as_of: date) -> Sums:
    """All tasks of programs the actor makes, in a year, as they stand on a day that is not over; not to be added to.

    Two queries, one where nothing has changed since they were asked for last.
    """
    told = dict(_marks(programs).values_list("home", "number"))
    marks = {program: told.get(program) for program in programs}
    together = _TOGETHER.get((year, programs))
    if together is None or not together.holds(marks, as_of):
        together = _together(_each(actor, year, marks, as_of), as_of)
        _TOGETHER.put((year, programs), together)
    return together.counted


def _each(actor: Membership, year: int, marks: dict[int, int | None], as_of: date) -> dict[int, _Kept]:
    """Each program as it was kept, or counted anew."""
    kept = {program: _PROGRAMS.get((year, program)) for program in marks}
    old = frozenset(pk for pk, one in kept.items() if one is None or not one.holds(marks[pk], as_of))
    if old:
        counted = _counted(actor, year, old, as_of)
        for program, one in counted.items():
            _PROGRAMS.put((year, program), one)
        kept |= counted
    return kept


def _together(kept: dict[int, _Kept], as_of: date) -> _Kept:
    sums = Sums(row for one in kept.values() for row in one.counted)
    until = min((one.until for one in kept.values()), default=date.max)
    return _Kept(sums, {program: one.marks for program, one in kept.items()}, as_of, until)


def _counted(actor: Membership, year: int, programs: frozenset[int], as_of: date) -> dict[int, _Kept]:
    scope, seen = Scope(actor), ProgramsSeen(programs, frozenset())
    rows: dict[int, list[Row]] = {program: [] for program in programs}
    marks, left = {}, {}
    for row in rows_of(scope, year, seen, as_of=as_of, apart=True, beside=_beside(scope, year, seen, as_of)):
        if row.kind == "mark":
            marks[row.home] = row.n0
        elif row.kind == "days_left":
            left[row.home] = timedelta(row.n0)
        else:
            rows[row.home].append(row)
    return {pk: _Kept(rows[pk], marks.get(pk), as_of, as_of + left[pk] if pk in left else date.max) for pk in programs}


def _beside(scope: Scope, year: int, programs: ProgramsSeen, as_of: date) -> Beside:
    """What is read at the same moment: the marks, and how many days there are until a running task's next deadline."""
    yield "mark", _marks(programs.keys)
    running = tasks_of(scope, year, as_of=as_of, programs=programs).order_by().filter(_RUNNING, deadline__gte=as_of)
    left = Min(DaysBetween(Value(as_of, DateField()), "deadline"))
    yield "days_left", _told(running.values(home=F("program_id")).annotate(number=left))


def _marks(programs: frozenset[int]) -> QuerySet[ProgramMark]:
    marks = ProgramMark.objects.filter(one_of("program_id", programs)).order_by().values(home=F("program_id"))
    return _told(marks.annotate(number=Cast(Sum("mark"), BigIntegerField())))


def _told(rows: QuerySet) -> QuerySet:
    """Rows of home and number in the columns the count reads beside its own."""
    nothing = {"key": Cast(0, BigIntegerField()), "moment": Cast(Value(None), DateTimeField())}
    return rows.annotate(**nothing).values_list("home", "key", "number", "moment")
