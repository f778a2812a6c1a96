"""Asking for a later deadline, refusing it, taking the request back. Granting it is moving the deadline."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.enums import ExtensionStep
from coordination.tasks.models import DueDateChange, ExtensionRequest, Task
from coordination.tasks.permissions import can_ask_extension, can_refuse_extension, can_withdraw_extension
from coordination.tasks.schedule import Span
from coordination.tasks.services.days import check_days
from coordination.tasks.services.states import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.wording import day


@transaction.atomic
def ask_extension(task: Task, *, actor: Membership, wanted_due_on: date, reason: str) -> ExtensionRequest:
    """Ask whoever owns the program or confirms the result for a later deadline, saying why.

    Rule: R-EXTEND-1. Nothing is moved by asking.
    Raises: NotAllowed; RuleBroken without a reason, for a day that is no later one, or while a request waits.
    """
    task = locked(task)
    require(can_ask_extension(actor, task))
    _check(task, wanted_due_on, reason)
    request = ExtensionRequest.objects.create(
        task=task, due_on=task.due_on, wanted_due_on=wanted_due_on, reason=reason, asked_at=clock.now(), by=actor
    )
    told = {"wanted_due_on": wanted_due_on, "reason": reason, "extension": ExtensionStep.ASKED}
    record(AuditAction.CHANGED, actor=actor, about=task, before={"wanted_due_on": task.due_on}, after=told)
    return request


@transaction.atomic
def refuse_extension(request: ExtensionRequest, *, actor: Membership, answer: str) -> ExtensionRequest:
    """Leave the deadline where it is, telling the lead agency why.

    Raises: NotAllowed; RuleBroken without a reason.
    """
    request = _held(request)
    require(can_refuse_extension(actor, request))
    if not answer.strip():
        raise RuleBroken(_("Say why the deadline is not moved"), "answer")
    request.decided_at, request.decided_by, request.granted, request.answer = clock.now(), actor, False, answer
    request.save(update_fields=["decided_at", "decided_by", "granted", "answer"])
    told = {"wanted_due_on": request.wanted_due_on, "reason": answer, "extension": ExtensionStep.REFUSED}
    record(AuditAction.CHANGED, actor=actor, about=request.task, after=told)
    return request


@transaction.atomic
def withdraw_extension(request: ExtensionRequest, *, actor: Membership) -> ExtensionRequest:
    """Take a request back that nobody has decided.

    Raises: NotAllowed.
    """
    request = _held(request)
    require(can_withdraw_extension(actor, request))
    request.withdrawn_at = clock.now()
    request.save(update_fields=["withdrawn_at"])
    told = {"wanted_due_on": request.wanted_due_on, "extension": ExtensionStep.WITHDRAWN}
    record(AuditAction.CHANGED, actor=actor, about=request.task, after=told)
    return request


def settle_by(change: DueDateChange, *, actor: Membership) -> None:
    """A deadline moved to a later day grants the request that waits for it, whatever later day was asked for.

    Only the moving of deadlines calls it, which has asked whether the actor may.
    """
    waiting = change.task.extension_requests.filter(
        decided_at=None, withdrawn_at=None, due_on__lt=change.new_due_on
    ).first()
    if waiting is None:
        return
    waiting.decided_at, waiting.decided_by, waiting.granted, waiting.change = change.at, actor, True, change
    waiting.save(update_fields=["decided_at", "decided_by", "granted", "change"])


def _held(request: ExtensionRequest) -> ExtensionRequest:
    """The request as it stands now, with its task, both held until the transaction ends."""
    task = locked(request.task)
    held = ExtensionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    held.task = task
    return held


def _check(task: Task, wanted_due_on: date, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(_("Say why the task needs more time"), "reason")
    if wanted_due_on <= task.due_on:
        raise RuleBroken(
            _("Ask for a day after the present deadline (%(day)s)") % {"day": day(task.due_on)}, "new_due_on"
        )
    try:
        check_days(Span(task.start_on, wanted_due_on), task.program)
    except RuleBroken as refusal:
        raise RuleBroken(refusal.message, "new_due_on") from refusal
    if task.extension_requests.filter(decided_at=None, withdrawn_at=None).exists():
        raise RuleBroken(_("A request for a later deadline of this task waits for its decision already."))
