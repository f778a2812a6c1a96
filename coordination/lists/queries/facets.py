"""What stands around a task list: filter groups with counts, saved views, the filters in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _

from coordination.lists.enums import ListColumn
from coordination.lists.filters import RUNNING, SORTS, UNFINISHED, TaskFilters
from coordination.lists.queries.counting import FACETS, MOST_OPTIONS, Counted, Counts
from coordination.tasks.enums import Bucket, Standing, TargetResult
from records.finding import holds_words, typed_words
from records.wording import day

NamedFilters = Sequence[tuple[str, TaskFilters]]
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Option:
    """One box of a filter group, with the tasks it would let through."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter group; of many options the chosen and the largest, or those looked for by `sought`."""

    key: str
    title: str
    options: Sequence[Option]
    sought: str = ""
    size: int = 0

    @property
    def further(self) -> int:
        """How many options are not shown."""
        return max(0, self.size - len(self.options))

    @property
    def is_searched(self) -> bool:
        """Whether options are looked for by name: where not all of them are shown."""
        return bool(self.sought or self.further)


@dataclass(frozen=True)
class View:
    """A ready or saved set of filters with the number of tasks it shows."""

    label: str
    query: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class Column:
    """A column head: its words, the address that sorts by it, and how the list is sorted by it now."""

    key: str
    label: str
    query: str = ""
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


def facets_of(counts: Counts, filters: TaskFilters, sought: Mapping[str, str] = NOTHING) -> list[Facet]:
    """The four filter groups; each option counts the tasks the other groups let through.

    `sought` are the words by which options of a group are looked for: the chosen ones and those that hold them come.
    """
    titles = {"status": _("Status"), "program": _("Program"), "area": _("Area"), "lead": _("Lead agency")}
    return [
        Facet(key, titles[key], _options(key, counts, filters, words), words, counts.sizes.get(key, 0))
        for key, words in ((key, sought.get(key, "")) for key in FACETS)
    ]


def ready_views(filters: TaskFilters, *, today: date) -> list[tuple[str, TaskFilters]]:
    """The views officials return to: all, running, led by my agency, overdue, due this month."""
    whole = filters.cleared
    views = [
        (_("All"), whole),
        (_("Running"), whole.but(statuses=RUNNING)),
        (_("Led by my agency"), whole.but(mine=True)),
        (_("Overdue"), whole.but(statuses=(Standing.OVERDUE.value,))),
    ]
    if filters.year == today.year:
        views.append((_("Due this month"), whole.but(due_month=today.month, statuses=UNFINISHED)))
    return views


def views_of(views: NamedFilters, counts: Counts, filters: TaskFilters) -> list[View]:
    """The views with what each would show; the one the reader looks at is current."""
    here = filters.as_set()
    return [
        View(label, kept.query, count, kept.as_set() == here)
        for (label, kept), count in zip(views, counts.views, strict=True)
    ]


def chips_of(counts: Counts, filters: TaskFilters) -> list[Chip]:
    """Each filter in force as the reader knows it, with the address that drops it."""
    labels = _labels(counts)
    chips = []
    for key, values in (
        ("status", filters.statuses),
        ("bucket", filters.buckets),
        ("target", filters.targets),
        ("program", filters.programs),
        ("area", filters.areas),
        ("lead", filters.leads),
        ("involves", filters.involves),
    ):
        chips += [Chip(labels.get((key, value), value), filters.without(key, value).query) for value in values]
    return chips + _single_chips(filters)


def columns_of(filters: TaskFilters) -> list[Column]:
    """The columns shown; choosing the one that sorts already turns the order round."""
    now = {filters.sort: "ascending"} if not filters.sort.startswith("-") else {filters.sort[1:]: "descending"}
    columns = [column for column in ListColumn if column in filters.shown]
    return [
        Column(column.value, str(column.label), filters.but(sort=_next(column, filters)).query, now.get(column, ""))
        if column in SORTS
        else Column(column.value, str(column.label))
        for column in columns
    ]


def groupings_of(filters: TaskFilters) -> list[Grouping]:
    """By deadline (one list), by lead agency or by area; the tasks of one program by its sections too."""
    labels = {"due": _("Deadline"), "agency": _("Agency"), "area": _("Area")}
    if len(filters.programs) == 1 or filters.group == "section":
        labels["section"] = _("Section")
    return [Grouping(label, filters.but(group=key).query, filters.group == key) for key, label in labels.items()]


def _next(column: str, filters: TaskFilters) -> str:
    return f"-{column}" if filters.sort == column else str(column)


def _options(key: str, counts: Counts, filters: TaskFilters, sought: str) -> list[Option]:
    chosen, words = filters.chosen(key), typed_words(sought)
    options = [(_order(key, one), _value(key, one), _label(key, one), one.count) for one in counts.options[key]]
    if words:
        options = _found(options, chosen, words)
    return [Option(value, label, count, value in chosen) for _order, value, label, count in sorted(options)]


def _found(options: list[tuple], chosen: Sequence[str], words: list[str]) -> list[tuple]:
    """The chosen options and those whose words hold all that was typed, as many as a group shows."""
    kept = [one for one in options if one[1] in chosen or holds_words(one[2], words)]
    kept.sort(key=lambda one: (one[1] not in chosen, -one[3]))
    return kept[: MOST_OPTIONS + len(chosen)]


def _order(key: str, one: Counted) -> int:
    return Standing.values.index(one.value) if key == "status" else one.place


def _value(key: str, one: Counted) -> str:
    return one.value.lower() if key == "program" else one.value


def _label(key: str, one: Counted) -> str:
    if key == "status":
        return str(Standing(one.value).label)
    return f"{one.value}, {one.label}" if key == "program" else one.label


def _labels(counts: Counts) -> dict[tuple[str, str], str]:
    labels = {("status", standing.value): str(standing.label) for standing in Standing}
    labels |= {("bucket", bucket.value): str(bucket.label) for bucket in Bucket}
    labels |= {("target", result.value): str(result.label) for result in TargetResult}
    for key in ("program", "area", "lead"):
        labels |= {(key, _value(key, one)): _label(key, one) for one in counts.options[key]}
    names = counts.names.items()
    return labels | {("involves", code): _("Involves %(agency)s") % {"agency": name} for code, name in names}


def _single_chips(filters: TaskFilters) -> list[Chip]:
    chips = []
    if filters.day:
        chips.append(Chip(_("As of %(day)s") % {"day": day(filters.day)}, filters.but(day=None).query))
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
