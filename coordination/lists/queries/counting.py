"""Every count of a list page in one statement: the filter groups, the ready views, the groups of rows.

Why by hand: each filter group counts the tasks the other groups let through. Django would read the year's tasks once
for each of them; here they are read once, as a set of marks, and counted from there. The set is the same queryset the
rows come from, so rights and filters have one home.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from agencies.access.scopes import Sight, Viewer
from agencies.models import Agency, Membership
from coordination.lists.filters import TaskFilters
from coordination.lists.queries.conditions import conditions_of, seen_among
from coordination.lists.queries.marks import mark_of
from coordination.programs.models import Area, Program
from coordination.programs.sight import ProgramsSeen
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import TaskQuerySet
from coordination.tasks.queries import past
from records.prepared import PreparedWords

_COLUMNS = {
    "task_id": "pk", "program_id": "program_id", "area_id": "area_id", "deadline": "deadline", "standing": "standing",
}  # fmt: skip
_JUDGED = ("standing", "bucket")
_ORDERED = {"gte": ">=", "lte": "<=", "lt": "<"}
FACETS = ("status", "program", "area", "lead")
# Whoever coordinates a province has hundreds of programs and agencies: the largest are offered, others are looked for.
MOST_OPTIONS = 12
# As many addresses as a worker is asked for again and again; the statement of one is some ten thousand letters.
_KNOWN_ADDRESSES = 128
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
    key: int = 0


@dataclass
class Counts:
    """All counts of one address: `options` by filter group, `groups` by the key of what heads one.

    `sizes` tells how many options a group has when all are counted; `names` are the agencies a filter by involvement
    names, `mark` the marks of the programs at that moment.
    """

    total: int = 0
    found: int = 0
    views: list[int] = field(default_factory=list)
    options: dict[str, list[Counted]] = field(default_factory=lambda: {key: [] for key in FACETS})
    sizes: dict[str, int] = field(default_factory=dict)
    groups: dict[int, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    mark: str = ""


def counts_of(
    actor: Membership,
    filters: TaskFilters,
    views: Sequence[TaskFilters],
    *,
    programs: ProgramsSeen,
    today: date,
    whole: Iterable[str] = (),
) -> Counts:
    """What the filters, each of their groups and each view would show of the tasks seen in the year. One query.

    Of a group with many options the largest come, and those chosen; of the groups named in `whole` all of them.
    `programs` are those of the year the actor was just found to see.
    """
    counts = Counts(views=[0] * len(views))
    if not programs.keys:
        return counts
    asked = _asked(filters, tuple(views), frozenset(whole), today)
    try:
        rows = asked.rows(agencies=tuple(sorted(actor.agency_ids())), made=programs.made, others=programs.others)
    except EmptyResultSet:
        return counts
    for kind, value, label, place, count, size, key in rows:
        _keep(counts, kind, Counted(value, label, place, int(count or 0), key), size)
    return counts


@lru_cache(maxsize=_KNOWN_ADDRESSES)
def _asked(filters: TaskFilters, views: tuple[TaskFilters, ...], whole: frozenset[str], today: date) -> PreparedWords:
    """The statement of one address: only who asks is a value given each time."""

    def write(agencies: tuple[int, ...], made: frozenset[int], others: frozenset[int]) -> tuple[str, list]:
        sight = Sight(agencies)
        seen = seen_among(sight, filters.year, ProgramsSeen(made, others), on=filters.day or today)
        return _Statement(sight, filters, views, seen, whole, mark_of(made | others)).written()

    return PreparedWords(write)


def _keep(counts: Counts, kind: str, one: Counted, size: int) -> None:
    if kind in counts.options:
        counts.options[kind].append(one)
        counts.sizes[kind] = size
    elif kind == "group":
        counts.groups[one.place] = one.count
    elif kind == "name":
        counts.names[one.value] = one.label
    elif kind == "mark":
        counts.mark = one.value
    else:
        counts.total, counts.found, *counts.views = map(int, one.value.split())


class _Statement:
    """The statement of one address. Its set `base` has a row a task and a mark 0 or 1 for each thing asked for;
    `alike` has one for all tasks of a program that have the same standing and marks, and how many `n` they are: some
    thousand where a year has ten times as many. Areas and leads, which differ more, are counted task by task.

    Why the set `judged` is kept: a condition on what was judged is marked from it, so each task is judged once. What is
    asked of the standing alone is no mark of a task, for tasks that are alike have the same. Columns no index holds,
    the section among them, are read where they are asked for.
    """

    def __init__(
        self,
        actor: Viewer,
        filters: TaskFilters,
        views: Sequence[TaskFilters],
        seen: TaskQuerySet,
        whole: Collection[str],
        mark: str,
    ):
        self.filters, self.seen, self.whole, self.mark = filters, seen, whole, mark
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
        counted, sought = self._counted()
        keys = ", ".join(("program_id", "standing", *shown, *self._named(by_task=True)))
        marks, told = self._marking(by_task=None)
        later, told_later = self._marking(by_task=False)
        return (
            f"WITH judged ({names}) AS MATERIALIZED ({sql}),\n"
            f"base AS NOT MATERIALIZED (SELECT judged.*{marks} FROM judged),\n"
            f"alike AS MATERIALIZED (SELECT k.*{later} FROM "
            f"(SELECT {keys}, COUNT(*) AS n FROM base GROUP BY {keys}) k),\n"
            f"part ({_PART}) AS NOT MATERIALIZED ({roles_sql})\n{counted}",
            [*values, *told, *told_later, *more, *sought],
        )

    def _named(self, *, by_task: bool | None) -> list[str]:
        return [name for (test, _values), name in self.plain.items() if by_task in (None, not _of_standing(test))]

    def _marking(self, *, by_task: bool | None) -> tuple[str, list]:
        """The marks as further columns with their values: of each task, of tasks that are alike, or all."""
        chosen = {name: told for told, name in self.plain.items() if name in self._named(by_task=by_task)}
        columns = "".join(f", CASE WHEN {test} THEN 1 ELSE 0 END AS {name}" for name, (test, _v) in chosen.items())
        return columns, [value for _test, values in chosen.values() for value in values]

    def _counted(self) -> tuple[str, list]:
        """The counts one below the other, and their values."""
        parts = list(self._parts())
        return "\nUNION ALL ".join(sql for sql, _values in parts), [value for _sql, told in parts for value in told]

    def _parts(self) -> Iterator[tuple[str, Sequence[str]]]:
        yield f"SELECT 'whole', {self._whole()}, '', 0, 0, 0, 0 FROM alike", ()
        yield f"SELECT 'mark', ({self.mark}), '', 0, 0, 0, 0", ()
        yield f"SELECT 'status', standing, '', 0, {self._of_all('status')}, 0, 0 FROM alike GROUP BY standing", ()
        programs, areas = f"{self._of_all('program')} AS n FROM alike", f"{self._sum('area')} AS n FROM base"
        leads = f"{self._sum('lead')} AS n FROM base {_LEADS}"
        yield self._worded("program", "program_id", _PROGRAM, "x.short_title AS label, 0 AS place", programs)
        yield self._worded("area", "area_id", _AREA, "x.name AS label, x.position AS place", areas)
        yield self._worded(
            "lead", "agency_id", _AGENCY, "x.current_short_name AS label, x.protocol_order AS place", leads
        )
        yield from ((sql, ()) for sql in self._groups())
        if self.filters.involves:
            codes = ", ".join(["%s"] * len(self.filters.involves))
            yield (
                f"SELECT 'name', x.code, x.current_short_name, 0, 0, 0, x.id FROM {_AGENCY} x "
                f"WHERE x.code IN ({codes}) AND EXISTS "
                f"(SELECT 1 FROM part r JOIN base ON base.task_id = r.task_id WHERE r.agency_id = x.id)",
                self.filters.involves,
            )

    def _worded(self, key: str, column: str, table: str, words: str, counted: str) -> tuple[str, Sequence[str]]:
        """Counts by a relation with the words of the row at its other end: the chosen ones, then the largest."""
        chosen = [code.upper() if key == "program" else code for code in self.filters.chosen(key)]
        is_chosen = f"x.code IN ({', '.join(['%s'] * len(chosen))})" if chosen else "1 = 0"
        few = "" if key in self.whole else f" WHERE o.turn <= {MOST_OPTIONS + len(chosen)}"
        return (
            f"SELECT '{key}', o.code, o.label, o.place, o.n, o.size, o.id FROM (SELECT x.id, x.code, {words}, g.n, "
            f"COUNT(*) OVER () AS size, ROW_NUMBER() OVER "
            f"(ORDER BY CASE WHEN {is_chosen} THEN 0 ELSE 1 END, g.n DESC, x.code) AS turn "
            f"FROM (SELECT {column}, {counted} GROUP BY {column}) g JOIN {table} x ON x.id = g.{column}) o{few}",
            chosen,
        )

    def _groups(self) -> Iterator[str]:
        if self.filters.group == "area":
            yield f"SELECT 'group', '', '', area_id, {self._sum()}, 0, 0 FROM base GROUP BY area_id"
        if self.filters.group == "agency":
            first = f"{_LEADS} AND r.position = 1"
            yield f"SELECT 'group', '', '', r.agency_id, {self._sum()}, 0, 0 FROM base {first} GROUP BY r.agency_id"
        if self.filters.group == "section":
            key = "COALESCE(section_id, -program_id)"
            yield f"SELECT 'group', '', '', {key} AS k, {self._sum()}, 0, 0 FROM base GROUP BY k"

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


def _of_standing(test: str) -> bool:
    """Whether a test asks for nothing that differs between tasks that are alike."""
    return "deadline" not in test and "bucket" not in test


def _compared(lookup: str, value: Any) -> tuple[str, tuple] | None:
    column, _, how = lookup.partition("__")
    if column in _JUDGED and how == "in":
        return f"{column} IN ({', '.join(['%s'] * len(value))})", tuple(value)
    if column == "deadline" and how in _ORDERED:
        return f"deadline {_ORDERED[how]} %s", (connection.ops.adapt_datefield_value(value),)
    return None


def _mark(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
