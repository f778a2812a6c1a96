"""Deleting a task into the bin and bringing it back; nothing is ever removed."""

from django.db import transaction

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.lists.permissions import can_bin_task, can_restore_task
from coordination.tasks.models import Task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record


@transaction.atomic
def bin_task(task: Task, *, actor: Membership, reason: str = "") -> Task:
    """Put a task into the bin: no page, figure or paper shows it, and its number is not given again.

    Rule: R-LIST-5.
    Raises: NotAllowed.
    """
    task = held(task)
    require(can_bin_task(actor, task))
    return _put(task, actor=actor, into_bin=True, reason=reason)


@transaction.atomic
def restore_task(task: Task, *, actor: Membership) -> Task:
    """Bring a task back from the bin, under its number and as it was.

    Rule: R-LIST-5.
    Raises: NotAllowed.
    """
    task = held(task)
    require(can_restore_task(actor, task))
    return _put(task, actor=actor, into_bin=False)


def bin_added(task: Task, *, actor: Membership, reason: str) -> Task:
    """A building block: an import that is taken back puts what it had added into the bin; whether it may be taken back
    was asked there.
    """
    return _put(held(task), actor=actor, into_bin=True, reason=reason)


def held(task: Task) -> Task:
    """The task as it stands now, in the bin or out of it, held until the transaction ends."""
    return Task.with_binned.select_for_update(of=("self",)).select_related("program").get(pk=task.pk)


def _put(task: Task, *, actor: Membership, into_bin: bool, reason: str = "") -> Task:
    task.binned_at = clock.now() if into_bin else None
    task.binned_by = actor if into_bin else None
    task.revision += 1
    task.save(update_fields=["binned_at", "binned_by", "revision"])
    told = {"binned": into_bin} | ({"reason": reason} if reason else {})
    action = AuditAction.CHANGED if into_bin else AuditAction.UNDONE
    record(action, actor=actor, about=task, before={"binned": not into_bin}, after=told)
    return task
