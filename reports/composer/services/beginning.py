"""A report is begun: its figures are frozen, and the first draft writes itself."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership
from coordination.models import Conference, Program
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from reports.composed.enums import ReportKind
from reports.composed.models import ComposedReport
from reports.composer.permissions import can_begin_conference_report, can_begin_year_report
from reports.composer.services.figures import checked_day, freeze
from reports.composer.services.rewriting import rewrite


@transaction.atomic
def begin_conference_report(conference: Conference, *, actor: Membership, cut_off_on: date) -> ComposedReport:
    """Begin the organiser's report on a conference with the figures of a day.

    Rule: R-COMPOSE-2. One conference has one report.
    Raises: NotAllowed; RuleBroken where it was begun already, or for a day that has not come.
    """
    conference = Conference.objects.select_for_update(of=("self",)).select_related("organiser").get(pk=conference.pk)
    require(can_begin_conference_report(actor, conference))
    if ComposedReport.objects.filter(conference=conference).exists():
        raise RuleBroken(_("The report of this conference was begun already; open it instead."), "subject")
    return _begun(
        ComposedReport(
            unit_id=conference.unit_id,
            kind=ReportKind.CONFERENCE,
            conference=conference,
            year=conference.review_year,
            issuer=conference.organiser,
            cut_off_on=checked_day(cut_off_on, conference.review_year),
        ),
        actor,
    )


@transaction.atomic
def begin_year_report(
    program: Program, *, actor: Membership, year: int, issuer: Agency, cut_off_on: date
) -> ComposedReport:
    """Begin an agency's report on one year of a program with the figures of a day.

    Raises: NotAllowed; RuleBroken where it was begun already, for a year the program does not cover, or for a day that
    has not come.
    """
    rows = Program.objects.select_for_update(of=("self",), no_key=True).select_related("drafting_agency")
    program = rows.get(pk=program.pk)
    require(can_begin_year_report(actor, program, issuer))
    if not program.period_start.year <= year <= program.period_end.year:
        raise RuleBroken(_("The program does not cover this year."), "year")
    if ComposedReport.objects.filter(program=program, year=year, issuer=issuer).exists():
        raise RuleBroken(_("This report was begun already; open it instead."), "subject")
    return _begun(
        ComposedReport(
            unit_id=program.unit_id,
            kind=ReportKind.PROGRAM,
            program=program,
            year=year,
            issuer=issuer,
            cut_off_on=checked_day(cut_off_on, year),
        ),
        actor,
    )


def _begun(report: ComposedReport, actor: Membership) -> ComposedReport:
    report.begun_at, report.begun_by = clock.now(), actor
    report.save()
    told = {"kind": report.kind, "year": report.year, "cut_off_on": report.cut_off_on, "agency": report.issuer.code}
    record(AuditAction.CREATED, actor=actor, about=report, after=told)
    counted = freeze(report, actor=actor)
    rewrite(report, counted.draft)
    return report
