"""Every count of a list page in one statement: the filter groups, the ready views, the groups of rows.

Why by hand: each filter group counts the tasks the other groups let through. Django would read the year's tasks once
for each of them; here they are read once, as a set of marks, and counted from there. The set is the same queryset the
rows come from, so rights and filters have one home.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from agencies.models import Agency, Membership
from coordination.lists.filters import TaskFilters
from coordination.lists.queries.conditions import conditions_of
from coordination.programs.models import Area, Program
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import TaskQuerySet
from coordination.tasks.queries import past

_COLUMNS = {
    "task_id": "pk", "program_id": "program_id", "area_id": "area_id", "deadline": "deadline", "standing": "standing",
}  # fmt: skip
_JUDGED = ("standing", "bucket")
_ORDERED = {"gte": ">=", "lte": "<=", "lt": "<"}
FACETS = ("status", "program", "area", "lead")
_PROGRAM, _AREA, _AGENCY = (model._meta.db_table for model in (Program, Area, Agency))
_PART = "task_id, agency_id, kind, position"
_LEADS = f"JOIN part r ON r.task_id = base.task_id AND r.kind = '{RoleKind.LEAD.value}'"


@dataclass(frozen=True)
class Counted:
    """One value of a filter group, its words, its place and the tasks it would let through."""

    value: str
    label: str
    place: int
    count: int


@dataclass
class Counts:
    """All counts of one address: `options` by filter group, `groups` by the key of what heads one.

    `names` are the agencies a filter by involvement names.
    """

    total: int = 0
    found: int = 0
    views: list[int] = field(default_factory=list)
    options: dict[str, list[Counted]] = field(default_factory=lambda: {key: [] for key in FACETS})
    groups: dict[int, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def counts_of(actor: Membership, filters: TaskFilters, views: Sequence[TaskFilters], *, seen: TaskQuerySet) -> Counts:
    """What the filters, each of their groups and each view would show of the tasks seen in the year. One query."""
    counts = Counts(views=[0] * len(views))
    try:
        statement, values = _Statement(actor, filters, views, seen).written()
    except EmptyResultSet:
        return counts
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for kind, value, label, place, count in cursor.fetchall():
            _keep(counts, kind, value, label, place, int(count or 0))
    return counts


def _keep(counts: Counts, kind: str, value: str, label: str, place: int, count: int) -> None:
    if kind in counts.options:
        counts.options[kind].append(Counted(value, label, place, count))
    elif kind == "group":
        counts.groups[place] = count
    elif kind == "name":
        counts.names[value] = label
    else:
        counts.total, counts.found, *counts.views = map(int, value.split())


class _Statement:
    """The statement of one address. Its set `base` has a row a task and a mark 0 or 1 for each thing asked for;
    `alike` has one for all tasks of a program that have the same area, standing and marks, and how many `n` they are.

    Why the set `judged` is kept: a condition on what was judged is marked from it, so each task is judged once. Columns
    no index holds, the section among them, are read where they are asked for.
    """

    def __init__(self, actor: Membership, filters: TaskFilters, views: Sequence[TaskFilters], seen: TaskQuerySet):
        self.filters, self.seen = filters, seen
        self.plain: dict[tuple[str, tuple], str] = {}
        self.others: dict[str, Q] = {}
        self.marks = {key: self._marked(condition) for key, condition in conditions_of(filters, actor).items()}
        self.views = [[self._marked(each) for each in conditions_of(view, actor).values()] for view in views]

    def _marked(self, condition: Q) -> str:
        """The column that marks the tasks a condition lets through."""
        if (plain := _plain(condition)) is not None:
            return self.plain.setdefault(plain, f"mark_{len(self.plain)}")
        name = f"other_{len(self.others)}"
        self.others[name] = condition
        return name

    def written(self) -> tuple[str, list]:
        """The statement and its values."""
        shown = {name: _mark(condition) for name, condition in self.others.items()}
        columns = _COLUMNS | ({"section_id": "section_id"} if self.filters.group == "section" else {})
        columns |= {"bucket": "bucket"} if any("bucket" in test for test, _told in self.plain) else {}
        base = self.seen.annotate(**shown).order_by().values_list(*columns.values(), *shown)
        sql, values = base.query.sql_with_params()
        names = ", ".join((*columns, *shown))
        roles = past.roles_on(self.filters.day).order_by().values_list("task_id", "agency_then", "kind", "position")
        roles_sql, more = roles.query.sql_with_params()
        marks = "".join(
            f", CASE WHEN {test} THEN 1 ELSE 0 END AS {name}" for (test, _values), name in self.plain.items()
        )
        told = [value for _test, values in self.plain for value in values]
        counted = "\nUNION ALL ".join(self._parts())
        alike = ", ".join(("program_id", "area_id", "standing", *shown, *self.plain.values()))
        return (
            f"WITH judged ({names}) AS MATERIALIZED ({sql}),\n"
            f"base AS NOT MATERIALIZED (SELECT judged.*{marks} FROM judged),\n"
            f"alike AS MATERIALIZED (SELECT {alike}, COUNT(*) AS n FROM base GROUP BY {alike}),\n"
            f"part ({_PART}) AS NOT MATERIALIZED ({roles_sql})\n{counted}",
            [*values, *told, *more, *self.filters.involves],
        )

    def _parts(self) -> Iterator[str]:
        yield f"SELECT 'whole', {self._whole()}, '', 0, 0 FROM alike"
        yield f"SELECT 'status', standing, '', 0, {self._of_all('status')} FROM alike GROUP BY standing"
        yield _worded("program", _PROGRAM, "x.code, x.short_title, 0", f"{self._of_all('program')} AS n FROM alike")
        yield _worded("area", _AREA, "x.code, x.name, x.position", f"{self._of_all('area')} AS n FROM alike")
        yield _worded(
            "agency", _AGENCY, "x.code, x.current_short_name, x.protocol_order",
            f"{self._sum('lead')} AS n FROM base {_LEADS}", called="lead",
        )  # fmt: skip
        yield from self._groups()
        if self.filters.involves:
            codes = ", ".join(["%s"] * len(self.filters.involves))
            yield (
                f"SELECT 'name', x.code, x.current_short_name, 0, 0 FROM {_AGENCY} x WHERE x.code IN ({codes}) "
                f"AND EXISTS (SELECT 1 FROM part r JOIN base ON base.task_id = r.task_id WHERE r.agency_id = x.id)"
            )

    def _groups(self) -> Iterator[str]:
        if self.filters.group == "area":
            yield f"SELECT 'group', '', '', area_id, {self._of_all()} FROM alike GROUP BY area_id"
        if self.filters.group == "agency":
            first = f"{_LEADS} AND r.position = 1"
            yield f"SELECT 'group', '', '', r.agency_id, {self._sum()} FROM base {first} GROUP BY r.agency_id"
        if self.filters.group == "section":
            yield f"SELECT 'group', '', '', COALESCE(section_id, -program_id) AS k, {self._sum()} FROM base GROUP BY k"

    def _whole(self) -> str:
        """All tasks, those found and those of each view as one text, so that the set is read once for them."""
        sums = ["SUM(n)", self._of_all(), *(_product("n", *view) for view in self.views)]
        return " || ' ' || ".join(f"CAST(COALESCE({each}, 0) AS VARCHAR(20))" for each in sums)

    def _sum(self, leaving_out: str = "") -> str:
        """How many tasks carry every mark, one left out where a count must respect only the others."""
        return _product(*self._marks_but(leaving_out)) if self._marks_but(leaving_out) else "COUNT(*)"

    def _of_all(self, leaving_out: str = "") -> str:
        """The same, of tasks that are alike."""
        return _product("n", *self._marks_but(leaving_out))

    def _marks_but(self, leaving_out: str) -> list[str]:
        return [mark for key, mark in self.marks.items() if key != leaving_out]


def _worded(key: str, table: str, words: str, counted: str, *, called: str = "") -> str:
    """Counts by a relation, with the words of the row at its other end."""
    column = f"{key}_id"
    return (
        f"SELECT '{called or key}', {words}, g.n FROM (SELECT {column}, {counted} GROUP BY {column}) g "
        f"JOIN {table} x ON x.id = g.{column}"
    )


def _product(*marks: str) -> str:
    return f"SUM({' * '.join(marks)})"


def _plain(condition: Q) -> tuple[str, tuple] | None:
    """A condition on columns of the set as a test and its values; None where it asks for anything else."""
    if condition.negated or condition.connector != Q.AND:
        return None
    tests, values = [], []
    for child in condition.children:
        test = _plain(child) if isinstance(child, Q) else _compared(*child)
        if test is None:
            return None
        tests.append(test[0])
        values += test[1]
    return " AND ".join(tests), tuple(values)


def _compared(lookup: str, value: Any) -> tuple[str, tuple] | None:
    column, _, how = lookup.partition("__")
    if column in _JUDGED and how == "in":
        return f"{column} IN ({', '.join(['%s'] * len(value))})", tuple(value)
    if column == "deadline" and how in _ORDERED:
        return f"deadline {_ORDERED[how]} %s", (connection.ops.adapt_datefield_value(value),)
    return None


def _mark(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
