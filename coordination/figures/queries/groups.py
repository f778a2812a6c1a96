"""What the database counts for a year: a row for each program, area, agency and month, from one reading of the tasks.

Why by hand: Django would read the year's tasks once for each group; here they are read once, as a set of a few columns,
and counted from there. The set is a queryset, so rights, judgement and year have their one home. What an agency did
month by month comes as one short text, which is read only where a table shows it: a province has ten thousand of these.
"""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from agencies.models import AdminUnit
from coordination.figures.expressions import DaysBetween, MonthOf
from coordination.figures.queries.counts import BUCKETS, STANDINGS, STEP, Counted, keep
from coordination.figures.scope import Scope, tasks_of, within
from coordination.programs.models import Area, Program
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import Bucket, RoleKind, Standing, TaskState
from coordination.tasks.models import Target, TaskQuerySet, TaskRole
from coordination.tasks.queries import past

_AREA, _PROGRAM, _TARGET, _UNIT = (model._meta.db_table for model in (Area, Program, Target, AdminUnit))
_CODE_STEP = 256
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


def counted(scope: Scope, year: int, programs: ProgramsSeen, *, as_of: date) -> Counted:
    """Each task once, and once more for every agency with a part in it; one query.

    `programs` are those of the year the actor sees. Why they are named: whoever sees a task sees its program,
    so nothing is lost, and the database reads the tasks of these programs by an index and not those of all years.
    """
    found = Counted()
    tasks = tasks_of(scope, year, as_of=as_of, programs=programs).filter(past.facts_on(as_of).is_counted)
    try:
        statement, values = _statement(tasks, scope, year, as_of)
    except EmptyResultSet:
        return found
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    for row in rows:
        keep(found, *row)
    return found


def _statement(tasks: TaskQuerySet, scope: Scope, year: int, as_of: date) -> tuple[str, list]:
    """The statement and its values: the set of tasks, and what is counted of it and of the parts in its tasks."""
    tasks_sql, values = _tasks(tasks, scope, year, as_of).query.sql_with_params()
    roles_sql, more = _roles(scope.roles_on_day(as_of)).query.sql_with_params()
    counted = "\nUNION ALL ".join(_parts(roles_sql))
    kept = ("task_id", "program_id", "area_id", "bucket", "late_days", "value", "reported", "counts")
    coded = ", ".join((*kept, *_codes()))
    base = f"SELECT {coded} FROM task"
    tasks = f"WITH task ({', '.join(_COLUMNS)}) AS ({tasks_sql}), base AS MATERIALIZED ({base})"
    return f"{tasks}\n{counted}", [*values, *more]


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
            # Who is silent is known of today alone.
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


def _parts(roles_sql: str) -> Iterator[str]:
    """One SELECT for each kind of group; their columns are those the keepers take, typed by the first of them."""
    marked = (f"SUM(counts * r.{mark}) AS {mark}" for mark in _MARKS)
    marked = (
        *marked,
        "SUM(unfinished * r.once) AS unfinished",
        "MAX(CASE WHEN counts * r.leads > 0 THEN reported END) AS moved_at",
    )
    # One key, so that PostgreSQL counts by hashing: of two it fears too many and sorts all parts first.
    of_agency = (
        f"SELECT agency_then * {_CODE_STEP} + due_code AS code, {', '.join(marked)} "
        f"FROM base JOIN ({roles_sql}) AS r ON r.task_id = base.task_id GROUP BY 1"
    )
    split = (
        f"SELECT code / {_CODE_STEP} AS agency, code %% {_CODE_STEP} AS due, code %% {STEP} AS bucket, "
        f"once, leads, leads_first, unfinished, moved_at FROM ({of_agency}) AS of_agency"
    )
    second = _whole("SUM(leads) - SUM(leads_first)")
    yield (
        f"SELECT 'part', agency, {_by_bucket('once', _SUMS)}, {_by_bucket('leads_first', _FIRST)}, {second}, "
        f"{_LISTED[connection.vendor]}, {_whole('SUM(unfinished)')}, MAX(moved_at) "
        f"FROM ({split}) AS split GROUP BY agency"
    )
    home = f"{_AREA} n ON n.id = pk JOIN {_UNIT} u ON u.id = n.unit_id"
    for kind, named, words, place in (
        ("area", home, "n.name || '\n' || u.id || '\n' || u.current_name", "n.position"),
        ("program", f"{_PROGRAM} n ON n.id = pk", "n.short_title", "0"),
    ):
        sums = f"SELECT {kind}_id AS pk, {_by_bucket('counts', _SUMS)} FROM base GROUP BY {kind}_id"
        yield (
            f"SELECT '{kind}', pk, {', '.join(_SUMS)}, 0, 0, 0, 0, 0, 0, n.code || '\n' || {words}, {place}, NULL "
            f"FROM ({sums}) AS sums JOIN {named}"
        )
    none = "0, 0, 0, 0, 0, 0, '', 0, NULL"
    yield (
        f"SELECT 'month', done_code, due_code, COUNT(*), SUM(late_days), MAX(late_days), 0, {none} "
        "FROM base WHERE counts > 0 GROUP BY done_code, due_code"
    )
    reached, exceeded = (f"SUM(CASE WHEN base.value {by} t.value THEN 1 ELSE 0 END)" for by in (">=", ">"))
    measured = f"base JOIN {_TARGET} t ON t.task_id = base.task_id AND t.position = 1 WHERE counts > 0"
    yield f"SELECT 'target', 0, COUNT(t.value), {reached}, {exceeded}, 0, 0, {none} FROM {measured}"


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
