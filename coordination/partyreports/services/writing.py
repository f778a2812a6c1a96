"""Writing the report of a party: begun by the first saving, changed until it is sent."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Agency, Membership
from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.permissions import can_write_party_report
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


def _kept(texts: dict[str, str]) -> dict[str, str]:
    return {name: texts.get(name, "").strip() for name in TEXTS}
