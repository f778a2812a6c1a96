"""What a list says of its tasks as plain values, for files of many thousand rows.

Why beside `TaskRow`: a page makes models of twenty tasks, a file would make them of a hundred thousand. The words are
still those of the models: a wording is asked of one model and remembered by all it depends on.
"""

from collections import namedtuple
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils import translation

from coordination.lists.filters import TaskFilters
from coordination.lists.queries.headings import group_words
from coordination.lists.queries.rows import RolesOf, first_targets, roles_of, target_of
from coordination.programs.models import Section
from coordination.tasks.enums import ScheduleKind, Standing
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.queries import quantity_words
from records.wording import percent

AT_ONCE = 500
_TASK = ("pk", "code", "title", "deliverable", "deadline", "last_percent", "last_value", "last_reported_at", "standing")
_PLACE = ("program__code", "area__name", "section_id")
_SCHEDULE = ("schedule_kind", "schedule_number", "start_on", "due_on", "schedule_until", "due_time", "within_days")
# Their words name other tasks or the parts of the task itself.
_MORE_TO_SAY = (ScheduleKind.WAVES, ScheduleKind.AFTER_TASK)


_Row = namedtuple("_Row", (*_TASK, *_PLACE, *_SCHEDULE))


@dataclass(frozen=True, slots=True)
class Line:
    """One task in words and days, as a file holds it."""

    group: str
    code: str
    title: str
    area: str
    program: str
    leads: str
    coordinators: str
    deliverable: str
    target: str
    start_on: date | None
    deadline: date | None
    schedule: str
    percent: str
    quantity: str
    reported_at: datetime | None
    standing: str


@dataclass(frozen=True)
class _Beside:
    """What stands in other tables about the tasks of one piece, by their keys; sections by their own."""

    roles: RolesOf
    targets: dict[int, tuple]
    schedules: dict[int, str]
    sections: dict[int, str]


class Lines:
    """The lines of tasks that were judged on a day, in the language of their reader; three queries for a piece."""

    def __init__(self, tasks: TaskQuerySet, filters: TaskFilters, language: str):
        self._tasks, self._filters, self._language = tasks, filters, language
        self._said: dict[Hashable, Any] = {}

    def __iter__(self) -> Iterator[Line]:
        found = self._tasks.values_list(*(self._filters.facts.named(column) for column in _Row._fields))
        rows = map(_Row._make, found.iterator(chunk_size=AT_ONCE))
        while piece := list(islice(rows, AT_ONCE)):
            with translation.override(self._language):
                beside = self._beside(piece)
                lines = [self._line(row, beside) for row in piece]
            yield from lines

    def _beside(self, piece: Sequence[Any]) -> _Beside:
        keys = [row.pk for row in piece]
        sections = _sections({row.section_id for row in piece}) if self._filters.group == "section" else {}
        return _Beside(roles_of(keys, self._filters.day), first_targets(keys), _told_at_length(piece), sections)

    def _line(self, row: Any, beside: _Beside) -> Line:
        leads, target = beside.roles.leads.get(row.pk, ()), beside.targets.get(row.pk)
        plan = tuple(getattr(row, name) for name in _SCHEDULE)
        aim = self._once(("target", target), lambda: target_of(target)) if target else None
        return Line(
            group=group_words(
                self._filters,
                lead=leads[0] if leads else "",
                area=row.area__name,
                section=beside.sections.get(row.section_id),
                code=row.program__code,
            ),
            code=row.code,
            title=row.title,
            area=row.area__name,
            program=row.program__code,
            leads=", ".join(leads),
            coordinators=", ".join(beside.roles.others.get(row.pk, ())),
            deliverable=row.deliverable,
            target=self._once(("shown", target), lambda: aim.shown) if aim else "",
            start_on=row.start_on,
            deadline=row.deadline,
            schedule=beside.schedules.get(row.pk) or self._once(("schedule", plan), lambda: _schedule_words(plan)),
            percent=self._once(("percent", row.last_percent), lambda: percent(row.last_percent)),
            quantity=self._once(("quantity", row.last_value, target), lambda: quantity_words(aim, row.last_value)),
            reported_at=row.last_reported_at,
            standing=self._once(("standing", row.standing), lambda: str(Standing(row.standing).label)),
        )

    def _once(self, key: Hashable, words: Callable[[], Any]) -> Any:
        """What is said of this, asked the first time only."""
        if key not in self._said:
            self._said[key] = words()
        return self._said[key]


def _told_at_length(piece: Sequence[tuple]) -> dict[int, str]:
    """The schedules whose words need more than the task's own columns, where there are any."""
    keys = [row.pk for row in piece if row.schedule_kind in _MORE_TO_SAY]
    tasks = Task.objects.filter(pk__in=keys).select_related("follows").prefetch_related("steps") if keys else ()
    return {task.pk: task.schedule_words for task in tasks}


def _sections(keys: set[int | None]) -> dict[int, str]:
    return {section.pk: section.name for section in Section.objects.filter(pk__in=keys - {None})}


def _schedule_words(told: Sequence) -> str:
    return Task(**dict(zip(_SCHEDULE, told, strict=True))).schedule_words
