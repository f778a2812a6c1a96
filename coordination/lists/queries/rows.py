"""The rows of a list page as plain values: no models are made of what is only shown."""

from collections import defaultdict, namedtuple
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from agencies.models import Agency
from coordination.lists.filters import TaskFilters
from coordination.lists.queries.headings import group_words
from coordination.programs.models import Section
from coordination.tasks.enums import RoleKind, ScheduleKind, Standing
from coordination.tasks.models import Target, Task
from coordination.tasks.queries import past, quantity_words, tone_of
from records.prepared import Prepared

_TASK = (
    "pk", "code", "title", "deliverable", "start_on", "deadline", "schedule_kind", "last_percent", "last_value",
    "last_reported_at", "standing", "program_id", "program__code", "area_id", "area__name", "section_id",
)  # fmt: skip
_SECTION = ("section__numbering", "section__heading", "section__body")
_Read = namedtuple("_Read", (*_TASK, *_SECTION), defaults=(None,) * len(_SECTION))
_TARGET = ("operator", "measure", "value", "unit", "words")
_RUNNING = (Standing.OVERDUE, Standing.NOT_STARTED, Standing.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One task as a list page shows it; `key` is that of its group, whose words head the first of its rows."""

    code: str
    title: str
    area: str
    program: str
    leads: Sequence[str]
    others: Sequence[str]
    deliverable: str
    target: str
    start_on: date | None
    deadline: date | None
    schedule: str
    percent: int
    quantity: str
    reported_at: datetime | None
    standing: Standing
    key: int = 0
    group: str = ""
    group_count: int = 0

    @property
    def slug(self) -> str:
        """The code as addresses write it."""
        return self.code.lower()

    @property
    def short_code(self) -> str:
        """Program number and task number, such as 02.03."""
        return self.code.rpartition("-")[2]

    @property
    def tone(self) -> str:
        """The colour of the bar."""
        return tone_of(self.standing, self.percent)

    @property
    def is_done(self) -> bool:
        """Whether only the deadline itself matters, not how far away it is."""
        return self.standing not in _RUNNING


@dataclass
class RolesOf:
    """The short names of those who lead each task and of those who work along; the agency that leads it first."""

    leads: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    first: dict[int, int] = field(default_factory=dict)


def list_rows(keys: Sequence[int], filters: TaskFilters, *, today: date) -> list[ListRow]:
    """The tasks of a page in the order of their keys, each with its standing on a day. Three queries, none for none.

    Rule: R-FIG-14. With a day in the filters the facts are those of that day.
    Shape: the keys come from tasks the reader sees.
    """
    if not keys:
        return []
    rows, roles, targets = _found(keys, filters, today), roles_of(keys, filters.day), first_targets(keys)
    return [_row(rows[key], roles, targets.get(key), filters) for key in keys if key in rows]


def _found(keys: Sequence[int], filters: TaskFilters, today: date) -> dict[int, _Read]:
    if not filters.day and filters.group != "section":
        return {row[0]: _Read(*row) for row in _FOUND_NOW.rows(keys=tuple(keys), today=today)}
    if filters.day:
        tasks = past.stood_on(Task.with_binned.filter(pk__in=keys), filters.day)
    else:
        tasks = Task.objects.filter(pk__in=keys).judged_on(today)
    asked = (*_TASK, *_SECTION) if filters.group == "section" else _TASK
    return {row[0]: _Read(*row) for row in tasks.values_list(*map(filters.facts.named, asked))}


def _now(keys: tuple[int, ...], today: date) -> QuerySet:
    return Task.objects.filter(pk__in=keys).judged_on(today).values_list(*_TASK)


_FOUND_NOW = Prepared(_now)


def headed(rows: Sequence[ListRow], counts: dict[int, int]) -> Iterator[ListRow]:
    """The rows, the first of each group on the page with the size of the whole group, the others without its words."""
    before = 0
    for row in rows:
        if row.key != before:
            yield replace(row, group_count=counts.get(row.key, 0))
        else:
            yield replace(row, group="") if row.group else row
        before = row.key


def roles_of(keys: Sequence[int], day: date | None = None) -> RolesOf:
    """Who has which part in tasks, or had on a day that is over. One query."""
    found = RolesOf()
    if not keys:
        return found
    for task, kind, agency, name in _roles(keys, day) if day else _ROLES_NOW.rows(keys=tuple(keys)):
        (found.leads if kind == RoleKind.LEAD else found.others)[task].append(name)
        if kind == RoleKind.LEAD:
            found.first.setdefault(task, agency)
    return found


def _roles(keys: Sequence[int], day: date | None = None) -> QuerySet:
    called = Agency.objects.filter(pk=OuterRef("agency_then")).values("current_short_name")
    name_then = Subquery(called) if day else F("agency__current_short_name")
    roles = past.roles_on(day).filter(task_id__in=keys).order_by("kind", "position")
    return roles.values_list("task_id", "kind", "agency_then", name_then)


_ROLES_NOW = Prepared(_roles)


def first_targets(keys: Sequence[int]) -> dict[int, tuple]:
    """The target that measures each task's progress. One query."""
    return {task: tuple(told) for task, *told in _TARGETS.rows(keys=tuple(keys))} if keys else {}


def _targets(keys: Sequence[int]) -> QuerySet:
    return Target.objects.filter(task_id__in=keys).order_by("-position").values_list("task_id", *_TARGET)


_TARGETS = Prepared(_targets)


def target_of(told: tuple) -> Target:
    """A target to ask for its words."""
    return Target(**dict(zip(_TARGET, told, strict=True)))


def _row(row: Any, roles: RolesOf, told: tuple | None, filters: TaskFilters) -> ListRow:
    leads, target = roles.leads.get(row.pk, ()), target_of(told) if told else None
    key = {
        "area": row.area_id,
        "agency": roles.first.get(row.pk, -1),
        "section": row.section_id or -row.program_id,
    }.get(filters.group, 0)
    lead = leads[0] if leads else ""
    return ListRow(
        code=row.code,
        title=row.title,
        area=row.area__name,
        program=row.program__code,
        leads=leads,
        others=roles.others.get(row.pk, ()),
        deliverable=row.deliverable,
        target=target.shown if target and "target" in filters.shown else "",
        start_on=row.start_on,
        deadline=row.deadline,
        schedule="" if row.deadline else str(ScheduleKind(row.schedule_kind).label),
        percent=row.last_percent,
        quantity=quantity_words(target, row.last_value),
        reported_at=row.last_reported_at,
        standing=Standing(row.standing),
        key=key,
        group=group_words(
            filters, lead=lead, area=row.area__name, section=_section_of(row, filters), code=row.program__code
        ),
    )


def _section_of(row: Any, filters: TaskFilters) -> str | None:
    if filters.group != "section" or row.section_id is None:
        return None
    return Section(numbering=row.section__numbering, heading=row.section__heading, body=row.section__body).name
