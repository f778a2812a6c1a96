"""What a task list is narrowed by and how it is laid out: the keys of its address."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from coordination.lists.enums import PAGE_SIZES, USUAL_COLUMNS, ListColumn
from coordination.tasks.enums import Bucket, Standing, TargetResult
from coordination.tasks.judging import NOW, THEN, Facts
from records.wording import day

# The choices of one key are joined by "or", the keys themselves by "and".
CHOICE_KEYS = {
    "status": "statuses",
    "program": "programs",
    "area": "areas",
    "lead": "leads",
    "involves": "involves",
    "bucket": "buckets",
    "target": "targets",
}
SORTS = ("code", "title", "lead", "due", "progress", "status")
GROUPINGS = ("due", "agency", "area", "section")
DEFAULT_SORT, DEFAULT_GROUPING, DEFAULT_SIZE = "due", "due", PAGE_SIZES[0]
KNOWN_VALUES = {
    "status": frozenset(Standing.values),
    "bucket": frozenset(Bucket.values),
    "target": frozenset(TargetResult.values),
}
RUNNING = (Standing.OVERDUE.value, Standing.AWAITING.value, Standing.IN_PROGRESS.value)
UNFINISHED = (*RUNNING, Standing.NOT_STARTED.value)
LAYOUT_KEYS = ("sort", "group", "column", "size")


@dataclass(frozen=True)
class TaskFilters:
    """The filters, the order and the columns of one address."""

    year: int
    day: date | None = None
    statuses: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    involves: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    due_month: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    mine: bool = False
    q: str = ""
    sort: str = DEFAULT_SORT
    group: str = DEFAULT_GROUPING
    columns: tuple[str, ...] = USUAL_COLUMNS
    size: int = DEFAULT_SIZE

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as keys and values of an address, without the page."""
        pairs = [("year", str(self.year))]
        pairs += [("day", day(self.day))] if self.day else []
        for key, name in CHOICE_KEYS.items():
            pairs += [(key, value) for value in getattr(self, name)]
        if self.due_month:
            pairs.append(("due_month", str(self.due_month)))
        pairs += [(key, day(value)) for key in ("due_from", "due_to") if (value := getattr(self, key))]
        pairs += [("mine", "1")] if self.mine else []
        pairs += [("q", self.q)] if self.q else []
        return pairs + self._layout()

    @property
    def query(self) -> str:
        """The address these filters have."""
        return f"?{urlencode(self.pairs())}"

    @property
    def kept_query(self) -> str:
        """The address without year and day, as a saved view keeps it for every year."""
        return urlencode(self.but(day=None).pairs()[1:])

    @property
    def hidden_pairs(self) -> list[tuple[str, str]]:
        """What the filter panel carries along without showing a box for it."""
        carried = ("involves", "bucket", "target", "due_month", "mine", *LAYOUT_KEYS)
        return [pair for pair in self.pairs() if pair[0] in carried]

    @property
    def pairs_but_columns(self) -> list[tuple[str, str]]:
        """What the box of columns and page sizes carries along."""
        return [pair for pair in self.pairs() if pair[0] not in ("column", "size")]

    @property
    def shown(self) -> frozenset[str]:
        """The columns the list shows; the name of a task always."""
        return frozenset((*self.columns, ListColumn.TITLE.value))

    def chosen(self, key: str) -> tuple[str, ...]:
        """The values asked for under one key."""
        return getattr(self, CHOICE_KEYS[key])

    def but(self, **changes) -> "TaskFilters":
        """The same filters with some of them changed."""
        return replace(self, **changes)

    def without(self, key: str, value: str) -> "TaskFilters":
        """The same filters with one choice taken away."""
        name = CHOICE_KEYS[key]
        return replace(self, **{name: tuple(each for each in getattr(self, name) if each != value)})

    @property
    def cleared(self) -> "TaskFilters":
        """The whole year, on the same day and laid out as now."""
        return TaskFilters(
            year=self.year, day=self.day, sort=self.sort, group=self.group, columns=self.columns, size=self.size
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year is asked for."""
        return self.day is not None or self.cleared != self

    @property
    def facts(self) -> Facts:
        """Under which names the tasks have what these filters ask about. Rule: R-FIG-14."""
        return THEN if self.day else NOW

    def as_set(self) -> frozenset[tuple[str, str]]:
        """What is asked for, however it is laid out."""
        return frozenset(pair for pair in self.pairs() if pair[0] not in LAYOUT_KEYS)

    def _layout(self) -> list[tuple[str, str]]:
        pairs = [("sort", self.sort)] if self.sort != DEFAULT_SORT else []
        pairs += [("group", self.group)] if self.group != DEFAULT_GROUPING else []
        pairs += [("column", column) for column in self.columns] if self.columns != USUAL_COLUMNS else []
        return pairs + ([("size", str(self.size))] if self.size != DEFAULT_SIZE else [])
