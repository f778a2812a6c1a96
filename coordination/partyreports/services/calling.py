"""Asking the parties for their reports: until when, with figures up to which day, and once more by hand."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.partyreports.models import ReportCall
from coordination.partyreports.permissions import can_call_for_reports
from coordination.partyreports.queries import agencies_to_report, years_reported
from coordination.programs.models import Program
from coordination.programs.services.doors import locked as locked_program
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def call_for_reports(
    program: Program,
    *,
    actor: Membership,
    year: int,
    due_on: date,
    cut_off_on: date,
    note: str = "",
    revision: int = 0,
) -> ReportCall:
    """Ask every party for its report on a year by a day, its figures counted up to another; or change what was asked.

    Rule: R-PARTYREPORT-3. `revision` is the one the asker read, 0 for none. A later deadline is reminded of anew.
    Raises: NotAllowed; Conflict when someone else asked meanwhile; RuleBroken naming the field.
    """
    program = locked_program(program, actor=actor)
    require(can_call_for_reports(actor, program))
    wanted = {"due_on": due_on, "cut_off_on": cut_off_on, "note": note.strip()}
    found = ReportCall.objects.select_for_update(of=("self",)).filter(program=program, year=year).first()
    must_be_revision(found or ReportCall(revision=0), revision)
    _check(program, year, found, due_on, cut_off_on)
    if found is None:
        call = ReportCall.objects.create(program=program, year=year, called_on=clock.today(), called_by=actor, **wanted)
        record(AuditAction.CREATED, actor=actor, about=call, after={"year": year} | wanted)
        return call
    return _changed(found, actor, wanted)


@transaction.atomic
def ask_again(call: ReportCall, *, actor: Membership) -> list[str]:
    """Remind the parties that have not sent their report; which ones. Once a day at most.

    Rule: R-PARTYREPORT-3. They are told with the next notices the portal writes.
    Raises: NotAllowed; Conflict when they were reminded today; RuleBroken where every party has sent.
    """
    program = locked_program(call.program, actor=actor)
    require(can_call_for_reports(actor, program))
    call = ReportCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
    missing = [agency.current_short_name for agency in agencies_to_report(call)]
    if not missing:
        raise RuleBroken(_("Every party has sent its report."))
    if call.asked_again_on == clock.today():
        raise Conflict(_("The parties were reminded today already."))
    call.asked_again_on = clock.today()
    call.save(update_fields=["asked_again_on"])
    record(AuditAction.CHANGED, actor=actor, about=call, after={"asked_again": missing})
    return missing


def _changed(call: ReportCall, actor: Membership, wanted: dict) -> ReportCall:
    before = {name: getattr(call, name) for name, value in wanted.items() if getattr(call, name) != value}
    if not before:
        return call
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(call, name, value)
    call.revision += 1
    call.save(update_fields=["revision", *after])
    record(AuditAction.CHANGED, actor=actor, about=call, before=before, after=after)
    return call


def _check(program: Program, year: int, found: ReportCall | None, due_on: date, cut_off_on: date) -> None:
    if year not in years_reported(program):
        raise RuleBroken(_("The program does not cover this year."), "year")
    if due_on < clock.today() and not (found and found.due_on == due_on):
        raise RuleBroken(_("The day must not lie in the past"), "due_on")
    if cut_off_on < program.period_start or cut_off_on.year not in (year, year + 1):
        raise RuleBroken(_("Choose a day of the year reported on or of the one after it."), "cut_off_on")
    if due_on < cut_off_on:
        raise RuleBroken(_("The reports cannot be due before the day their figures are cut off."), "due_on")
