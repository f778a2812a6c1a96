"""What a task list is narrowed by: the keys of its address, and which tasks they let through."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from coordination.tasks.enums import Bucket, Standing
from records.text import fold
from records.wording import day

# The choices of one key are joined by "or", the keys themselves by "and".
CHOICE_KEYS = {
    "status": "statuses",
    "program": "programs",
    "area": "areas",
    "lead": "leads",
    "involves": "involves",
    "bucket": "buckets",
}
SORTS = ("code", "title", "lead", "due", "progress", "status")
GROUPINGS = ("due", "agency", "area", "section")
DEFAULT_SORT, DEFAULT_GROUPING = "due", "due"
_STANDING_ORDER = {standing.value: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True)
class AgencyFact:
    """An agency as a list needs it."""

    code: str
    name: str
    order: int


@dataclass(frozen=True)
class TaskFacts:
    """One task, as far as filtering, counting and sorting need it."""

    pk: int
    code: str
    title_folded: str
    title_sorted: str
    standing: str
    bucket: str
    deadline: date | None
    percent: int
    program: str
    program_title: str
    area: str
    area_name: str
    area_position: int
    section_position: int | None = None
    leads: tuple[AgencyFact, ...] = ()
    coordinators: int = 0
    involved: frozenset[str] = frozenset()
    is_mine: bool = False


@dataclass(frozen=True)
class TaskFilters:
    """The filters of one address."""

    year: int
    statuses: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    involves: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    due_month: int | None = None
    due_from: date | None = None
    due_to: date | None = None
    mine: bool = False
    q: str = ""
    sort: str = DEFAULT_SORT
    group: str = DEFAULT_GROUPING

    def lets_through(self, task: TaskFacts, *, leaving_out: str = "") -> bool:
        """Whether a task passes every filter, one key left out when a count must respect only the others."""
        return all(passes(task) for key, passes in self._tests() if key != leaving_out)

    def ordered(self, tasks: Iterable[TaskFacts]) -> list[TaskFacts]:
        """Tasks by their group, then by the chosen column, then by code; tasks without a deadline come last."""
        rows = sorted(tasks, key=lambda task: task.code)
        rows.sort(key=_SORT_KEYS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-"))
        if self.sort.removeprefix("-") == "due":
            rows.sort(key=lambda task: task.deadline is None)
        return sorted(rows, key=self.group_key)

    def group_key(self, task: TaskFacts) -> tuple:
        """What tasks of one group share, in the order groups are shown; empty where the list is one."""
        if self.group == "agency":
            return _lead_key(task)
        if self.group == "section":
            return (task.program, task.section_position is None, task.section_position or 0)
        return (task.area_position, task.area_name) if self.group == "area" else ()

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as keys and values of an address, without the page."""
        pairs = [("year", str(self.year))]
        for key, name in CHOICE_KEYS.items():
            pairs += [(key, value) for value in getattr(self, name)]
        if self.due_month:
            pairs.append(("due_month", str(self.due_month)))
        pairs += [(key, day(value)) for key in ("due_from", "due_to") if (value := getattr(self, key))]
        pairs += [("mine", "1")] if self.mine else []
        pairs += [("q", self.q)] if self.q else []
        pairs += [("sort", self.sort)] if self.sort != DEFAULT_SORT else []
        return pairs + ([("group", self.group)] if self.group != DEFAULT_GROUPING else [])

    @property
    def query(self) -> str:
        """The address these filters have."""
        return f"?{urlencode(self.pairs())}"

    @property
    def hidden_pairs(self) -> list[tuple[str, str]]:
        """What the filter panel carries along without showing a box for it."""
        carried = ("involves", "bucket", "due_month", "mine", "sort", "group")
        return [pair for pair in self.pairs() if pair[0] in carried]

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
        """The whole year, sorted and grouped as now."""
        return TaskFilters(year=self.year, sort=self.sort, group=self.group)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the year is asked for."""
        return self.cleared != self

    def _tests(self):
        yield "status", lambda task: not self.statuses or task.standing in self.statuses
        yield "program", lambda task: not self.programs or task.program in self.programs
        yield "area", lambda task: not self.areas or task.area in self.areas
        yield "lead", lambda task: not self.leads or any(lead.code in self.leads for lead in task.leads)
        yield "involves", lambda task: not self.involves or not task.involved.isdisjoint(self.involves)
        yield "bucket", lambda task: not self.buckets or task.bucket in self.buckets
        yield "due", self._is_due
        yield "mine", lambda task: task.is_mine or not self.mine
        yield "q", lambda task: fold(self.q) in task.title_folded

    def _is_due(self, task: TaskFacts) -> bool:
        if not (self.due_month or self.due_from or self.due_to):
            return True
        deadline = task.deadline
        if deadline is None or (self.due_month and (deadline.year, deadline.month) != (self.year, self.due_month)):
            return False
        return (self.due_from or deadline) <= deadline <= (self.due_to or deadline)


def _lead_key(task: TaskFacts) -> tuple:
    return (task.leads[0].order, task.leads[0].name) if task.leads else (0, "")


_SORT_KEYS = {
    "code": lambda task: task.code,
    "title": lambda task: task.title_sorted,
    "lead": _lead_key,
    "due": lambda task: task.deadline or date.max,
    "progress": lambda task: task.percent,
    "status": lambda task: _STANDING_ORDER[task.standing],
}
KNOWN_VALUES = {"status": frozenset(Standing.values), "bucket": frozenset(Bucket.values)}
