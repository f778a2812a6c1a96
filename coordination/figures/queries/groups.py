"""What the database counts for a year: narrow groups of ids alone, all of them from one reading of the tasks.

Why by hand: Django would read the year's tasks once for each group; here they are read once, as a set of a few columns,
and counted from there. The set is a queryset, so rights, judgement and year have their one home. Names come afterwards.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from agencies.models import AdminUnit
from coordination.figures.expressions import DaysBetween, MonthOf
from coordination.figures.scope import Scope, tasks_of, within
from coordination.figures.tally import Group, Part
from coordination.programs.models import Area
from coordination.programs.sight import ProgramsSeen
from coordination.tasks import judging
from coordination.tasks.enums import Bucket, RoleKind, Standing, TaskState
from coordination.tasks.models import Target, TaskQuerySet, TaskRole
from coordination.tasks.queries import past

_AREA, _TARGET, _UNIT = (model._meta.db_table for model in (Area, Target, AdminUnit))
# Words are counted as numbers, two small ones as one: fewer columns are grouped sooner.
_BUCKETS, _STANDINGS = tuple(Bucket), tuple(Standing)
_STEP, _CODE_STEP = 16, 256
_MARKS = ("once", "leads", "leads_first")
_COLUMNS = (
    "task_id", "program_id", "area_id", "bucket", "standing", "due_month", "done_month", "late_days", "value", "counts",
)  # fmt: skip
_CODES = {
    "area_code": f"area_id * {_STEP} + bucket",
    "due_code": f"COALESCE(due_month + 1, 0) * {_STEP} + bucket",
    "done_code": f"standing * {_STEP} + COALESCE(done_month + 1, 0)",
}


@dataclass(frozen=True)
class AreaLabel:
    """An area as tables name it, whose it is, and in the order its unit gave it."""

    code: str
    name: str
    position: int
    unit: str
    unit_id: int


@dataclass
class Counted:
    """The groups of a scope, a year and a day. Groups of no task stand for what could be chosen but for narrowing.

    Shape: `places` by program, area and bucket; `parts` of each agency by bucket and month of the deadline; `months`
    by bucket, standing and months.
    """

    places: list[Group] = field(default_factory=list)
    parts: dict[int, list[Part]] = field(default_factory=lambda: defaultdict(list))
    months: list[Group] = field(default_factory=list)
    areas: dict[int, AreaLabel] = field(default_factory=dict)
    measured: int = 0
    reached: int = 0
    exceeded: int = 0


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
    for kind, key, code, n, led, first, *told in rows:
        if kind == "part":
            due, bucket = divmod(code, _STEP)
            found.parts[key].append(Part(_BUCKETS[bucket], due - 1 if due else None, int(n), int(led), int(first)))
        else:
            _keep(found, kind, key, code, n, led, first, *told)
    return found


def _keep(found: Counted, kind: str, key: int, code: int, *told) -> None:
    n, more, most, label, place = told
    n, more, most = (int(count or 0) for count in (n, more, most))
    if kind == "area":
        words, name, unit = label.split("\n")
        found.areas[key] = AreaLabel(words, name, place, unit, code)
    elif kind == "target":
        found.measured, found.reached, found.exceeded = n, more, most
    elif kind == "place":
        area_id, bucket = divmod(code, _STEP)
        found.places.append(Group(_BUCKETS[bucket], "", n, program_id=key, area_id=area_id))
    else:
        due, bucket = divmod(code, _STEP)
        standing, done = divmod(key, _STEP)
        group = Group(_BUCKETS[bucket], _STANDINGS[standing], n, due_month=_month(due), done_month=_month(done))
        found.months.append(replace(group, late_days=more, most_late_days=most))


def _month(code: int) -> int | None:
    return code - 1 if code else None


def _statement(tasks: TaskQuerySet, scope: Scope, year: int, as_of: date) -> tuple[str, list]:
    """The statement and its values: the set of tasks, and what is counted of it and of the parts in its tasks."""
    tasks_sql, values = _tasks(tasks, scope, year, as_of).query.sql_with_params()
    roles_sql, more = _roles(scope.roles_on_day(as_of)).query.sql_with_params()
    counted = "\nUNION ALL ".join(_parts(roles_sql))
    coded = ", ".join(("task_id", "program_id", "area_id", "late_days", "value", "counts", *_codes()))
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
            bucket_code=judging.bucket_of_counted(facts, as_of, said=_BUCKETS.index),
            standing_code=judging.standing(facts, as_of, said=_STANDINGS.index),
            counts=_mark(within(scope, as_of=as_of)),
        )
        .order_by()
        .values_list(
            "pk", "program_id", "area_id", "bucket_code", "standing_code", "due_month", "done_month", "late_days",
            facts.last_value, "counts",
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
    """One SELECT for each kind of group; their columns are those `_keep` takes."""
    yield (
        f"SELECT 'area', a.id, u.id, 0, 0, 0, a.code || '\n' || a.name || '\n' || u.current_name, a.position "
        f"FROM {_AREA} a JOIN {_UNIT} u ON u.id = a.unit_id WHERE a.id IN (SELECT area_id FROM base)"
    )
    yield _select("place", "program_id", "area_code", "SUM(counts)")
    yield _select("month", "done_code", "due_code", "COUNT(*)", "SUM(late_days)", "MAX(late_days)", where="counts = 1")
    counts = (f"SUM(counts * r.{mark}) AS {mark}" for mark in _MARKS)
    parts = f"base JOIN ({roles_sql}) AS r ON r.task_id = base.task_id"
    # One key, so that PostgreSQL counts by hashing: of two it fears too many and sorts all parts first.
    counted = f"SELECT agency_then * {_CODE_STEP} + due_code AS code, {', '.join(counts)} FROM {parts} GROUP BY 1"
    yield (
        f"SELECT 'part', code / {_CODE_STEP}, code %% {_CODE_STEP}, once, leads, leads_first, '', 0 "
        f"FROM ({counted}) AS counted"
    )
    reached, exceeded = (f"SUM(CASE WHEN base.value {by} t.value THEN 1 ELSE 0 END)" for by in (">=", ">"))
    measured = f"base JOIN {_TARGET} t ON t.task_id = base.task_id AND t.position = 1 WHERE counts = 1"
    yield f"SELECT 'target', 0, 0, COUNT(t.value), {reached}, {exceeded}, '', 0 FROM {measured}"


def _select(
    kind: str, key: str, code: str, n: str, more: str = "0", most: str = "0", *, source: str = "base", where: str = ""
) -> str:
    only = f" WHERE {where}" if where else ""
    return f"SELECT '{kind}', {key}, {code}, {n}, {more}, {most}, '', 0 FROM {source}{only} GROUP BY {key}, {code}"


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
