"""Who may keep views, act on many tasks, delete a task and take any of it back."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.lists.enums import UNDO_DAYS, UNDOABLE_ACTS, BulkAct
from coordination.lists.models import BulkChange, SavedView
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES, ProgramState
from coordination.tasks.enums import OPEN_STATES, TaskState
from coordination.tasks.models import Task
from coordination.tasks.permissions import (
    acts_for_lead,
    can_confirm_task,
    can_edit_task,
    can_move_due_date,
    can_view_task,
)
from records import clock
from records.errors import Decision

_REMINDERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)
_BY_ROLE = {
    Role.OFFICIAL: (BulkAct.REMIND, BulkAct.CHANGE_AREA, BulkAct.CONFIRM, BulkAct.BIN),
    Role.SECRETARY: tuple(BulkAct),
    Role.LEADER: (BulkAct.REMIND, BulkAct.EXTEND, BulkAct.CONFIRM),
}


def acts_offered_to(actor: Membership) -> tuple[BulkAct, ...]:
    """What a list offers to do with ticked rows; whether it may be done with each row is asked there."""
    return _BY_ROLE.get(actor.role, ())


def can_act_in_bulk(actor: Membership, act: BulkAct) -> Decision:
    """Whether the actor's role does such a thing at all."""
    if act in acts_offered_to(actor):
        return YES
    return no(_("Your role does not do this with tasks. Ask the secretary of your agency."))


def can_do(actor: Membership, act: BulkAct, task: Task) -> Decision:
    """Whether one act on one task is allowed: what a list of ticked rows is sorted by, and each service asks again."""
    if not (seen := can_view_task(actor, task)):
        return seen
    if task.binned_at is not None:
        return no(_("This task is deleted."))
    if not (may := can_act_in_bulk(actor, act)):
        return may
    return _ASKED[act](actor, task)


def all_or_none(decisions: Sequence[Decision], *, unseen_tasks: int) -> Decision:
    """Whether an act sent with these tasks may be done: no task of others is among them, and not all are refused.

    Rule: R-LIST-3. Where some are refused, the act itself says so and does nothing.
    """
    if unseen_tasks:
        return unseen()
    return decisions[0] if decisions and not any(decisions) else YES


def can_remind_lead(actor: Membership, task: Task) -> Decision:
    """The drafting and the confirming agency remind the lead agency of a running task.

    Rule: R-LIST-4.
    """
    if not (seen := can_view_task(actor, task)):
        return seen
    asks = actor.acts_for(task.program.drafting_agency_id) or actor.acts_for(task.confirming_agency_id)
    if actor.role not in _REMINDERS or not asks:
        return no(_("The drafting agency of the program, or the confirming agency, reminds the lead agency."))
    if acts_for_lead(actor, task):
        return no(_("Your own agency leads this task."))
    if task.state not in OPEN_STATES or task.state == TaskState.AWAITING:
        return no(_("The lead agency has nothing to do for this task now."))
    if task.program.state not in SETTLED_STATES:
        return no(_("The parties have not agreed the program yet."))
    return YES


def can_bin_task(actor: Membership, task: Task) -> Decision:
    """Whoever may edit a task may delete it while no work was reported and the parties have not agreed it.

    Rule: R-LIST-5.
    """
    if not (may := can_edit_task(actor, task)):
        return may
    if task.binned_at is not None:
        return no(_("This task is deleted."))
    if task.state != TaskState.NOT_STARTED or task.last_reported_at is not None:
        return no(_("Work on this task has begun; it can no longer be deleted."))
    if any(task.continued_by.all()):
        return no(_("Another task continues this one; it can no longer be deleted."))
    if any(task.followed_by.all()):
        return no(_("Another task comes after this one; it can no longer be deleted."))
    if _was_agreed(task):
        return no(_("The parties have agreed this task; it can no longer be deleted."))
    return YES


def can_restore_task(actor: Membership, task: Task) -> Decision:
    """Whoever could edit a deleted task brings it back within 30 days, while its program takes tasks.

    Rule: R-LIST-5.
    """
    if not (may := can_edit_task(actor, task)):
        return may
    if task.binned_at is None:
        return no(_("This task is not deleted."))
    if task.program.state in (ProgramState.EVALUATING, *ENDED_STATES):
        return no(_("The program is being evaluated or has ended; no task can be added."))
    if clock.local_day(task.binned_at) < oldest_undoable():
        return no(_("The task was deleted more than 30 days ago."))
    return YES


def can_undo(actor: Membership, change: BulkChange) -> Decision:
    """Whoever did it, and their agency's secretary, take an act on many tasks back within 30 days.

    Rule: R-LIST-6.
    """
    if not works_on_content(actor) or change.by.agency_id != actor.agency_id:
        return unseen()
    if change.by_id != actor.pk and actor.role != Role.SECRETARY:
        return no(_("Whoever did this, or the secretary of the agency, takes it back."))
    if change.act not in UNDOABLE_ACTS:
        return no(_("Reminders and confirmations are not taken back."))
    if change.undone_at is not None:
        return no(_("This was taken back already."))
    if clock.local_day(change.at) < oldest_undoable():
        return no(_("This was done more than 30 days ago."))
    return YES


def can_save_view(actor: Membership) -> Decision:
    """Everyone who works on content keeps views of the list."""
    return YES if works_on_content(actor) else unseen()


def can_change_view(actor: Membership, view: SavedView) -> Decision:
    """A view is changed and deleted by whoever keeps it; one the agency shares also by its secretary.

    Rule: R-LIST-2.
    """
    shares = view.is_shared and view.agency_id == actor.agency_id
    if not works_on_content(actor) or not (view.member_id == actor.pk or shares):
        return unseen()
    if view.member_id == actor.pk or actor.role == Role.SECRETARY:
        return YES
    return no(_("Whoever shared this view, or the secretary of the agency, changes it."))


def oldest_undoable() -> date:
    """The first day whose acts can still be taken back."""
    return clock.today() - timedelta(days=UNDO_DAYS)


def _was_agreed(task: Task) -> bool:
    """Whether the task was in the program when the parties last agreed its content; one added later is not theirs."""
    if task.program.state not in SETTLED_STATES:
        return False
    agreed = [step.at for step in task.program.state_changes.all() if step.to_state == ProgramState.AGREED]
    written = [change.at for change in task.state_changes.all()]
    return not agreed or not written or min(written) <= max(agreed)


_ASKED = {
    BulkAct.REMIND: can_remind_lead,
    BulkAct.EXTEND: can_move_due_date,
    BulkAct.CHANGE_AREA: can_edit_task,
    BulkAct.CONFIRM: can_confirm_task,
    BulkAct.BIN: can_bin_task,
}
