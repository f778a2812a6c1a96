"""Reporting progress with evidence, confirming a result, sending it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.enums import EvidenceKind, TargetOperator, TaskState
from coordination.tasks.models import Evidence, ProgressReport, Target, Task
from coordination.tasks.permissions import can_confirm_task, can_report_progress
from coordination.tasks.services.states import locked, move
from coordination.tasks.workflow import Act
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import keep
from records.wording import number

_PHOTO_KINDS = (FileKind.JPEG, FileKind.PNG)
_FULL = 100


@dataclass(frozen=True)
class Upload:
    """A file as it came in."""

    name: str
    content: BinaryIO
    size_bytes: int


@transaction.atomic
def report_progress(
    task: Task,
    *,
    actor: Membership,
    value: Decimal | None,
    percent: int | None,
    result: str = "",
    obstacles: str = "",
    proposal: str = "",
    claims_completion: bool = False,
    files: Sequence[Upload] = (),
    reported_on: date | None = None,
) -> ProgressReport:
    """Keep what the lead agency reports at this moment, and move the task on with it.

    Rule: a quantity falls only with a reason; completion is claimed only with evidence.
    Raises: NotAllowed; RuleBroken at the field that can mend it.
    """
    task = locked(task)
    require(can_report_progress(actor, task))
    target = task.targets.first()
    reported_on = reported_on or clock.today()
    _check(task, target, value=value, percent=percent, obstacles=obstacles, reported_on=reported_on)
    report = ProgressReport.objects.create(
        task=task,
        reported_on=reported_on,
        entered_at=clock.now(),
        by=actor,
        value_before=task.last_value,
        value=value,
        percent=_percent(task, target, value=value, percent=percent, claims_completion=claims_completion),
        claims_completion=claims_completion,
        result=result,
        obstacles=obstacles,
        proposal=proposal,
    )
    _attach(report, files)
    if claims_completion and not Evidence.objects.filter(report__task=task).exists():
        raise RuleBroken(_("Attach at least one piece of evidence before reporting completion"), "files")
    _carry_to_task(task, report)
    record(AuditAction.REPORTED, actor=actor, about=task, before={"value": report.value_before}, after=_told(report))
    _move_on(task, report, actor=actor)
    return report


@transaction.atomic
def confirm_completion(task: Task, *, actor: Membership, remark: str = "") -> Task:
    """Confirm that what the lead agency reported complete is complete.

    Raises: NotAllowed.
    """
    task = locked(task)
    require(can_confirm_task(actor, task))
    return move(task, Act.CONFIRM, actor=actor, reason=remark, confirmed_on=clock.today())


@transaction.atomic
def return_for_rework(task: Task, *, actor: Membership, reason: str) -> Task:
    """Send a task reported complete back to its lead agency, saying why.

    Raises: NotAllowed; RuleBroken without a reason.
    """
    task = locked(task)
    require(can_confirm_task(actor, task))
    if not reason.strip():
        raise RuleBroken(_("Give the reason for returning the task"), "reason")
    return move(task, Act.RETURN, actor=actor, reason=reason, completed_on=None)


def _check(
    task: Task,
    target: Target | None,
    *,
    value: Decimal | None,
    percent: int | None,
    obstacles: str,
    reported_on: date,
) -> None:
    if reported_on > clock.today():
        raise RuleBroken(_("The report date must not be in the future"), "reported_on")
    if percent is not None and not 0 <= percent <= _FULL:
        raise RuleBroken(_("A percentage lies between 0 and 100"), "percent")
    if value is None:
        return
    if target is None or not target.is_counted:
        raise RuleBroken(_("This task has no target to count"), "value")
    if value < 0:
        raise RuleBroken(_("The quantity done must not be negative"), "value")
    if target.operator == TargetOperator.EXACTLY and value > target.value:
        raise RuleBroken(
            _("The quantity done must not exceed the target (%(target)s)") % {"target": number(target.value)}, "value"
        )
    if task.last_value is not None and value < task.last_value and not obstacles.strip():
        fall = {"before": number(task.last_value), "after": number(value)}
        raise RuleBroken(_("Say why the quantity done falls from %(before)s to %(after)s") % fall, "obstacles")


def _percent(
    task: Task, target: Target | None, *, value: Decimal | None, percent: int | None, claims_completion: bool
) -> int:
    if value is not None and target is not None:
        return target.percent_of(value)
    if claims_completion and (target is None or not target.is_counted):
        return _FULL
    return task.last_percent if percent is None else percent


def _attach(report: ProgressReport, files: Sequence[Upload]) -> None:
    for upload in files:
        try:
            stored = keep(upload.name, upload.content, upload.size_bytes)
        except RuleBroken as refusal:
            raise RuleBroken(f"{upload.name[:80]}: {refusal}", "files") from refusal
        kind = EvidenceKind.PHOTO if stored.kind in _PHOTO_KINDS else EvidenceKind.DOCUMENT
        Evidence.objects.create(report=report, file=stored, kind=kind)


def _carry_to_task(task: Task, report: ProgressReport) -> None:
    task.last_value = report.value if report.value is not None else task.last_value
    task.last_percent, task.last_reported_at = report.percent, report.entered_at
    task.save(update_fields=["last_value", "last_percent", "last_reported_at"])


def _move_on(task: Task, report: ProgressReport, *, actor: Membership) -> None:
    if report.claims_completion:
        move(task, Act.CLAIM, actor=actor, completed_on=report.reported_on)
    elif task.state == TaskState.NOT_STARTED:
        move(task, Act.START, actor=actor)


def _told(report: ProgressReport) -> dict:
    return {
        "value": report.value,
        "percent": report.percent,
        "claims_completion": report.claims_completion,
        "files": [evidence.file.sha256 for evidence in report.evidence.select_related("file")],
    }
