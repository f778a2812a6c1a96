"""What stands around a task list: filter groups with counts, saved views, the filters in force."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coordination.tasks.enums import Bucket, Standing
from coordination.tasks.filters import TaskFacts, TaskFilters
from records.wording import day

RUNNING = (Standing.OVERDUE.value, Standing.AWAITING.value, Standing.IN_PROGRESS.value)
UNFINISHED = (*RUNNING, Standing.NOT_STARTED.value)


@dataclass(frozen=True)
class Option:
    """One box of a filter group, with the tasks it would let through."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter group."""

    key: str
    title: str
    options: Sequence[Option]


@dataclass(frozen=True)
class View:
    """A ready set of filters with the number of tasks it shows."""

    label: str
    query: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Column:
    """A column head: its words, the address that sorts by it, and how the list is sorted by it now."""

    label: str
    query: str
    aria_sort: str = ""

    @property
    def arrow(self) -> str:
        return {"ascending": "↑", "descending": "↓"}.get(self.aria_sort, "")


@dataclass(frozen=True)
class Grouping:
    """One way to group the list."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class Chip:
    """A filter in force and the address without it."""

    label: str
    query: str


def facets_of(facts: Sequence[TaskFacts], filters: TaskFilters) -> list[Facet]:
    """The four filter groups; each option counts the tasks the other groups let through."""
    return [
        _facet("status", _("Status"), facts, filters, lambda task: [(task.standing, Standing(task.standing).label)]),
        _facet("program", _("Program"), facts, filters, lambda task: [(task.program, program_label(task))]),
        _facet("area", _("Area"), facts, filters, lambda task: [(task.area, task.area_name)]),
        _facet("lead", _("Lead agency"), facts, filters, lambda task: [(lead.code, lead.name) for lead in task.leads]),
    ]


def views_of(facts: Sequence[TaskFacts], filters: TaskFilters, *, today: date) -> list[View]:
    """The views officials return to: all, running, led by my agency, overdue, due this month."""
    whole = TaskFilters(year=filters.year)
    views = [
        (_("All"), whole),
        (_("Running"), whole.but(statuses=RUNNING)),
        (_("Led by my agency"), whole.but(mine=True)),
        (_("Overdue"), whole.but(statuses=(Standing.OVERDUE.value,))),
    ]
    if filters.year == today.year:
        views.append((_("Due this month"), whole.but(due_month=today.month, statuses=UNFINISHED)))
    here = _as_set(filters)
    return [
        View(label, view.query, sum(view.lets_through(task) for task in facts), here == _as_set(view))
        for label, view in views
    ]


def chips_of(facts: Sequence[TaskFacts], filters: TaskFilters) -> list[Chip]:
    """Each filter in force as the reader knows it, with the address that drops it."""
    labels = _labels(facts)
    chips = []
    for key, values in (
        ("status", filters.statuses),
        ("bucket", filters.buckets),
        ("program", filters.programs),
        ("area", filters.areas),
        ("lead", filters.leads),
        ("involves", filters.involves),
    ):
        chips += [Chip(labels.get((key, value), value), filters.without(key, value).query) for value in values]
    return chips + _single_chips(filters)


def columns_of(filters: TaskFilters) -> list[Column]:
    """The columns; choosing the one that sorts already turns the order round."""
    labels = {
        "code": _("Code"),
        "title": _("Task"),
        "lead": _("Lead"),
        "due": _("Deadline"),
        "progress": _("Progress"),
        "status": _("Status"),
    }
    now = {filters.sort: "ascending"} if not filters.sort.startswith("-") else {filters.sort[1:]: "descending"}
    return [
        Column(label, filters.but(sort=f"-{key}" if filters.sort == key else key).query, now.get(key, ""))
        for key, label in labels.items()
    ]


def groupings_of(filters: TaskFilters) -> list[Grouping]:
    """By deadline (one list), by lead agency or by area; the tasks of one program by its sections too."""
    labels = {"due": _("Deadline"), "agency": _("Agency"), "area": _("Area")}
    if len(filters.programs) == 1 or filters.group == "section":
        labels["section"] = _("Section")
    return [Grouping(label, filters.but(group=key).query, filters.group == key) for key, label in labels.items()]


def program_label(task: TaskFacts) -> str:
    """A program by its code and short title."""
    return f"{task.program.upper()}, {task.program_title}"


def _facet(
    key: str,
    title: str,
    facts: Iterable[TaskFacts],
    filters: TaskFilters,
    values: Callable[[TaskFacts], list[tuple[str, str]]],
) -> Facet:
    chosen = filters.chosen(key)
    labels: dict[str, tuple] = {}
    counts: Counter[str] = Counter()
    for task in facts:
        let_through = filters.lets_through(task, leaving_out=key)
        for value, label in values(task):
            labels.setdefault(value, (_order(key, task, value), label))
            counts[value] += let_through
    ordered = sorted(labels, key=lambda value: labels[value])
    options = [Option(value, str(labels[value][1]), counts[value], value in chosen) for value in ordered]
    return Facet(key, title, options)


def _order(key: str, task: TaskFacts, value: str) -> int:
    if key == "status":
        return Standing.values.index(value)
    if key == "area":
        return task.area_position
    return next((lead.order for lead in task.leads if lead.code == value), 0)


def _labels(facts: Sequence[TaskFacts]) -> dict[tuple[str, str], str]:
    labels = {("status", standing.value): str(standing.label) for standing in Standing}
    labels |= {("bucket", bucket.value): str(bucket.label) for bucket in Bucket}
    for task in facts:
        labels[("program", task.program)] = program_label(task)
        labels[("area", task.area)] = task.area_name
        labels |= {("lead", lead.code): lead.name for lead in task.leads}
        labels |= {("involves", lead.code): _("Involves %(agency)s") % {"agency": lead.name} for lead in task.leads}
    return labels


def _single_chips(filters: TaskFilters) -> list[Chip]:
    chips = []
    if filters.mine:
        chips.append(Chip(_("Led by my agency"), filters.but(mine=False).query))
    if filters.due_month:
        words = _("Due in %(month)s/%(year)s") % {"month": filters.due_month, "year": filters.year}
        chips.append(Chip(words, filters.but(due_month=None).query))
    if filters.due_from:
        chips.append(Chip(_("Due from %(day)s") % {"day": day(filters.due_from)}, filters.but(due_from=None).query))
    if filters.due_to:
        chips.append(Chip(_("Due until %(day)s") % {"day": day(filters.due_to)}, filters.but(due_to=None).query))
    if filters.q:
        chips.append(Chip(f"“{filters.q}”", filters.but(q="").query))
    return chips


def _as_set(filters: TaskFilters) -> set[tuple[str, str]]:
    return {pair for pair in filters.pairs() if pair[0] not in ("sort", "group")}
