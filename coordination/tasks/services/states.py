"""Passing a task from state to state, with its trace."""

from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.tasks.models import Task, TaskStateChange
from coordination.tasks.services.following import set_off
from coordination.tasks.workflow import TRANSITIONS, Act, allows
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.prepared import Prepared

_ROW = Prepared(lambda task: Task.with_binned.select_for_update(of=("self",)).select_related("program").filter(pk=task))


def locked(task: Task) -> Task:
    """The task as it stands now, held until the transaction ends.

    Raises: NotAllowed, as for a task that is not there, when it was deleted meanwhile.
    """
    held = _ROW.model(task=task.pk)
    if held.binned_at is not None:
        require(unseen())
    return held


def move(task: Task, act: Act, *, actor: Membership | None, reason: str = "", decision: str = "", **days) -> Task:
    """Pass a locked task to the state an act leads to; `days` are the date columns that change with it.

    Raises: RuleBroken when the act does not start from the task's state.
    """
    if not allows(act, task.state):
        raise RuleBroken(_("The task is not in a state that allows this."))
    before = task.state
    task.state = TRANSITIONS[act].target
    for column, value in days.items():
        setattr(task, column, value)
    task.save(update_fields=["state", *days])
    trace(task, before, actor=actor, reason=reason, decision=decision)
    grounds = (("reason", reason), ("decision", decision))
    told = {"state": task.state, **days} | {name: said for name, said in grounds if said}
    record(AuditAction.MOVED, actor=actor, about=task, before={"state": before}, after=told)
    if act is Act.CONFIRM:
        set_off(task, actor=actor)
    return task


def trace(
    task: Task, from_state: str, *, actor: Membership | None, reason: str = "", decision: str = ""
) -> TaskStateChange:
    """Keep that a task came to its present state."""
    return TaskStateChange.objects.create(
        task=task,
        from_state=from_state,
        to_state=task.state,
        at=clock.now(),
        by=actor,
        reason=reason,
        decision=decision,
    )
