"""Who may do what with one task; everything else is refused."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.programs.enums import ENDED_STATES, SETTLED_STATES, ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_program, makes_program
from coordination.tasks.enums import OPEN_STATES, RoleKind, TaskState
from coordination.tasks.models import ExtensionRequest, Task, TaskRole, TaskStep
from coordination.tasks.workflow import FINISHED_STATES, REPORTABLE_STATES
from records.errors import Decision

_WRITERS = (Role.OFFICIAL, Role.SECRETARY)
_CONFIRMERS = (Role.OFFICIAL, Role.LEADER, Role.SECRETARY)
_DECIDERS = (Role.LEADER, Role.SECRETARY)


def can_view_task(actor: Membership, task: Task) -> Decision:
    """Parties see every task of their program; a coordinator outside sees the settled tasks it works in.

    Rule: R-SEE-2, for one row what `TaskQuerySet.visible_to` is for many.
    """
    if not works_on_content(actor):
        return unseen()
    if makes_program(actor, task.program):
        return YES
    works_in = any(actor.acts_for(role.agency_id) for role in task.roles.all())
    return YES if works_in and task.program.state in SETTLED_STATES else unseen()


def can_create_task(actor: Membership, program: Program) -> Decision:
    """Officials and secretaries of a party may add tasks until the program is evaluated."""
    if not (seen := can_view_program(actor, program)):
        return seen
    if not any(actor.acts_for(party.agency_id) for party in program.parties.all()):
        return no(_("Only the parties of the program may add tasks to it."))
    if actor.role not in _WRITERS:
        return no(_("Officials and secretaries of the parties add tasks."))
    if program.state in (ProgramState.EVALUATING, *ENDED_STATES):
        return no(_("The program is being evaluated or has ended; no task can be added."))
    return YES


def writes_tasks(actor: Membership) -> bool:
    """Whether the actor's role writes tasks at all; which program they may write in is asked there."""
    return actor.role in _WRITERS


def can_edit_task(actor: Membership, task: Task) -> Decision:
    """The lead agency's officials, and the drafting agency's secretary, may edit a task that is not finished."""
    if not (seen := can_view_task(actor, task)):
        return seen
    if task.program.state in ENDED_STATES:
        return no(_("The program has ended; its tasks can no longer be edited."))
    if task.state in FINISHED_STATES:
        return no(_("The task is finished; it can no longer be edited."))
    drafts = actor.role == Role.SECRETARY and actor.acts_for(task.program.drafting_agency_id)
    if drafts or (actor.role in _WRITERS and acts_for_lead(actor, task)):
        return YES
    return no(_("Only the lead agency, or the secretary of the drafting agency, may edit this task."))


def can_report_progress(actor: Membership, task: Task) -> Decision:
    """Officials and secretaries of a lead agency report on a running task once the program's content is settled."""
    if not (seen := can_view_task(actor, task)):
        return seen
    if actor.role not in _WRITERS or not acts_for_lead(actor, task):
        return no(_("Only officials of the lead agency report progress: %(lead)s.") % {"lead": lead_names(task)})
    if task.state == TaskState.AWAITING and task.program.state in SETTLED_STATES:
        return no(_("The task is reported complete and awaits confirmation."))
    return _takes_reports(task)


def can_confirm_task(actor: Membership, task: Task) -> Decision:
    """The confirming agency confirms or returns what a lead agency it does not act for reported complete."""
    if not (seen := can_view_task(actor, task)):
        return seen
    if task.confirming_agency_id is None or not actor.acts_for(task.confirming_agency_id):
        return no(_("Only the confirming agency may confirm the result: %(agency)s.") % {"agency": _confirmer(task)})
    if actor.role not in _CONFIRMERS:
        return no(_("Officials, leaders and secretaries of the confirming agency confirm results."))
    if acts_for_lead(actor, task):
        return no(_("You act for the lead agency, so someone else must confirm the result."))
    if task.state != TaskState.AWAITING:
        return no(_("The lead agency has not reported the task complete."))
    return YES


def can_move_due_date(actor: Membership, task: Task) -> Decision:
    """The drafting agency's secretary, or the confirming agency's leader or secretary, moves a running deadline."""
    if not (seen := can_view_task(actor, task)):
        return seen
    if not _decides(actor, task):
        return no(_("The secretary of the drafting agency, or the confirming agency, moves deadlines."))
    if task.due_on is None:
        return no(_("This task has no deadline to move."))
    if task.state not in OPEN_STATES or task.program.state in ENDED_STATES:
        return no(_not_running(task))
    return YES


def can_suspend_task(actor: Membership, task: Task) -> Decision:
    """Whoever decides on its deadline suspends a running task that is not reported complete.

    Rule: R-STOP-1.
    """
    if not (stops := _may_stop(actor, task)):
        return stops
    if task.state == TaskState.SUSPENDED:
        return no(_("The task is suspended already."))
    return YES


def can_resume_task(actor: Membership, task: Task) -> Decision:
    """Whoever decides on its deadline lets a suspended task go on.

    Rule: R-STOP-1.
    """
    if not (stops := _may_stop(actor, task)):
        return stops
    return YES if task.state == TaskState.SUSPENDED else no(_("The task is not suspended."))


def can_cancel_task(actor: Membership, task: Task) -> Decision:
    """Whoever decides on its deadline cancels a running or suspended task that is not reported complete.

    Rule: R-STOP-1.
    """
    return _may_stop(actor, task)


def can_ask_extension(actor: Membership, task: Task) -> Decision:
    """Officials and secretaries of a lead agency ask for a later deadline of a running task the parties have agreed.

    Rule: R-EXTEND-1.
    """
    if not (seen := can_view_task(actor, task)):
        return seen
    if actor.role not in _WRITERS or not acts_for_lead(actor, task):
        return no(
            _("Only officials of the lead agency ask for a later deadline: %(lead)s.") % {"lead": lead_names(task)}
        )
    if task.due_on is None:
        return no(_("This task has no deadline to move."))
    if task.program.state not in SETTLED_STATES:
        return no(_("The program is not agreed yet: edit the task to change its deadline."))
    if task.state not in REPORTABLE_STATES or task.program.state in ENDED_STATES:
        return no(_not_running(task))
    return YES


def can_refuse_extension(actor: Membership, request: ExtensionRequest) -> Decision:
    """Whoever may move the deadline may refuse to, while the request waits. Rule: R-EXTEND-1."""
    if not (may := can_move_due_date(actor, request.task)):
        return may
    return YES if request.is_open else no(_("The request has been decided or taken back already."))


def can_withdraw_extension(actor: Membership, request: ExtensionRequest) -> Decision:
    """Officials and secretaries of a lead agency take back a request nobody has decided."""
    if not (seen := can_view_task(actor, request.task)):
        return seen
    if actor.role not in _WRITERS or not acts_for_lead(actor, request.task):
        return no(_("Only the agency that asked for a later deadline may take the request back."))
    return YES if request.is_open else no(_("The request has been decided or taken back already."))


def can_report_part(actor: Membership, role: TaskRole) -> Decision:
    """Officials and secretaries of an agency that works along report its own part while the task runs.

    Rule: R-PROGRESS-4.
    """
    task = role.task
    if not (seen := can_view_task(actor, task)):
        return seen
    if role.kind == RoleKind.LEAD:
        return no(_("A lead agency reports the progress of the whole task."))
    if actor.role not in _WRITERS or not actor.acts_for(role.agency_id):
        return no(_("Only officials of the agency report its part: %(agency)s.") % {"agency": role.shown_name})
    return _takes_reports(task)


def can_report_step(actor: Membership, step: TaskStep) -> Decision:
    """Officials and secretaries of a lead agency, or of the agency that does the step, say that it is done.

    Rule: R-STEP-1.
    """
    if not (runs := _keeps_steps(actor, step)):
        return runs
    return no(_("This is done already.")) if step.done_on is not None else YES


def can_reopen_step(actor: Membership, step: TaskStep) -> Decision:
    """Whoever may say that a step is done may take it back while the task runs."""
    if not (runs := _keeps_steps(actor, step)):
        return runs
    return YES if step.done_on is not None else no(_("This is not done yet."))


def _keeps_steps(actor: Membership, step: TaskStep) -> Decision:
    task = step.task
    if not (seen := can_view_task(actor, task)):
        return seen
    does_it = step.agency_id is not None and actor.acts_for(step.agency_id)
    if actor.role not in _WRITERS or not (does_it or acts_for_lead(actor, task)):
        return no(_("Only officials of the lead agency, or of the agency that does it, say that it is done."))
    return _takes_reports(task)


def _takes_reports(task: Task) -> Decision:
    """Whether anything is reported on a task now, whoever reports it: agreed by the parties, running, not ended."""
    if task.program.state not in SETTLED_STATES:
        return no(_("Progress can be reported once the parties have agreed the program."))
    if task.state not in REPORTABLE_STATES or task.program.state in ENDED_STATES:
        return no(_not_running(task))
    return YES


def _may_stop(actor: Membership, task: Task) -> Decision:
    if not (seen := can_view_task(actor, task)):
        return seen
    if not _decides(actor, task):
        return no(_("The secretary of the drafting agency, or the confirming agency, suspends and cancels tasks."))
    if task.program.state not in SETTLED_STATES:
        return no(_("The parties have not agreed the program yet: edit the task or delete it."))
    if task.program.state in ENDED_STATES:
        return no(_("The program has ended; its tasks are neither suspended nor cancelled any more."))
    if task.state in FINISHED_STATES:
        return no(_("The task has ended already."))
    if task.state == TaskState.AWAITING:
        return no(_("The lead agency reported the task complete: confirm the result or return it first."))
    return YES


def _decides(actor: Membership, task: Task) -> bool:
    """Whether the actor decides on deadlines and stops: drafting agency's secretary, confirming leader or secretary."""
    drafts = actor.role == Role.SECRETARY and actor.acts_for(task.program.drafting_agency_id)
    confirms = actor.role in _DECIDERS and task.confirming_agency_id and actor.acts_for(task.confirming_agency_id)
    return bool(drafts or confirms)


def _not_running(task: Task) -> str:
    if task.state == TaskState.SUSPENDED and task.program.state not in ENDED_STATES:
        return _("The task is suspended; the work waits until it is resumed.")
    return _("The task is no longer running.")


def acts_for_lead(actor: Membership, task: Task) -> bool:
    """Whether the actor acts for one of the task's lead agencies."""
    return any(actor.acts_for(role.agency_id) for role in _leads(task))


def lead_names(task: Task) -> str:
    """The lead agencies of a task in words."""
    return ", ".join(role.shown_name for role in _leads(task))


def _confirmer(task: Task) -> str:
    return task.confirming_agency.current_short_name if task.confirming_agency else "–"


def _leads(task: Task) -> list:
    return [role for role in task.roles.all() if role.kind == RoleKind.LEAD]
