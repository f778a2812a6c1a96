"""What is done about a limitation: a task mends it, or a leader says why none is asked for. Rule: R-FINDING-3."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.findings.models import CAME_TO_NOTHING, Finding
from coordination.findings.permissions import can_remedy, can_waive
from coordination.findings.queries import evaluated_until
from coordination.programs.models import Program
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.services import TaskDraft, create_task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def name_remedy(limitation: Finding, *, actor: Membership, task: Task) -> Finding:
    """Say which task mends a limitation; another one takes the place of the one named before, and a waiver ends.

    Rule: R-FINDING-3. The task lies in a program that goes on after what the round evaluated.
    Raises: NotAllowed, hidden where the task is not theirs to see; RuleBroken at the task.
    """
    limitation = _locked(limitation)
    require(can_remedy(actor, limitation))
    if not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        require(unseen())
    return remedied(limitation, task, actor=actor)


@transaction.atomic
def create_remedy(limitation: Finding, *, actor: Membership, program: Program, draft: TaskDraft) -> Task:
    """Write a new task that mends a limitation, and tie the two.

    Raises: NotAllowed, also where the actor may not add tasks to the program; RuleBroken as `create_task`.
    """
    limitation = _locked(limitation)
    require(can_remedy(actor, limitation))
    task = create_task(program, actor=actor, draft=draft)
    remedied(limitation, task, actor=actor)
    return task


@transaction.atomic
def remedied(limitation: Finding, task: Task, *, actor: Membership) -> Finding:
    """A building block: tie a limitation to the task that mends it; whoever calls it has asked who may.

    Raises: RuleBroken where the task came to nothing, or its program does not go on after what the round evaluated.
    """
    limitation = _locked(limitation)
    _must_follow(limitation, task)
    if limitation.remedied_by_id == task.pk:
        return limitation
    before = _told(limitation)
    limitation.remedied_by = task
    limitation.waived_at, limitation.waived_by, limitation.waiver_reason = None, None, ""
    return _kept(limitation, before, actor)


@transaction.atomic
def pass_on(task: Task, carried: Task, *, actor: Membership) -> None:
    """A building block: what a task was to mend, the task that continues it in the next program is to mend.

    Rule: R-FINDING-3. Why not of a completed one: it has mended what it was to mend; work that recurs only begins anew.
    """
    if task.state == TaskState.COMPLETED:
        return
    for limitation in task.remedies.select_for_update(of=("self",)).order_by("pk"):
        remedied(limitation, carried, actor=actor)


@transaction.atomic
def waive_limitation(limitation: Finding, *, actor: Membership, reason: str) -> Finding:
    """Do without a remedy, for a reason everybody who sees the round can read.

    Raises: NotAllowed; RuleBroken where the reason is missing, or a task is mending it.
    """
    limitation = _locked(limitation)
    require(can_waive(actor, limitation))
    _must_be_limitation(limitation)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason for doing without a remedy"), "reason")
    if limitation.waived_at is not None:
        raise RuleBroken(_("It was waived already."))
    if not limitation.remedy.is_open:
        raise RuleBroken(_("A task mends it; nothing is to be waived."))
    before = _told(limitation)
    limitation.remedied_by = None
    limitation.waived_at, limitation.waived_by, limitation.waiver_reason = clock.now(), actor, reason
    return _kept(limitation, before, actor)


@transaction.atomic
def reopen_limitation(limitation: Finding, *, actor: Membership, reason: str) -> Finding:
    """Take the remedy or the waiver of a limitation back, with the reason: it waits for a task again.

    Whoever may give the remedy takes the task back, whoever may waive the waiver.
    Raises: NotAllowed; RuleBroken where the reason is missing, nothing is to be taken back or the task is completed.
    """
    limitation = _locked(limitation)
    require(can_waive(actor, limitation) if limitation.waived_at else can_remedy(actor, limitation))
    _must_be_limitation(limitation)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), "reason")
    if not (limitation.remedy.is_given or limitation.remedy.is_waived):
        raise RuleBroken(_("Nothing is to be taken back: it waits for a task, or the task has mended it."))
    before = _told(limitation)
    limitation.remedied_by = None
    limitation.waived_at, limitation.waived_by, limitation.waiver_reason = None, None, ""
    return _kept(limitation, before, actor, reason=reason)


def _locked(limitation: Finding) -> Finding:
    """The limitation as it is now, held until the transaction ends."""
    rows = Finding.objects.select_for_update(of=("self",)).select_related("round", "remedied_by", "program")
    return rows.get(pk=limitation.pk)


def _must_be_limitation(finding: Finding) -> None:
    if not finding.is_limitation:
        raise RuleBroken(_("Only a limitation names the task that mends it."), "task")


def _must_follow(limitation: Finding, task: Task) -> None:
    _must_be_limitation(limitation)
    if task.state in CAME_TO_NOTHING:
        raise RuleBroken(_("The task was cancelled or not completed; it mends nothing."), "task")
    if task.program.period_end <= evaluated_until(limitation.round):
        raise RuleBroken(
            _("%(program)s ends with the period evaluated. Choose a task of the next program.")
            % {"program": task.program.code},
            "task",
        )


def _kept(limitation: Finding, before: dict, actor: Membership, **more) -> Finding:
    limitation.save(update_fields=["remedied_by", "waived_at", "waived_by", "waiver_reason"])
    record(AuditAction.CHANGED, actor=actor, about=limitation, before=before, after=_told(limitation) | more)
    return limitation


def _told(limitation: Finding) -> dict:
    task = limitation.remedied_by
    return {"remedied_by": task.code if task else "", "waiver_reason": limitation.waiver_reason}
