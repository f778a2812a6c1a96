"""Which reports are being written, what one can be begun on, where their papers are found."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from agencies.models import Agency, Membership
from coordination.models import Conference, Program
from coordination.programs.enums import SIGNED_STATES
from reports.composed.enums import ReportKind
from reports.composed.models import ComposedReport
from reports.composer.permissions import can_begin_conference_report
from reports.documents.enums import PaperKind
from reports.issuing.models import IssuedDocument

PAPER_KINDS = {
    ReportKind.CONFERENCE: PaperKind.CONFERENCE_REPORT,
    ReportKind.PROGRAM: PaperKind.YEAR_REPORT,
}
_SLUGS = {ReportKind.CONFERENCE: "bao-cao-hoi-nghi", ReportKind.PROGRAM: "bao-cao-nam"}


@dataclass(frozen=True)
class Written:
    """The reports of a working year: those being written, and what one can be begun on."""

    reports: tuple[ComposedReport, ...]
    conferences: tuple[Conference, ...]
    programs: tuple[Program, ...]


def written_in(actor: Membership, year: int) -> Written:
    """Reports of a year the actor sees, and the conferences and programs they may begin one on. Three queries."""
    seen = ComposedReport.objects.visible_to(actor).filter(year=year)
    reports = tuple(seen.select_related("issuer", "conference", "program", "begun_by__agency"))
    mine = actor.agency_ids()
    begun = {(one.program_id, one.year) for one in reports if one.program_id and one.issuer_id in mine}
    conferences = Conference.objects.reported_to(actor).filter(review_year=year, organiser_id__in=mine, composed=None)
    programs = Program.objects.made_by(actor).covering(year).filter(state__in=SIGNED_STATES)
    return Written(
        reports,
        tuple(conferences.order_by("held_on")),
        tuple(one for one in programs.order_by("code") if (one.pk, year) not in begun),
    )


def issuers_of(actor: Membership, program: Program) -> list[Agency]:
    """For which of its makers the actor may report on a program: the lead party first, the drafting office last."""
    parties = sorted(program.parties.all(), key=lambda party: (not party.is_lead, party.letterhead_order))
    makers = [*(party.agency for party in parties), program.drafting_agency]
    return [one for one in dict.fromkeys(makers) if actor.acts_for(one.pk)]


def is_issued(report: ComposedReport) -> bool:
    """Whether the paper of a report was issued under a number and not taken back."""
    about = {"conference": report.conference_id} if report.conference_id else {"composed": report.pk}
    return IssuedDocument.objects.filter(
        **about, kind=PAPER_KINDS[ReportKind(report.kind)], document_number__isnull=False, withdrawal=None
    ).exists()


def writing_address(actor: Membership, subject: Model) -> str:
    """Where the words of a paper are written: the report the actor sees, or where they begin it; otherwise empty."""
    seen = ComposedReport.objects.visible_to(actor)
    if isinstance(subject, ComposedReport):
        report = seen.filter(pk=subject.pk).first()
    elif isinstance(subject, Conference):
        report = seen.filter(conference=subject).first()
        if report is None and can_begin_conference_report(actor, subject):
            return reverse("reports:report-begin-conference", args=[subject.slug])
    else:
        return ""
    return reverse("reports:report-compose", args=[report.pk]) if report else ""


def paper_address(report: ComposedReport) -> tuple[str, str]:
    """By which words the pages of papers find the paper of a report: its kind and its key."""
    kind = ReportKind(report.kind)
    return _SLUGS[kind], report.conference.slug if kind is ReportKind.CONFERENCE else str(report.pk)
