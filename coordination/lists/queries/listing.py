"""The task list: rows, counts and views of one address, in a fixed number of queries whatever their number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FilteredRelation, IntegerField, OrderBy, Q, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.lists.filters import DEFAULT_SORT, TaskFilters
from coordination.lists.models import SavedView
from coordination.lists.queries.conditions import narrowed, seen_in_year
from coordination.lists.queries.counting import Counts, counts_of
from coordination.lists.queries.facets import (
    Chip,
    Column,
    Facet,
    Grouping,
    View,
    chips_of,
    columns_of,
    facets_of,
    groupings_of,
    ready_views,
    views_of,
)
from coordination.tasks.enums import RoleKind, Standing
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.queries import TaskRow, past, rows_of, whole_rows

Saved = Sequence[tuple[SavedView, TaskFilters]]
_STANDING_ORDER = {standing.value: place for place, standing in enumerate(Standing)}


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

    @property
    def is_saved(self) -> bool:
        """Whether a view already shows just this."""
        return any(view.is_current for view in self.views)


class _CountedPaginator(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, *args, count: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._count = count

    @cached_property
    def count(self) -> int:
        return self._count


def task_list(
    actor: Membership, filters: TaskFilters, *, today: date, page: str | int = 1, saved: Saved = ()
) -> TaskList:
    """The tasks an actor sees in a year, narrowed, counted, sorted and cut into pages: five queries."""
    views = [*ready_views(filters, today=today), *((view.name, kept.but(day=filters.day)) for view, kept in saved)]
    seen = seen_in_year(actor, filters.year, on=filters.day or today)
    counts = counts_of(actor, filters, [kept for _label, kept in views], seen=seen)
    tasks = ordered(narrowed(seen, filters, actor), filters)
    shown = _CountedPaginator(tasks, filters.size, count=counts.found).get_page(page)
    return TaskList(
        filters=filters,
        total_of_year=counts.total,
        page=shown,
        rows=_headed(rows_of(_whole(shown, filters, today), today=filters.day or today), filters, counts),
        facets=facets_of(counts, filters),
        views=views_of(views, counts, filters),
        chips=chips_of(counts, filters),
        columns=columns_of(filters),
        groupings=groupings_of(filters),
    )


def _whole(shown: Page, filters: TaskFilters, today: date) -> Iterable[Task]:
    """The tasks of a page with all that their rows show.

    Why the page is found first: thousands of tasks are put in order by a few columns, and only a page of them is read.
    """
    keys = shown.object_list.values("pk")
    if filters.day:
        page = past.stood_on(Task.with_binned.filter(pk__in=keys), filters.day)
        return past.put_back(whole_rows(ordered(page, filters)), filters.day)
    page = Task.objects.filter(pk__in=keys).judged_on(today)
    return whole_rows(ordered(page, filters))


def ordered(tasks: TaskQuerySet, filters: TaskFilters) -> TaskQuerySet:
    """Tasks by their group, then by the chosen column, then by code; tasks without a deadline come last."""
    key, down = filters.sort.removeprefix("-"), filters.sort.startswith("-")
    if "lead" in (key, filters.group) or filters.group == "agency":
        first = Q(roles__kind=RoleKind.LEAD, roles__position=1)
        tasks = tasks.annotate(first_lead=FilteredRelation("roles", condition=first))
    order = [*_BY_GROUP.get(filters.group, ()), *(_turned(each, down) for each in _by_column(key, filters))]
    return tasks.order_by(*order, "program__code", "ordinal")


def heading_of(row: TaskRow, filters: TaskFilters) -> tuple[int, str]:
    """The agency, area or section that heads the group of a row: its key and its words; 0 where the list is one.

    Tasks in no section are a group of their program.
    """
    task = row.task
    lead = next((role for role in task.roles.all() if role.kind == RoleKind.LEAD), None)
    keys = {
        "area": task.area_id,
        "agency": lead.agency_id if lead else -1,
        "section": task.section_id or -task.program_id,
    }
    words = group_words(
        filters,
        lead=lead.agency.current_short_name if lead else "",
        area=task.area.name,
        section=task.section.name if task.section else None,
        code=task.program.code,
    )
    return keys.get(filters.group, 0), words


def group_words(filters: TaskFilters, *, lead: str, area: str, section: str | None, code: str) -> str:
    """What heads the group of a task; where the sections of several programs mix, the code of its own comes first."""
    if filters.group == "agency":
        return lead or _("No lead agency")
    if filters.group == "section":
        words = section or _("In no section")
        return words if len(filters.programs) == 1 else f"{code}, {words}"
    return area if filters.group == "area" else ""


def _headed(rows: list[TaskRow], filters: TaskFilters, counts: Counts) -> list[TaskRow]:
    """The rows, the first of each group on the page with the group's words and size."""
    headed, before = [], 0
    for row in rows:
        key, words = heading_of(row, filters)
        headed.append(replace(row, group=words, group_count=counts.groups.get(key, 0)) if key != before else row)
        before = key
    return headed


def _turned(order: OrderBy, down: bool) -> OrderBy:
    return OrderBy(order.expression, descending=down, nulls_last=order.nulls_last)


_STANDING_PLACE = Case(
    *(When(standing=value, then=Value(place)) for value, place in _STANDING_ORDER.items()), output_field=IntegerField()
)
_FIRST_LEAD = (
    F("first_lead__agency__protocol_order").asc(nulls_first=True),
    F("first_lead__agency__name_sorted").asc(nulls_first=True),
)
_BY_GROUP = {
    "agency": _FIRST_LEAD,
    "area": (F("area__position").asc(), F("area__name").asc()),
    "section": (F("program__code").asc(), F("section__position").asc(nulls_last=True)),
}


def _by_column(key: str, filters: TaskFilters) -> tuple[OrderBy, ...]:
    if key == DEFAULT_SORT:
        return (F(filters.facts.deadline).asc(nulls_last=True),)
    return _BY_COLUMN[key]


_BY_COLUMN = {
    "code": (F("program__code").asc(), F("ordinal").asc()),
    "title": (F("title_sorted").asc(),),
    "lead": (F("first_lead__agency__protocol_order").asc(), F("first_lead__agency__name_sorted").asc()),
    "progress": (F("last_percent").asc(),),
    "status": (_STANDING_PLACE.asc(),),
}
