"""What happens to the report of a party: begun, written, sent to the others, taken back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Agency, Membership
from coordination.partyreports.enums import PartyReportState
from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.permissions import can_send_party_report, can_view_party_report, can_write_party_report
from coordination.partyreports.queries import years_reported
from coordination.programs.models import Program
from coordination.programs.services.doors import locked as locked_program
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, NotAllowed, RuleBroken

LONGEST_TEXT = 20_000


@transaction.atomic
def write_party_report(
    program: Program,
    *,
    actor: Membership,
    agency: Agency,
    year: int,
    cut_off_on: date,
    texts: dict[str, str],
    revision: int = 0,
) -> PartyReport:
    """Write what a party reports of a year of a program: begun by the first saving, changed until it is sent.

    Rule: R-PARTYREPORT-1. Shape: `texts` by the names of `TEXTS`; `revision` is the one the writer read, 0 for none.
    Raises: NotAllowed; Conflict when it was sent or someone else saved it; RuleBroken naming the field.
    """
    program = locked_program(program, actor=actor)
    require(can_write_party_report(actor, program, agency))
    _check(program, year, cut_off_on, texts)
    report = PartyReport.objects.select_for_update(of=("self",)).filter(program=program, agency=agency, year=year)
    found = report.first()
    if found is None and revision == 0:
        return _begun(program, actor, agency, year, cut_off_on, texts)
    if found is None:
        raise NotAllowed(unseen())
    if found.is_sent:
        raise Conflict(_("The report has been sent; take it back before you change it."))
    must_be_revision(found, revision)
    return _changed(found, actor, cut_off_on, texts)


@transaction.atomic
def send_party_report(report: PartyReport, *, actor: Membership) -> PartyReport:
    """Send the report to the other parties: from now on they read it, and it is no longer changed.

    Rule: R-PARTYREPORT-2.
    Raises: NotAllowed; Conflict when it was sent already; RuleBroken while it says nothing.
    """
    report = _locked(report, actor)
    if report.is_sent:
        raise Conflict(_("The report has been sent already."))
    if not any(getattr(report, name) for name in TEXTS):
        raise RuleBroken(_("Write at least one part of the report before you send it."))
    return _moved(report, actor, PartyReportState.SUBMITTED, clock.today())


@transaction.atomic
def take_back_party_report(report: PartyReport, *, actor: Membership) -> PartyReport:
    """Take a sent report back to change it; the others no longer read it until it is sent again.

    Raises: NotAllowed; Conflict when it was not sent.
    """
    report = _locked(report, actor)
    if not report.is_sent:
        raise Conflict(_("The report has not been sent."))
    return _moved(report, actor, PartyReportState.DRAFT, None)


def _locked(report: PartyReport, actor: Membership) -> PartyReport:
    found = PartyReport.objects.select_for_update(of=("self",)).select_related("agency", "program").get(pk=report.pk)
    require(can_view_party_report(actor, found))
    require(can_send_party_report(actor, found))
    return found


def _check(program: Program, year: int, cut_off_on: date, texts: dict[str, str]) -> None:
    if year not in years_reported(program):
        raise RuleBroken(_("The program does not cover this year."), "year")
    if cut_off_on < program.period_start or cut_off_on.year not in (year, year + 1):
        raise RuleBroken(_("Choose a day of the year reported on or of the one after it."), "cut_off_on")
    if cut_off_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "cut_off_on")
    for name in TEXTS:
        if len(texts.get(name, "")) > LONGEST_TEXT:
            raise RuleBroken(_("At most 20000 characters"), name)


def _begun(
    program: Program, actor: Membership, agency: Agency, year: int, cut_off_on: date, texts: dict[str, str]
) -> PartyReport:
    report = PartyReport.objects.create(
        program=program,
        agency=agency,
        year=year,
        cut_off_on=cut_off_on,
        begun_on=clock.today(),
        begun_by=actor,
        **_kept(texts),
    )
    told = {"agency": agency.code, "year": year, "cut_off_on": cut_off_on} | _kept(texts)
    record(AuditAction.CREATED, actor=actor, about=report, after=told)
    return report


def _changed(report: PartyReport, actor: Membership, cut_off_on: date, texts: dict[str, str]) -> PartyReport:
    wanted = _kept(texts) | {"cut_off_on": cut_off_on}
    before = {name: getattr(report, name) for name, value in wanted.items() if getattr(report, name) != value}
    if not before:
        return report
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(report, name, value)
    report.revision += 1
    report.save(update_fields=["revision", *after])
    record(AuditAction.CHANGED, actor=actor, about=report, before=before, after=after)
    return report


def _moved(report: PartyReport, actor: Membership, state: PartyReportState, day: date | None) -> PartyReport:
    before = {"state": report.state}
    report.state, report.submitted_on, report.revision = state, day, report.revision + 1
    report.save(update_fields=["state", "submitted_on", "revision"])
    after = {"state": str(state), "submitted_on": day}
    record(AuditAction.MOVED, actor=actor, about=report, before=before, after=after)
    return report


def _kept(texts: dict[str, str]) -> dict[str, str]:
    return {name: texts.get(name, "").strip() for name in TEXTS}
