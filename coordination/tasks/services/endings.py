"""Suspending a task, letting it go on, cancelling it: each with its reason and the paper that decides it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import SIGNED_STATES
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_cancel_task, can_resume_task, can_suspend_task
from coordination.tasks.services.deadlines import move_due_date
from coordination.tasks.services.states import locked, move
from coordination.tasks.workflow import Act
from records.errors import RuleBroken


@transaction.atomic
def suspend(task: Task, *, actor: Membership, reason: str, decision: str = "") -> Task:
    """Stop a running task for a time: nothing is reported, reminded of or counted until it is resumed.

    Rule: R-STOP-2, R-STOP-3.
    Raises: NotAllowed; RuleBroken without a reason, or without a decision once the program is signed.
    """
    task = locked(task)
    require(can_suspend_task(actor, task))
    _check_grounds(task, reason, decision)
    return move(task, Act.SUSPEND, actor=actor, reason=reason, decision=decision)


@transaction.atomic
def resume(task: Task, *, actor: Membership, reason: str, decision: str = "", new_due_on: date | None = None) -> Task:
    """Let a suspended task go on from where it stood, by its present deadline or by a new one.

    Rule: R-STOP-4. Raises: NotAllowed; RuleBroken without a reason, or as `move_due_date` does.
    """
    task = locked(task)
    require(can_resume_task(actor, task))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    if new_due_on is not None and task.due_on is None:
        raise RuleBroken(_("This task has no deadline to move."), "new_due_on")
    task = move(task, _way_back(task), actor=actor, reason=reason, decision=decision)
    if new_due_on is None:
        return task
    return move_due_date(task, actor=actor, new_due_on=new_due_on, reason=reason, decision=decision)


@transaction.atomic
def cancel(task: Task, *, actor: Membership, reason: str, decision: str = "") -> Task:
    """End a task that is not to be done any more; all that was reported of it stays.

    Rule: R-STOP-2, R-STOP-5, R-STOP-6.
    Raises: NotAllowed; RuleBroken without a reason, or without a decision once the program is signed.
    """
    task = locked(task)
    require(can_cancel_task(actor, task))
    _check_grounds(task, reason, decision)
    return move(task, Act.CANCEL, actor=actor, reason=reason, decision=decision)


def _check_grounds(task: Task, reason: str, decision: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    if task.program.state in SIGNED_STATES and not decision.strip():
        raise RuleBroken(_("The program is signed: enter number and date of the paper that decides this"), "decision")


def _way_back(task: Task) -> Act:
    """Work that had not begun when it was suspended has not begun when it goes on."""
    stopped = task.state_changes.filter(to_state=TaskState.SUSPENDED).last()
    unbegun = stopped is not None and stopped.from_state == TaskState.NOT_STARTED
    return Act.RESUME_UNBEGUN if unbegun else Act.RESUME
