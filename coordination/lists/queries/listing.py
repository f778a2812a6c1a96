"""The task list: rows, counts and views of one address, in a fixed number of queries whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FilteredRelation, IntegerField, OrderBy, Q, Value, When
from django.utils.functional import cached_property

from agencies.models import Membership
from coordination.lists.filters import DEFAULT_SORT, TaskFilters
from coordination.lists.models import SavedView
from coordination.lists.queries.conditions import narrowed, seen_in_year
from coordination.lists.queries.counting import counts_of
from coordination.lists.queries.facets import (
    NOTHING,
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
from coordination.lists.queries.rows import ListRow, headed, list_rows
from coordination.tasks.enums import RoleKind, Standing
from coordination.tasks.models import TaskQuerySet

Saved = Sequence[tuple[SavedView, TaskFilters]]
_STANDING_ORDER = {standing.value: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True)
class TaskList:
    """Everything the list page shows."""

    filters: TaskFilters
    total_of_year: int
    page: Page
    rows: Sequence[ListRow]
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
    actor: Membership,
    filters: TaskFilters,
    *,
    today: date,
    page: str | int = 1,
    saved: Saved = (),
    sought: Mapping[str, str] = NOTHING,
) -> TaskList:
    """The tasks an actor sees in a year, narrowed, counted, sorted and cut into pages: six queries.

    `sought` are words by which options of a filter group are looked for.
    """
    views = [*ready_views(filters, today=today), *((view.name, kept.but(day=filters.day)) for view, kept in saved)]
    seen = seen_in_year(actor, filters.year, on=filters.day or today)
    counts = counts_of(actor, filters, [kept for _label, kept in views], seen=seen, whole=sought)
    tasks = ordered(narrowed(seen, filters, actor), filters)
    shown = _CountedPaginator(tasks, filters.size, count=counts.found).get_page(page)
    # The page is found first: thousands of tasks are put in order by a few columns, and only a page of them is read.
    keys = list(shown.object_list.values_list("pk", flat=True)) if counts.found else []
    return TaskList(
        filters=filters,
        total_of_year=counts.total,
        page=shown,
        rows=list(headed(list_rows(keys, filters, today=today), counts.groups)),
        facets=facets_of(counts, filters, sought),
        views=views_of(views, counts, filters),
        chips=chips_of(counts, filters),
        columns=columns_of(filters),
        groupings=groupings_of(filters),
    )


def ordered(tasks: TaskQuerySet, filters: TaskFilters) -> TaskQuerySet:
    """Tasks by their group, then by the chosen column, then by code; tasks without a deadline come last."""
    key, down = filters.sort.removeprefix("-"), filters.sort.startswith("-")
    if "lead" in (key, filters.group) or filters.group == "agency":
        first = Q(roles__kind=RoleKind.LEAD, roles__position=1)
        tasks = tasks.annotate(first_lead=FilteredRelation("roles", condition=first))
    order = [*_BY_GROUP.get(filters.group, ()), *(_turned(each, down) for each in _by_column(key, filters))]
    return tasks.order_by(*order, "program__code", "ordinal")


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
