"""The task list: rows, counts and views of one address, in a fixed number of queries.

Why: the counts of each filter group respect all other groups, so the year's tasks are read once, in two light queries,
and filtered and counted here; only the rows of the page shown are fetched whole.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.tasks.enums import RoleKind, Standing, TaskState
from coordination.tasks.filters import AgencyFact, TaskFacts, TaskFilters
from coordination.tasks.models import Target, Task, TaskQuerySet, TaskRole
from coordination.tasks.queries.facets import (
    Chip,
    Column,
    Facet,
    Grouping,
    View,
    chips_of,
    columns_of,
    facets_of,
    groupings_of,
    views_of,
)
from records.text import sort_key
from records.wording import number

PAGE_SIZE = 20
_TONES = {Standing.OVERDUE: "bad", Standing.NOT_COMPLETED: "bad"}
_FULL = 100


@dataclass(frozen=True)
class TaskRow:
    """One task as lists show it; its targets are already fetched."""

    task: Task
    standing: Standing
    lead_list: tuple[str, ...]
    coordinator_count: int
    group: str = ""
    group_count: int = 0

    @property
    def lead_names(self) -> str:
        return ", ".join(self.lead_list)

    @property
    def target(self) -> Target | None:
        return next(iter(self.task.targets.all()), None)

    @property
    def quantity(self) -> str:
        """The real quantity, 38/45 hộ; nothing where the target is not counted."""
        if self.target is None or not self.target.is_counted:
            return ""
        return f"{number(self.task.last_value or 0)}/{number(self.target.value)} {self.target.unit}"

    @property
    def remaining(self) -> str:
        """How much of the target is left, with its unit."""
        left = self.target.value - (self.task.last_value or 0) if self.quantity else 0
        return f"{number(left)} {self.target.unit}" if left > 0 else ""

    @property
    def percent(self) -> int:
        return self.task.last_percent

    @property
    def tone(self) -> str:
        """The colour of the bar: red when late, green when all is done."""
        return _TONES.get(self.standing) or ("ok" if self.percent >= _FULL else "")

    @property
    def is_done(self) -> bool:
        """Whether only the date itself matters, not how far away it is."""
        return self.task.state not in (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


@dataclass(frozen=True)
class TaskList:
    """Everything the list page shows."""

    filters: TaskFilters
    total_of_year: int
    page: Page
    rows: Sequence[TaskRow]
    facets: Sequence[Facet]
    views: Sequence[View]
    chips: Sequence[Chip]
    columns: Sequence[Column]
    groupings: Sequence[Grouping]


def task_list(actor: Membership, filters: TaskFilters, *, today: date, page: str | int = 1) -> TaskList:
    """The tasks an actor sees in a year, narrowed, counted, sorted and cut into pages."""
    facts = facts_of_year(actor, filters.year, today=today)
    found = filters.ordered(fact for fact in facts if filters.lets_through(fact))
    shown = Paginator(found, PAGE_SIZE).get_page(page)
    return TaskList(
        filters=filters,
        total_of_year=len(facts),
        page=shown,
        rows=_page_rows(shown, found, filters, today=today),
        facets=facets_of(facts, filters),
        views=views_of(facts, filters, today=today),
        chips=chips_of(facts, filters),
        columns=columns_of(filters),
        groupings=groupings_of(filters),
    )


def facts_of_year(actor: Membership, year: int, *, today: date) -> list[TaskFacts]:
    """What filters need to know of each task of the year the actor sees: two queries."""
    visible = Task.objects.visible_to(actor).of_year(year)
    agencies = _agencies_of(visible)
    mine = actor.agency_ids()
    return [
        _fact(columns, agencies.get(columns[0], ()), mine)
        for columns in visible.judged_on(today).values_list(*_COLUMNS)
    ]


def rows_of(tasks: Iterable[Task], *, today: date) -> list[TaskRow]:
    """Rows of tasks fetched by `whole_rows`."""
    return [row_of(task, today=today) for task in tasks]


def row_of(task: Task, *, today: date) -> TaskRow:
    """The row of one task whose roles and targets are fetched."""
    roles = list(task.roles.all())
    leads = [role.agency.current_short_name for role in roles if role.kind == RoleKind.LEAD]
    return TaskRow(task, task.standing_on(today), tuple(leads), len(roles) - len(leads))


def whole_rows(tasks: TaskQuerySet) -> TaskQuerySet:
    """A task queryset with what a row shows: three queries whatever the number of rows."""
    roles = TaskRole.objects.select_related("agency", "office").order_by("kind", "position")
    return tasks.select_related("program", "area").prefetch_related(Prefetch("roles", roles), "targets")


_COLUMNS = (
    "pk",
    "code",
    "title",
    "title_folded",
    "standing",
    "bucket",
    "deadline",
    "last_percent",
    "program__code",
    "program__short_title",
    "area__code",
    "area__name",
    "area__position",
    "section__position",
)


def _agencies_of(visible) -> dict[int, list[tuple]]:
    roles = TaskRole.objects.filter(task__in=visible.values("pk")).order_by("position")
    columns = ("task_id", "kind", "agency_id", "agency__code", "agency__current_short_name", "agency__protocol_order")
    by_task: dict[int, list[tuple]] = {}
    for task_id, *role in roles.values_list(*columns):
        by_task.setdefault(task_id, []).append(tuple(role))
    return by_task


def _fact(columns: tuple, roles: Sequence[tuple], mine: frozenset[int]) -> TaskFacts:
    pk, code, title, folded, standing, bucket, deadline, percent, program, program_title, *placed = columns
    area, name, place, section = placed
    leads = [role for role in roles if role[0] == RoleKind.LEAD]
    return TaskFacts(
        pk=pk,
        code=code,
        title_folded=folded,
        title_sorted=sort_key(title),
        standing=standing,
        bucket=bucket,
        deadline=deadline,
        percent=percent,
        program=program.lower(),
        program_title=program_title,
        area=area,
        area_name=name,
        area_position=place,
        section_position=section,
        leads=tuple(AgencyFact(*lead[2:]) for lead in leads),
        involved=frozenset(role[2] for role in roles),
        coordinators=len(roles) - len(leads),
        is_mine=any(lead[1] in mine for lead in leads),
    )


def _page_rows(shown: Page, found: list[TaskFacts], filters: TaskFilters, *, today: date) -> list[TaskRow]:
    facts = list(shown.object_list)
    whole = Task.objects.select_related("program", "area", "section").prefetch_related("targets")
    tasks = whole.in_bulk([fact.pk for fact in facts])
    sizes = Counter(filters.group_key(fact) for fact in found)
    rows, before = [], None
    for fact in facts:
        key = filters.group_key(fact)
        heading = _group_words(fact, tasks[fact.pk], filters) if key != before else ""
        before = key
        leads = tuple(lead.name for lead in fact.leads)
        size = sizes[key] if heading else 0
        rows.append(TaskRow(tasks[fact.pk], Standing(fact.standing), leads, fact.coordinators, heading, size))
    return rows


def _group_words(fact: TaskFacts, task: Task, filters: TaskFilters) -> str:
    if filters.group == "agency":
        return fact.leads[0].name if fact.leads else _("No lead agency")
    if filters.group == "section":
        words = task.section.name if task.section else _("In no section")
        return words if len(filters.programs) == 1 else f"{task.program.code}, {words}"
    return fact.area_name if filters.group == "area" else ""
