"""Steps of a task: saying that a part of the work, a wave or a turn is done, and taking it back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.enums import RECURRING_KINDS, ScheduleKind, StepKind, TaskState
from coordination.tasks.models import Task, TaskStep
from coordination.tasks.permissions import can_reopen_step, can_report_step
from coordination.tasks.services.states import locked, move
from coordination.tasks.workflow import Act
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

_FULL, _NOT_YET_FULL = 100, 99
_IN_TURNS = (ScheduleKind.WAVES, *RECURRING_KINDS)


@transaction.atomic
def report_step(step: TaskStep, *, actor: Membership, done_on: date, result: str = "") -> TaskStep:
    """Keep that a step is done, since when, and what came of it; the moment it was said is the portal's own.

    Rule: R-STEP-1. The first one starts the task. Raises: NotAllowed; RuleBroken for a day that has not come.
    """
    step = _locked(step)
    require(can_report_step(actor, step))
    if done_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "done_on")
    first_day = step.start_on or step.task.start_on or step.task.program.period_start
    if done_on < min(first_day, clock.today()):
        raise RuleBroken(_("The day lies before the work began"), "done_on")
    step.done_on, step.result, step.reported_at, step.by = done_on, result, clock.now(), actor
    step.save(update_fields=["done_on", "result", "reported_at", "by"])
    told = {"step": step.name, "done_on": done_on} | ({"result": result} if result else {})
    record(AuditAction.REPORTED, actor=actor, about=step.task, after=told)
    _measure(step)
    if step.task.state == TaskState.NOT_STARTED:
        move(step.task, Act.START, actor=actor)
    return step


@transaction.atomic
def reopen_step(step: TaskStep, *, actor: Membership, reason: str) -> TaskStep:
    """Take back that a step is done, saying why; the audit keeps what was said before.

    Raises: NotAllowed; RuleBroken without a reason.
    """
    step = _locked(step)
    require(can_reopen_step(actor, step))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    before = {"step": step.name, "done_on": step.done_on, "result": step.result}
    step.done_on = step.reported_at = step.by = None
    step.result = ""
    step.save(update_fields=["done_on", "result", "reported_at", "by"])
    after = {"step": step.name, "done_on": None, "result": "", "reason": reason}
    record(AuditAction.CHANGED, actor=actor, about=step.task, before=before, after=after)
    _measure(step)
    return step


def _locked(step: TaskStep) -> TaskStep:
    """The step as it stands now, with its task held until the transaction ends."""
    task = locked(step.task)
    found = TaskStep.objects.select_related("agency").get(pk=step.pk)
    found.task = task
    return found


def _measure(step: TaskStep) -> None:
    """Work in waves or turns that counts nothing else is done as far as its waves or turns are.

    Rule: R-STEP-2.
    """
    task = step.task
    if task.schedule_kind not in _IN_TURNS or step.kind == StepKind.ITEM or _counts(task):
        return
    days = list(task.steps.exclude(kind=StepKind.ITEM).values_list("done_on", flat=True))
    done = sum(day is not None for day in days)
    task.last_percent = _FULL if done == len(days) else min(_NOT_YET_FULL, done * _FULL // len(days))
    task.last_reported_at = clock.now()
    task.save(update_fields=["last_percent", "last_reported_at"])


def _counts(task: Task) -> bool:
    target = task.targets.first()
    return target is not None and target.is_counted
