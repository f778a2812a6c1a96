"""The task list: rows, counts and views of one address, in a fixed number of queries whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, FilteredRelation, IntegerField, OrderBy, Q, QuerySet, Value, When

from agencies.access.scopes import Sight
from agencies.models import Membership
from coordination.lists.filters import DEFAULT_SORT, TaskFilters
from coordination.lists.models import SavedView
from coordination.lists.queries.conditions import narrowed, seen_among
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
from coordination.lists.queries.remembered import Remembered, is_kept, remember, stands_by_tasks, still_known
from coordination.lists.queries.rows import ListRow, headed, list_rows
from coordination.programs.queries import programs_covering
from coordination.programs.sight import ProgramsSeen
from coordination.tasks.enums import RoleKind, Standing
from coordination.tasks.models import TaskQuerySet
from records.prepared import Prepared

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
    programs = programs_covering(actor, filters.year)
    counted = [kept for _label, kept in views]
    answer = _answer(actor, filters, counted, programs=programs, today=today, sought=frozenset(sought))
    counts = answer.counts
    shown = Paginator(range(counts.found), filters.size).get_page(page)
    keys = _keys(actor, filters, shown.object_list, programs=programs, today=today, answer=answer)
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


def _answer(
    actor: Membership,
    filters: TaskFilters,
    views: Sequence[TaskFilters],
    *,
    programs: ProgramsSeen,
    today: date,
    sought: frozenset[str],
) -> Remembered:
    """The counts of an address, as they were counted or counted now. One query, two where they no longer hold."""
    key = (filters, tuple(views), sought, today, actor.agency_ids(), programs)
    is_known = bool(programs.keys) and is_kept(filters)
    if is_known and (known := still_known(key, programs.keys)):
        return known
    counts = counts_of(actor, filters, views, programs=programs, today=today, whole=sought)
    return remember(key, counts) if is_known else Remembered(counts, frozenset())


def _keys(
    actor: Membership, filters: TaskFilters, places: range, *, programs: ProgramsSeen, today: date, answer: Remembered
) -> list[int]:
    """The tasks at some places of the list; one query, none for none or where the page is known.

    Why first: thousands of tasks are put in order by a few columns, and only a page of them is read.
    """
    is_known = stands_by_tasks(filters)
    if not places or (is_known and (places.start, places.stop) in answer.pages):
        return answer.pages.get((places.start, places.stop), [])
    agencies = tuple(sorted(actor.agency_ids()))
    asked = _in_order(filters, today)
    rows = asked.piece(places.start, places.stop, agencies=agencies, made=programs.made, others=programs.others)
    keys = [key for (key, *_rest) in rows]
    if is_known:
        answer.keep(places, keys)
    return keys


@lru_cache(maxsize=128)
def _in_order(filters: TaskFilters, today: date) -> Prepared:
    """The statement of one address: only who asks is a value given each time."""

    def ask(agencies: tuple[int, ...], made: frozenset[int], others: frozenset[int]) -> QuerySet:
        sight = Sight(agencies)
        seen = seen_among(sight, filters.year, ProgramsSeen(made, others), on=filters.day or today)
        return ordered(narrowed(seen, filters, sight), filters).values_list("pk")

    return Prepared(ask)


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
