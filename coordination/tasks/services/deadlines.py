"""Moving a deadline, without losing the first one."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.models import DueDateChange, Task
from coordination.tasks.permissions import can_move_due_date
from coordination.tasks.schedule import Span
from coordination.tasks.services.days import check_days
from coordination.tasks.services.extensions import settle_by
from coordination.tasks.services.rows import let_steps_follow
from coordination.tasks.services.states import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def move_due_date(task: Task, *, actor: Membership, new_due_on: date, reason: str, decision: str = "") -> Task:
    """Move a task's deadline to another day, saying why and by whose decision.

    Rule: R-EXTEND-1. A later day grants the request of the lead agency that waits, if there is one.
    Raises: NotAllowed; RuleBroken without a reason, for the same day, or for a day outside the program.
    """
    task = locked(task)
    require(can_move_due_date(actor, task))
    if not reason.strip():
        raise RuleBroken(_("Give the reason for moving the deadline"), "reason")
    if new_due_on == task.due_on:
        raise RuleBroken(_("The new deadline is the same as the present one"), "new_due_on")
    try:
        check_days(Span(task.start_on, new_due_on), task.program)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "new_due_on") from refusal
    before = task.due_on
    change = DueDateChange.objects.create(
        task=task, old_due_on=before, new_due_on=new_due_on, reason=reason, decision=decision, at=clock.now(), by=actor
    )
    task.due_on, task.revision = new_due_on, task.revision + 1
    task.save(update_fields=["due_on", "revision"])
    let_steps_follow(task)
    settle_by(change, actor=actor)
    record(
        AuditAction.CHANGED,
        actor=actor,
        about=task,
        before={"due_on": before},
        after={"due_on": new_due_on, "reason": reason, "decision": decision},
    )
    task.refresh_from_db()
    return task
