"""Tasks that come after another: their days follow from the day that one is completed."""

from datetime import timedelta

from agencies.models import Membership
from coordination.tasks.enums import OPEN_STATES, TaskState
from coordination.tasks.models import Task
from records.audit.enums import AuditAction
from records.audit.services import record

_WAITING = (*OPEN_STATES, TaskState.SUSPENDED)


def set_off(before: Task, *, actor: Membership | None) -> list[Task]:
    """Let the tasks that wait for one begin on the day it was completed, with as many days as they were given.

    Rule: R-SCHEDULE-2. A deadline the plan names itself stays; a task that has ended is left alone, a suspended one is
    given its days all the same.
    Why no permission here: whoever confirms the result has been asked.
    """
    waiting = Task.objects.select_for_update(of=("self",)).filter(follows=before, state__in=_WAITING)
    return [_begun(task, before, actor) for task in waiting.order_by("ordinal")]


def _begun(task: Task, before: Task, actor: Membership | None) -> Task:
    had = {"start_on": task.start_on, "due_on": task.due_on}
    due_on = before.completed_on + timedelta(days=task.within_days) if task.within_days else task.due_on
    if due_on is None or due_on >= before.completed_on:
        task.start_on = before.completed_on
    task.due_on, task.revision = due_on, task.revision + 1
    task.save(update_fields=["start_on", "due_on", "revision"])
    now = {"start_on": task.start_on, "due_on": task.due_on, "follows": before.short_code}
    record(AuditAction.CHANGED, actor=actor, about=task, before=had, after=now)
    return task
