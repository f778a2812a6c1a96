"""Reporting one agency's own part in a task."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.tasks.models import Evidence, PartReport, Target, TaskRole
from coordination.tasks.permissions import can_report_part
from coordination.tasks.services.evidence import Upload, attach, digests_of
from coordination.tasks.services.quantities import check_day, check_fall, check_quantity
from coordination.tasks.services.states import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import RuleBroken


@transaction.atomic
def report_part(
    role: TaskRole,
    *,
    actor: Membership,
    value: Decimal | None = None,
    result: str = "",
    obstacles: str = "",
    causes: str = "",
    proposal: str = "",
    is_done: bool = False,
    files: Sequence[Upload] = (),
    reported_on: date | None = None,
    expected_on: date | None = None,
) -> PartReport:
    """Keep what an agency reports of its own part; the lead agency reads it and reports on the whole.

    Rule: R-PROGRESS-4. Raises: NotAllowed; RuleBroken at the field that can mend it.
    """
    task = locked(role.task)
    role = TaskRole.objects.select_related("agency", "office").get(pk=role.pk)
    role.task = task
    require(can_report_part(actor, role))
    last = role.part_reports.first()
    reported_on = reported_on or clock.today()
    check_day(reported_on, task, last_told=last.reported_on if last else None)
    if expected_on is not None and expected_on < clock.today():
        raise RuleBroken(_("The day expected for completion must not have passed"), "expected_on")
    if value is not None:
        _check_value(task.targets.first(), value, role, reasons=obstacles + causes)
    if value is None and not result.strip() and not obstacles.strip():
        raise RuleBroken(_("Say what has been done, or what stands in the way"), "result")
    report = PartReport.objects.create(
        role=role,
        reported_on=reported_on,
        entered_at=clock.now(),
        by=actor,
        value=value,
        is_done=is_done,
        result=result,
        obstacles=obstacles,
        causes=causes,
        proposal=proposal,
        expected_on=None if is_done else expected_on,
    )
    evidence = attach(report, files)
    record(AuditAction.REPORTED, actor=actor, about=task, after=_told(report, evidence))
    return report


def _check_value(target: Target | None, value: Decimal, role: TaskRole, *, reasons: str) -> None:
    check_quantity(target, value, "value")
    last = role.part_reports.exclude(value=None).first()
    check_fall(last.value if last else None, value, gives_reason=bool(reasons.strip()))


def _told(report: PartReport, evidence: Sequence[Evidence]) -> dict:
    told = {
        "part_of": named(report.role.agency, report.role.body or report.role.office or ""),
        "value": report.value,
        "part_is_done": report.is_done,
        "files": digests_of(evidence),
    }
    more = {
        "reported_on": report.reported_on if report.days_late else None,
        "expected_on": report.expected_on,
    }
    return told | {name: value for name, value in more.items() if value}
