"""A report on its way to signature: submitted, returned with a reason, approved, taken back."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.access.decisions import require
from agencies.models import Membership
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from reports.composed.enums import ReportState
from reports.composed.models import ComposedReport
from reports.composer.permissions import can_decide_report, can_submit_report
from reports.composer.queries import is_issued, missing_before_submitting
from reports.composer.services.locking import held

LONGEST_REASON = 2_000


@transaction.atomic
def submit_report(report: ComposedReport, *, actor: Membership) -> ComposedReport:
    """Lay a report before the leader who approves it; from then on its text stands still.

    Rule: R-COMPOSE-5. Every needed part says something, and no token is unknown.
    Raises: NotAllowed; Conflict where it was submitted already; RuleBroken naming what is missing.
    """
    report = held(report)
    require(can_submit_report(actor, report))
    if not report.status.is_open:
        raise Conflict(_("The report was submitted already."))
    missing = missing_before_submitting(report)
    if missing:
        said = ngettext(
            "%(count)s part is not finished: %(parts)s.", "%(count)s parts are not finished: %(parts)s.", len(missing)
        )
        raise RuleBroken(said % {"count": len(missing), "parts": ", ".join(one.label for one in missing)})
    return _moved(report, actor, ReportState.SUBMITTED)


@transaction.atomic
def return_report(report: ComposedReport, *, actor: Membership, reason: str) -> ComposedReport:
    """Give a report back to those who write it, with the reason they read.

    Raises: NotAllowed; Conflict where it is not before the leader, or was issued; RuleBroken without a reason.
    """
    report = _to_decide(report, actor, ReportState.SUBMITTED, ReportState.APPROVED)
    if not reason.strip():
        raise RuleBroken(_("Say what must be changed"), "reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(_("At most 2000 characters"), "reason")
    return _moved(report, actor, ReportState.RETURNED, reason.strip())


@transaction.atomic
def approve_report(report: ComposedReport, *, actor: Membership) -> ComposedReport:
    """Approve a report for signature; from then on it can be numbered and issued.

    Raises: NotAllowed; Conflict where it is not before the leader.
    """
    return _moved(_to_decide(report, actor, ReportState.SUBMITTED), actor, ReportState.APPROVED)


@transaction.atomic
def take_back_report(report: ComposedReport, *, actor: Membership) -> ComposedReport:
    """Take a submitted report back to go on writing; what was approved is approved anew afterwards.

    Raises: NotAllowed; Conflict where it was not submitted, or was issued.
    """
    report = held(report)
    require(can_submit_report(actor, report))
    if report.status.is_open:
        raise Conflict(_("The report has not been submitted."))
    _must_not_be_issued(report)
    return _moved(report, actor, ReportState.DRAFT)


def _to_decide(report: ComposedReport, actor: Membership, *states: ReportState) -> ComposedReport:
    report = held(report)
    require(can_decide_report(actor, report))
    if report.status not in states:
        raise Conflict(_("The report does not wait for a decision any more. Read it again."))
    _must_not_be_issued(report)
    return report


def _must_not_be_issued(report: ComposedReport) -> None:
    if is_issued(report):
        raise Conflict(_("The report was issued. Take the issued paper back first."))


def _moved(report: ComposedReport, actor: Membership, state: ReportState, reason: str = "") -> ComposedReport:
    before = {"state": report.state}
    report.state, report.returned_reason = state, reason
    report.moved_at, report.moved_by, report.revision = clock.now(), actor, report.revision + 1
    report.save(update_fields=["state", "returned_reason", "moved_at", "moved_by", "revision"])
    after = {"state": str(state.value)} | ({"reason": reason} if reason else {})
    record(AuditAction.MOVED, actor=actor, about=report, before=before, after=after)
    return report
