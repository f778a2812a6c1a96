"""How a task is judged on a day, as the database says it, whatever the columns are called that hold its facts.

Rule: R-LATE-1, R-FIG-1. Written once: for tasks as they are, and for tasks as they stood on an earlier day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Field, IntegerField, Q, Value, When
from django.db.models.lookups import Exact

from coordination.tasks.enums import Bucket, Standing, TaskState


@dataclass(frozen=True)
class Facts:
    """The names under which a queryset has what its tasks are judged and counted by."""

    state: str = "state"
    due_on: str = "due_on"
    deadline: str = "deadline"
    completed_on: str = "completed_on"
    last_value: str = "last_value"
    last_percent: str = "last_percent"
    last_reported_at: str = "last_reported_at"

    def named(self, column: str) -> str:
        """Where a column of a task is found."""
        return getattr(self, column, column)

    @property
    def is_counted(self) -> Q:
        """Tasks that are in some count: neither suspended nor cancelled."""
        return ~self.has_state(TaskState.SUSPENDED, TaskState.CANCELLED)

    def has_state(self, *states: TaskState) -> Q:
        """Tasks in one of some states."""
        return Q(**{f"{self.state}__in": states})


NOW = Facts()
# As `coordination.tasks.queries.past` names them.
THEN = Facts("state_then", "due_then", "deadline_then", "completed_then", "value_then", "percent_then", "reported_then")


def standing(facts: Facts, day: date, *, said: Callable[[Standing], Any] = str) -> Case:
    """State and lateness together on a day: a Standing, or what is `said` for it."""
    states = (When(facts.has_state(state), then=Value(said(Standing(state.value)))) for state in TaskState)
    return Case(
        When(facts.has_state(TaskState.COMPLETED) & late(facts), then=Value(said(Standing.COMPLETED_LATE))),
        When(_running_late(facts, day), then=Value(said(Standing.OVERDUE))),
        *states,
        output_field=_field(said(Standing.OVERDUE)),
    )


def bucket(facts: Facts, day: date) -> Case:
    """The one Bucket a task lies in on a day; empty for a task that is not counted."""
    return Case(When(~facts.is_counted, then=Value("")), default=bucket_of_counted(facts, day))


def bucket_of_counted(facts: Facts, day: date, *, said: Callable[[Bucket], Any] = str) -> Case:
    """The one Bucket a task that is counted lies in on a day, or what is `said` for it."""
    done, awaiting = facts.has_state(TaskState.COMPLETED), facts.has_state(TaskState.AWAITING)
    overdue = facts.has_state(TaskState.NOT_COMPLETED) | _running_late(facts, day) | (awaiting & late(facts))
    return Case(
        When(Q(**{f"{facts.deadline}__isnull": True}), then=Value(said(Bucket.NO_DEADLINE))),
        When(done & late(facts), then=Value(said(Bucket.DONE_LATE))),
        When(done, then=Value(said(Bucket.DONE_ON_TIME))),
        When(overdue, then=Value(said(Bucket.OVERDUE))),
        default=Value(said(Bucket.IN_TIME)),
        output_field=_field(said(Bucket.IN_TIME)),
    )


def in_year(facts: Facts, year: int) -> Q:
    """Tasks of a working year: their program covers it and their own days, where they have any, touch it."""
    return days_touch(facts, year) & Q(program__period_start__year__lte=year, program__period_end__year__gte=year)


def days_touch(facts: Facts, year: int) -> Q:
    """Tasks whose own days, where they have any, touch a year."""
    begun = Q(start_on=None) | Q(start_on__year__lte=year)
    not_over = Q(**{facts.due_on: None}) | Q(**{f"{facts.due_on}__year__gte": year})
    return begun & not_over


def days_touch_among(facts: Facts, year: int) -> Q:
    """The same, of tasks whose programs are known to cover the year.

    Why in other words: then nearly all of them touch it, which a database that looks at each condition alone takes for
    a small part; it would look up thousands of leads one by one.
    """
    begins_later = When(start_on__year__gt=year, then=Value(1))
    is_over = When(**{f"{facts.due_on}__year__lt": year}, then=Value(1))
    return ~Q(Exact(Case(begins_later, is_over, default=Value(0), output_field=IntegerField()), 1))


def late(facts: Facts) -> Q:
    """Tasks reported as completed after their deadline."""
    return Q(**{f"{facts.deadline}__lt": F(facts.completed_on)})


def _field(said: str | int) -> Field:
    return IntegerField() if type(said) is int else CharField()


def _running_late(facts: Facts, day: date) -> Q:
    running = facts.has_state(TaskState.NOT_STARTED, TaskState.IN_PROGRESS)
    return running & Q(**{f"{facts.deadline}__lt": day})
