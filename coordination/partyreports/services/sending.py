"""The report of a party on its way: sent to the others, taken back by its own agency, returned by whoever asked."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.permissions import (
    can_return_party_report,
    can_send_party_report,
    can_view_party_report,
)
from coordination.partyreports.queries import party_figures
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def send_party_report(report: PartyReport, *, actor: Membership) -> PartyReport:
    """Send the report to the other parties: from now on they read it, its counts are kept, and it is not changed.

    Rule: R-PARTYREPORT-2, R-PARTYREPORT-4.
    Raises: NotAllowed; Conflict when it was sent already; RuleBroken while it says nothing.
    """
    report = _locked(report, actor)
    require(can_send_party_report(actor, report))
    if report.is_sent:
        raise Conflict(_("The report has been sent already."))
    if not any(getattr(report, name) for name in TEXTS):
        raise RuleBroken(_("Write at least one part of the report before you send it."))
    counted = party_figures(actor, report.program, report.agency, report.year, as_of=report.cut_off_on)
    return _moved(report, actor, PartyReportState.SUBMITTED, day=clock.today(), figures=counted.as_json())


@transaction.atomic
def take_back_party_report(report: PartyReport, *, actor: Membership) -> PartyReport:
    """Take a sent report back to change it; the others no longer read it until it is sent again.

    Raises: NotAllowed; Conflict when it was not sent.
    """
    report = _locked(report, actor)
    require(can_send_party_report(actor, report))
    _must_be_sent(report)
    return _moved(report, actor, PartyReportState.DRAFT)


@transaction.atomic
def return_party_report(report: PartyReport, *, actor: Membership, reason: str) -> PartyReport:
    """Give a sent report back to its party, which is told why; the others no longer read it until it is sent again.

    Rule: R-PARTYREPORT-5.
    Raises: NotAllowed; Conflict when it was not sent; RuleBroken without a reason.
    """
    report = _locked(report, actor)
    require(can_return_party_report(actor, report))
    _must_be_sent(report)
    if not reason.strip():
        raise RuleBroken(_("Say what is to be added or corrected"), "reason")
    report.returned_on, report.returned_by, report.return_reason = clock.today(), actor, reason.strip()
    return _moved(report, actor, PartyReportState.RETURNED, told={"return_reason": report.return_reason})


def _locked(report: PartyReport, actor: Membership) -> PartyReport:
    found = PartyReport.objects.select_for_update(of=("self",)).select_related("agency", "program").get(pk=report.pk)
    require(can_view_party_report(actor, found))
    return found


def _must_be_sent(report: PartyReport) -> None:
    if not report.is_sent:
        raise Conflict(_("The report has not been sent."))


def _moved(
    report: PartyReport,
    actor: Membership,
    state: PartyReportState,
    *,
    day: date | None = None,
    figures: dict | None = None,
    told: dict | None = None,
) -> PartyReport:
    """Write the new state; the counts stand only while the report is sent."""
    before = {"state": report.state}
    report.state, report.submitted_on, report.figures = state, day, figures or {}
    report.revision += 1
    columns = ["state", "submitted_on", "figures", "revision", "returned_on", "returned_by", "return_reason"]
    report.save(update_fields=columns)
    after = {"state": str(state), "submitted_on": day} | (told or {})
    record(AuditAction.MOVED, actor=actor, about=report, before=before, after=after)
    return report
