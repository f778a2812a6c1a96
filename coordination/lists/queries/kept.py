"""Views that are kept, acts that can be taken back, tasks in the bin."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from agencies.models import Membership
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChange, BulkChangeRow, SavedView
from coordination.lists.permissions import (
    all_or_none,
    can_change_view,
    can_do,
    can_restore_task,
    can_undo,
    oldest_undoable,
)
from coordination.programs.models import Area
from coordination.tasks.enums import RoleKind
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.queries import whole_rows
from records import clock
from records.errors import Decision

MOST_PINNED = 8
MOST_SHOWN = 100


@dataclass(frozen=True)
class ChosenTask:
    """A ticked task and whether the act may be done with it."""

    task: Task
    decision: Decision

    @property
    def lead_names(self) -> str:
        roles = [role for role in self.task.roles.all() if role.kind == RoleKind.LEAD]
        return ", ".join(role.agency.current_short_name for role in roles)


@dataclass(frozen=True)
class Chosen:
    """The ticked tasks: those the act will be done with, those it cannot be done with and why.

    `unseen` counts the codes under which the actor sees no task.
    """

    allowed: Sequence[ChosenTask]
    refused: Sequence[ChosenTask]
    unseen: int = 0

    @property
    def decision(self) -> Decision:
        """Whether what was sent from the page of an act may be done."""
        return all_or_none([one.decision for one in (*self.refused, *self.allowed)], unseen_tasks=self.unseen)


@dataclass(frozen=True)
class ShownView:
    """A saved view on its page, and whether the reader may change it."""

    view: SavedView
    decision: Decision


@dataclass(frozen=True)
class ShownChange:
    """An act on many tasks, how many there were, and whether the reader may take it back."""

    change: BulkChange
    count: int
    decision: Decision


@dataclass(frozen=True)
class BinnedTask:
    """A task in the bin, and whether the reader may bring it back."""

    task: Task
    decision: Decision


def pinned_views(actor: Membership) -> QuerySet[SavedView]:
    """The views shown above the list: the actor's own, then those of the agency."""
    pinned = SavedView.objects.visible_to(actor).filter(is_pinned=True)
    return pinned.order_by("is_shared", "name", "pk")[:MOST_PINNED]


def views_kept(actor: Membership) -> list[ShownView]:
    """All views the actor sees, their own first."""
    views = SavedView.objects.visible_to(actor).select_related("member__user", "agency").order_by("is_shared", "name")
    return [ShownView(view, can_change_view(actor, view)) for view in views[:MOST_SHOWN]]


def chosen_tasks(actor: Membership, codes: Sequence[str], act: BulkAct) -> Chosen:
    """The ticked tasks the actor sees, sorted by whether an act may be done with them; others are only counted."""
    asked = {code.upper() for code in codes}
    tasks = with_permission_facts(Task.objects.visible_to(actor)).filter(code__in=asked)
    chosen = [ChosenTask(task, can_do(actor, act, task)) for task in tasks.order_by("code")]
    allowed, refused = [one for one in chosen if one.decision], [one for one in chosen if not one.decision]
    return Chosen(allowed, refused, unseen=len(asked) - len(chosen))


def areas_for(chosen: Chosen) -> QuerySet[Area]:
    """The areas of the units of the tasks an act can be done with."""
    units = {one.task.program.unit_id for one in chosen.allowed}
    return Area.objects.filter(unit_id__in=units, is_active=True)


def changes_undoable(actor: Membership) -> list[ShownChange]:
    """The acts of the actor's agency on many tasks of the last 30 days, newest first."""
    since = clock.at(oldest_undoable())
    changes = BulkChange.objects.visible_to(actor).filter(at__gte=since).select_related("by__user", "by__agency")
    changes = changes.annotate(row_count=Count("rows")).order_by("-at", "-pk")[:MOST_SHOWN]
    return [ShownChange(change, change.row_count, can_undo(actor, change)) for change in changes]


def binned_tasks(actor: Membership) -> list[BinnedTask]:
    """The tasks deleted in the last 30 days among those the actor sees, newest first."""
    since = clock.at(oldest_undoable())
    seen = with_permission_facts(Task.with_binned.visible_to(actor)).filter(binned_at__gte=since)
    tasks = seen.select_related("binned_by__agency").order_by("-binned_at", "code")[:MOST_SHOWN]
    return [BinnedTask(task, can_restore_task(actor, task)) for task in tasks]


def rows_of_change(actor: Membership, change: BulkChange) -> list[BulkChangeRow]:
    """What an act changed, as far as the reader sees the tasks, those in the bin included."""
    seen = Task.with_binned.visible_to(actor).values("pk")
    rows = change.rows.filter(Q(task__in=seen)).select_related("task", "change", "old_area", "new_area")
    return list(rows.order_by("task__code"))


def with_permission_facts(tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks with all that permissions look at, so that many are asked in a fixed number of queries."""
    return (
        whole_rows(tasks)
        .select_related("program", "area", "confirming_agency")
        .prefetch_related("program__parties", "program__state_changes", "state_changes", "continued_by", "followed_by")
    )
