"""The days of this week on which something falls due or is held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy, pgettext_lazy

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.lists.filters import TaskFilters
from coordination.tasks.enums import OPEN_STATES
from coordination.tasks.models import Task, TaskRole

DAYS_SHOWN = 7
_UNFINISHED = ("overdue", "awaiting", "in_progress", "not_started")
_NAMES = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
_SHORT_NAMES = (
    pgettext_lazy("short", "Mon"),
    pgettext_lazy("short", "Tue"),
    pgettext_lazy("short", "Wed"),
    pgettext_lazy("short", "Thu"),
    pgettext_lazy("short", "Fri"),
    pgettext_lazy("short", "Sat"),
    pgettext_lazy("short", "Sun"),
)


def weekday_name(day: date) -> str:
    """The day of the week as a sentence has it: thứ Tư."""
    return str(_NAMES[day.weekday()])


@dataclass(frozen=True)
class WeekDay:
    """One day: how many of the member's tasks fall due and which conferences are held."""

    day: date
    is_today: bool
    tasks_due: int
    conferences: Sequence[Conference]

    @property
    def short_name(self) -> str:
        """The day of the week in two letters: T2 to T7, CN."""
        return _SHORT_NAMES[self.day.weekday()]

    @property
    def query(self) -> str:
        """The task list of what falls due that day."""
        return TaskFilters(year=self.day.year, due_from=self.day, due_to=self.day, statuses=_UNFINISHED).query


def week_of(actor: Membership, today: date) -> list[WeekDay]:
    """Monday to Sunday around a day; days on which nothing happens are left out, today stays. Two queries."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=DAYS_SHOWN - 1)
    mine = TaskRole.objects.filter(agency_id__in=actor.agency_ids()).values("task_id")
    due = Task.objects.visible_to(actor).filter(
        pk__in=mine, deadline__gte=monday, deadline__lte=sunday, state__in=OPEN_STATES
    )
    counts = Counter(due.values_list("deadline", flat=True))
    held: dict[date, list[Conference]] = {}
    for conference in (
        Conference.objects.visible_to(actor)
        .filter(held_on__gte=monday, held_on__lte=sunday)
        .select_related("unit")
        .order_by("held_on", "starts_at")
    ):
        held.setdefault(conference.held_on, []).append(conference.addressed_for(actor))
    days = [monday + timedelta(days=offset) for offset in range(DAYS_SHOWN)]
    return [
        WeekDay(day, day == today, counts[day], held.get(day, []))
        for day in days
        if counts[day] or day in held or day == today
    ]
