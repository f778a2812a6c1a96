"""Triage: each conclusion becomes tasks with an owner, a deadline and a program, or is settled without one.

Rule: R-CONCLUDE-2, R-CONCLUDE-3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.conferences.models import Conclusion, ConclusionTask, Conference
from coordination.conferences.permissions import can_keep_record, can_settle
from coordination.conferences.services.locking import locked
from coordination.programs.models import Program
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from coordination.tasks.services import TaskDraft, create_task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@dataclass(frozen=True)
class TaskAsked:
    """One task a conclusion is to become: in which program, and how it is planned."""

    conclusion: Conclusion
    program: Program
    draft: TaskDraft


class RowRefused(RuleBroken):
    """What one of several tasks breaks; `row` is its place among those asked for, from 0."""

    def __init__(self, refusal: RuleBroken, row: int):
        self.row = row
        super().__init__(refusal.message, refusal.field)


@transaction.atomic
def turn_into_tasks(conference: Conference, *, actor: Membership, asked: Sequence[TaskAsked]) -> list[Task]:
    """Make all tasks of a triage at once, each tied to the conclusion it comes from; one refused, none is made.

    Rule: R-CONCLUDE-2.
    Raises: NotAllowed, also where the actor may not add tasks to a program; RowRefused naming the row and its field.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    if not asked:
        raise RuleBroken(_("Tick at least one conclusion"))
    made = []
    for place, one in enumerate(asked):
        conclusion = _held(one.conclusion, conference)
        try:
            task = create_task(one.program, actor=actor, draft=one.draft)
        except RuleBroken as refusal:
            raise RowRefused(refusal, place) from refusal
        tied(conclusion, task, actor=actor)
        made.append(task)
    return made


@transaction.atomic
def link_task(conclusion: Conclusion, task: Task, *, actor: Membership) -> ConclusionTask:
    """Link a conclusion to a task the actor sees and that carries it out; twice is once.

    Raises: NotAllowed, hidden when the task is not theirs to see; RuleBroken for a task that was cancelled.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    if not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        require(unseen())
    if task.state == TaskState.CANCELLED:
        raise RuleBroken(_("The task was cancelled; it carries nothing out."), "task")
    return tied(_held(conclusion, conference), task, actor=actor)


@transaction.atomic
def tied(conclusion: Conclusion, task: Task, *, actor: Membership) -> ConclusionTask:
    """A building block: tie a task to the conclusion it carries out; whoever calls it has asked who may.

    A conclusion settled without a task no longer is.
    """
    link, is_new = ConclusionTask.objects.get_or_create(
        conclusion=conclusion, task=task, defaults={"linked_at": clock.now(), "linked_by": actor}
    )
    if is_new:
        record(AuditAction.CHANGED, actor=actor, about=conclusion, after={"task": task.code})
        if conclusion.settled_at is not None:
            _settle(conclusion, None, "")
    return link


@transaction.atomic
def unlink_task(conclusion: Conclusion, task: Task, *, actor: Membership) -> None:
    """Untie a task that does not carry the conclusion out after all; the task itself stays.

    Raises: NotAllowed, hidden when the task is not theirs to see; RuleBroken where the two are not tied.
    """
    conference = locked(conclusion.conference)
    require(can_keep_record(actor, conference))
    if not Task.objects.visible_to(actor).filter(pk=task.pk).exists():
        require(unseen())
    link = ConclusionTask.objects.filter(conclusion=conclusion, task=task).first()
    if link is None:
        raise RuleBroken(_("The task does not carry this conclusion out."))
    link.delete()
    record(AuditAction.CHANGED, actor=actor, about=conclusion, before={"task": task.code}, after={"task": ""})


@transaction.atomic
def settle_conclusion(conclusion: Conclusion, *, actor: Membership, reason: str) -> Conclusion:
    """Say why a conclusion needs no task of its own, so that it no longer waits for one.

    Raises: NotAllowed; RuleBroken where the reason is missing or the conclusion does not wait.
    """
    conference = locked(conclusion.conference)
    require(can_settle(actor, conference))
    conclusion = _held(conclusion, conference)
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), "reason")
    if not Conclusion.objects.untasked().filter(pk=conclusion.pk).exists():
        raise RuleBroken(_("The conclusion does not wait for a task any more."))
    _settle(conclusion, actor, reason)
    record(AuditAction.CHANGED, actor=actor, about=conclusion, after={"settled_reason": reason})
    return conclusion


@transaction.atomic
def unsettle_conclusion(conclusion: Conclusion, *, actor: Membership) -> Conclusion:
    """Let a conclusion that was settled without a task wait for one again.

    Raises: NotAllowed; RuleBroken where it was not settled.
    """
    conference = locked(conclusion.conference)
    require(can_settle(actor, conference))
    conclusion = _held(conclusion, conference)
    if conclusion.settled_at is None:
        raise RuleBroken(_("The conclusion was not settled without a task."))
    before = {"settled_reason": conclusion.settled_reason}
    _settle(conclusion, None, "")
    record(AuditAction.CHANGED, actor=actor, about=conclusion, before=before, after={"settled_reason": ""})
    return conclusion


def _held(conclusion: Conclusion, conference: Conference) -> Conclusion:
    """The conclusion as it is now; the conference is held, so nobody changes it meanwhile."""
    return conference.conclusions.select_for_update(of=("self",)).get(pk=conclusion.pk)


def _settle(conclusion: Conclusion, actor: Membership | None, reason: str) -> None:
    conclusion.settled_at = clock.now() if actor else None
    conclusion.settled_by, conclusion.settled_reason = actor, reason
    conclusion.save(update_fields=["settled_at", "settled_by", "settled_reason"])
