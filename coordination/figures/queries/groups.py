"""What the database counts for a year: a row for each program, area, agency and month, from one reading of the tasks.

Why by hand: Django would read the year's tasks once for each group; here they are read once, as a set of a few columns,
and counted from there. The set is a queryset, so rights, judgement and year have their one home. What an agency did
month by month comes as one short text, which is read only where a table shows it: a province has ten thousand of these.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from coordination.figures.expressions import DaysBetween, MonthOf
from coordination.figures.queries.counts import BUCKETS, STANDINGS, STEP, Row
from coordination.figures.queries.silence import moves_in
from coordination.figures.scope import Scope, narrowed, tasks_of, within
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import Bucket, RoleKind, Standing, TaskState
from coordination.tasks.models import Target, TaskQuerySet, TaskRole
from coordination.tasks.queries import past

_TARGET = Target._meta.db_table
_CODE_STEP, _AGENCIES = 256, 1 << 24
_MARKS = ("once", "leads", "leads_first")
_COLUMNS = (
    "task_id", "program_id", "area_id", "bucket", "standing", "due_month", "done_month", "late_days", "value",
    "reported", "counts",
)  # fmt: skip
_UNFINISHED = f"bucket IN ({BUCKETS.index(Bucket.IN_TIME)}, {BUCKETS.index(Bucket.OVERDUE)})"
_CODES = {
    "due_code": f"COALESCE(due_month + 1, 0) * {STEP} + bucket",
    "done_code": f"standing * {STEP} + COALESCE(done_month + 1, 0)",
    "unfinished": f"CASE WHEN {_UNFINISHED} AND standing <> {STANDINGS.index(Standing.NOT_COMPLETED)} "
    "THEN counts ELSE 0 END",
}
_SUMS, _FIRST = ("n0", "n1", "n2", "n3", "n4"), ("f0", "f1", "f2", "f3", "f4")
_LISTED = {
    "postgresql": "STRING_AGG(due || ':' || once, ' ') FILTER (WHERE once > 0)",
    "sqlite": "GROUP_CONCAT(due || ':' || once, ' ') FILTER (WHERE once > 0)",
}
# What only agencies have.
_NONE = "0, 0, 0, 0, 0, 0, '', 0"
Beside = Iterable[tuple[str, QuerySet]]


def rows_of(
    scope: Scope, year: int, programs: ProgramsSeen, *, as_of: date, apart: bool = False, beside: Beside = ()
) -> list[Row]:
    """Each task once, and once more for every agency with a part in it; one query.

    `programs` are those of the year the actor sees. Why they are named: whoever sees a task sees its program,
    so nothing is lost, and the database reads the tasks of these programs by an index and not those of all years.
    With `apart` every program is counted by itself. `beside` are kinds of further rows to read at the same moment:
    querysets of home, key, number and moment.
    """
    tasks = tasks_of(scope, year, as_of=as_of, programs=programs)
    if not past.is_past(as_of):
        # Who is silent is known of today alone.
        moves = moves_in(narrowed(scope, tasks, as_of=as_of), apart=apart)
        beside = [*beside, *(("move", each) for each in moves)]
    try:
        statement, values = _statement(tasks.filter(past.facts_on(as_of).is_counted), scope, year, as_of, apart, beside)
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [Row(*row) for row in cursor.fetchall()]


def _statement(
    tasks: TaskQuerySet, scope: Scope, year: int, as_of: date, apart: bool, beside: Beside
) -> tuple[str, list]:
    """The statement and its values: the set of tasks, what is counted of it and of the parts in its tasks, the rest."""
    tasks_sql, values = _tasks(tasks, scope, year, as_of).query.sql_with_params()
    roles_sql, more = _roles(scope.roles_on_day(as_of)).query.sql_with_params()
    home = "program_id" if apart else "0"
    parts, values = [*_parts(roles_sql, home)], [*values, *more]
    for kind, told in beside:
        told_sql, more = told.query.sql_with_params()
        parts.append(
            f"SELECT '{kind}', home, key, number, 0, 0, 0, 0, {_NONE}, moment FROM ({told_sql}) AS {kind}s_told"
        )
        values += more
    kept = ("task_id", "program_id", "area_id", "bucket", "late_days", "value", "reported", "counts")
    base = f"SELECT {', '.join((*kept, *_codes()))} FROM task"
    tasks = f"WITH task ({', '.join(_COLUMNS)}) AS ({tasks_sql}), base AS MATERIALIZED ({base})"
    counted = "\nUNION ALL ".join(parts)
    return f"{tasks}\n{counted}", values


def _codes() -> Iterator[str]:
    return (f"{sum_of} AS {name}" for name, sum_of in _CODES.items())


def _tasks(tasks: TaskQuerySet, scope: Scope, year: int, as_of: date) -> TaskQuerySet:
    facts = past.facts_on(as_of)
    confirmed = facts.has_state(TaskState.COMPLETED)
    late = confirmed & judging.late(facts)
    return (
        tasks.annotate(
            due_month=_month_in(facts.deadline, year),
            done_month=_month_in(facts.completed_on, year, confirmed),
            late_days=Case(When(late, then=DaysBetween(facts.deadline, facts.completed_on)), default=Value(0)),
            bucket_code=judging.bucket_of_counted(facts, as_of, said=BUCKETS.index),
            standing_code=judging.standing(facts, as_of, said=STANDINGS.index),
            counts=_mark(within(scope, as_of=as_of)),
            reported=Cast(Value(None), DateTimeField()) if past.is_past(as_of) else F("last_reported_at"),
        )
        .order_by()
        .values_list(
            "pk", "program_id", "area_id", "bucket_code", "standing_code", "due_month", "done_month", "late_days",
            facts.last_value, "reported", "counts",
        )
    )  # fmt: skip


def _roles(day: date | None) -> QuerySet[TaskRole]:
    """Every part in a task: whose it is, whether its agency counts for it, as leading, as leading first.

    Why: an agency may have several parts in a task, through bodies and office-holders, and is counted once for them.
    """
    roles, whole, lead = past.roles_on(day).order_by(), Q(body="", office=None), Q(kind=RoleKind.LEAD)
    same = past.roles_on(day).filter(task_id=OuterRef("task_id"), agency_then=OuterRef("agency_then"))
    ahead = TaskRole.objects.filter(lead, task_id=OuterRef("task_id"), position__lt=OuterRef("position"))
    own_ahead = same.filter(lead, position__lt=OuterRef("position"))
    # The agency as a whole has one part at most; on an earlier day it may have had that of a predecessor too.
    once = ~Q(Exists(same.filter(pk__lt=OuterRef("pk"))))
    if day is None:
        once = whole | ~Q(Exists(same.filter(whole | Q(pk__lt=OuterRef("pk")))))
    first, leads = (lead & (Q(position=1) | ~Q(Exists(other))) for other in (ahead, own_ahead))
    marked = roles.annotate(once=_mark(once), leads=_mark(leads), leads_first=_mark(first))
    return marked.values_list("task_id", "agency_then", *_MARKS)


def _parts(roles_sql: str, home: str) -> Iterator[str]:
    """One SELECT for each kind of group; their columns are those of a row of the count, typed by the first of them."""
    yield from (_of_agencies(roles_sql, home), _of("area", home), _of("program", home))
    yield (
        f"SELECT 'month', home, done_code, due_code, COUNT(*), SUM(late_days), MAX(late_days), 0, {_NONE}, NULL "
        f"FROM (SELECT {home} AS home, done_code, due_code, late_days FROM base WHERE counts > 0) AS counted "
        "GROUP BY home, done_code, due_code"
    )
    reached, exceeded = (f"SUM(CASE WHEN value {by} target THEN 1 ELSE 0 END)" for by in (">=", ">"))
    measured = (
        f"SELECT {home} AS home, base.value, t.value AS target "
        f"FROM base JOIN {_TARGET} t ON t.task_id = base.task_id AND t.position = 1 WHERE counts > 0"
    )
    yield (
        f"SELECT 'target', home, 0, COUNT(target), {reached}, {exceeded}, 0, 0, {_NONE}, NULL "
        f"FROM ({measured}) AS measured GROUP BY home"
    )


def _of_agencies(roles_sql: str, home: str) -> str:
    marked = (
        *(f"SUM(counts * r.{mark}) AS {mark}" for mark in _MARKS),
        "SUM(unfinished * r.once) AS unfinished",
        "MAX(CASE WHEN counts * r.leads > 0 THEN reported END) AS moved_at",
    )
    # One key, so that PostgreSQL counts by hashing: of several it fears too many and sorts all parts first.
    of_agency = (
        f"SELECT ({home} * {_AGENCIES} + agency_then) * {_CODE_STEP} + due_code AS code, {', '.join(marked)} "
        f"FROM base JOIN ({roles_sql}) AS r ON r.task_id = base.task_id GROUP BY 1"
    )
    split = (
        f"SELECT code / {_CODE_STEP * _AGENCIES} AS home, code / {_CODE_STEP} %% {_AGENCIES} AS agency, "
        f"code %% {_CODE_STEP} AS due, code %% {STEP} AS bucket, once, leads, leads_first, unfinished, moved_at "
        f"FROM ({of_agency}) AS of_agency"
    )
    second = _whole("SUM(leads) - SUM(leads_first)")
    return (
        f"SELECT 'part', home, agency, {_by_bucket('once', _SUMS)}, {_by_bucket('leads_first', _FIRST)}, {second}, "
        f"COALESCE({_LISTED[connection.vendor]}, ''), {_whole('SUM(unfinished)')}, MAX(moved_at) "
        f"FROM ({split}) AS split GROUP BY home, agency"
    )


def _of(kind: str, home: str) -> str:
    """The buckets of each area or program."""
    counted = f"SELECT {home} AS home, {kind}_id AS key, bucket, counts FROM base"
    return (
        f"SELECT '{kind}', home, key, {_by_bucket('counts', _SUMS)}, {_NONE}, NULL "
        f"FROM ({counted}) AS counted GROUP BY home, key"
    )


def _by_bucket(column: str, names: tuple[str, ...]) -> str:
    """A column added up for each bucket."""
    return ", ".join(
        f"{_whole(f'SUM({column}) FILTER (WHERE bucket = {place})')} AS {name}" for place, name in enumerate(names)
    )


def _whole(total: str) -> str:
    """A sum as a whole number. Why: PostgreSQL adds up big ones as decimals."""
    return f"CAST(COALESCE({total}, 0) AS BIGINT)"


def _month_in(column: str, year: int, known: Q | None = None) -> Case:
    """The month of a day in the year, 0 for a day before it; a completion counts once it is confirmed."""
    known = known or Q()
    return Case(
        When(known & Q(**{f"{column}__year": year}), then=MonthOf(column)),
        When(known & Q(**{f"{column}__year__lt": year}), then=Value(0)),
        output_field=IntegerField(),
    )


def _mark(condition: Q) -> Case | Value:
    if not condition:
        return Value(1)
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
