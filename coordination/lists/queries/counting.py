"""Every count of a list page in one statement: the filter groups, the ready views, the groups of rows.

Why by hand: each filter group counts the tasks the other groups let through. Django would read the year's tasks once
for each of them; here they are read once, as a set of marks, and counted from there. The set is the same queryset the
rows come from, so rights and filters have one home.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
    """The statement of one address. Its set `base` has a row a task and a mark 0 or 1 for each thing asked for."""

    def __init__(self, actor: Membership, filters: TaskFilters, views: Sequence[TaskFilters], seen: TaskQuerySet):
        self.filters, self.seen = filters, seen
        conditions = conditions_of(filters, actor)
        beside = Q(*(condition for key, condition in conditions.items() if key not in FACETS))
        self.marks = {key: conditions[key] for key in FACETS if key in conditions}
        self.marks |= {"beside": beside} if beside else {}
        self.views = [Q(*conditions_of(view, actor).values()) for view in views]

    def written(self) -> tuple[str, list]:
        """The statement and its values."""
        shown = {f"is_{key}": _mark(condition) for key, condition in self.marks.items()}
        shown |= {f"in_view_{place}": _mark(view) for place, view in enumerate(self.views)}
        columns = {"task_id": "pk", "program_id": "program_id", "area_id": "area_id"}
        columns |= {"section_id": "section_id", "standing": "standing"}
        base = self.seen.annotate(**shown).order_by().values_list(*columns.values(), *shown)
        sql, values = base.query.sql_with_params()
        names = ", ".join((*columns, *shown))
        roles = past.roles_on(self.filters.day).order_by().values_list("task_id", "agency_then", "kind", "position")
        roles_sql, more = roles.query.sql_with_params()
        counted = "\nUNION ALL ".join(self._parts())
        codes = self.filters.involves
        return f"WITH base ({names}) AS MATERIALIZED ({sql}), part ({_PART}) AS ({roles_sql})\n{counted}", [
            *values,
            *more,
            *codes,
        ]

    def _parts(self) -> Iterator[str]:
        yield f"SELECT 'whole', {self._whole()}, '', 0, 0 FROM base"
        yield f"SELECT 'status', standing, '', 0, {self._sum('status')} FROM base GROUP BY standing"
        yield _worded("program", _PROGRAM, "x.code, x.short_title, 0", f"{self._sum('program')} AS n FROM base")
        yield _worded("area", _AREA, "x.code, x.name, x.position", f"{self._sum('area')} AS n FROM base")
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
            yield f"SELECT 'group', '', '', area_id, {self._sum()} FROM base GROUP BY area_id"
        if self.filters.group == "agency":
            first = f"{_LEADS} AND r.position = 1"
            yield f"SELECT 'group', '', '', r.agency_id, {self._sum()} FROM base {first} GROUP BY r.agency_id"

        if self.filters.group == "section":
            yield f"SELECT 'group', '', '', COALESCE(section_id, -program_id) AS k, {self._sum()} FROM base GROUP BY k"

    def _whole(self) -> str:
        """All tasks, those found and those of each view as one text, so that the set is read once for them."""
        sums = ["COUNT(*)", self._sum(), *(f"SUM(in_view_{place})" for place in range(len(self.views)))]
        return " || ' ' || ".join(f"CAST(COALESCE({each}, 0) AS VARCHAR(20))" for each in sums)

    def _sum(self, leaving_out: str = "") -> str:
        """How many tasks carry every mark, one left out where a count must respect only the others."""
        marks = [f"is_{key}" for key in self.marks if key != leaving_out]
        return f"SUM({' * '.join(marks)})" if marks else "COUNT(*)"


def _worded(key: str, table: str, words: str, counted: str, *, called: str = "") -> str:
    """Counts by a relation, with the words of the row at its other end."""
    column = f"{key}_id"
    return (
        f"SELECT '{called or key}', {words}, g.n FROM (SELECT {column}, {counted} GROUP BY {column}) g "
        f"JOIN {table} x ON x.id = g.{column}"
    )


def _mark(condition: Q) -> Case | Value:
    if not condition:
        return Value(1)
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
