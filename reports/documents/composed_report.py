"""The paper of a report its office wrote block by block, over the figures that were frozen for it."""

from datetime import date

from django.db.models import prefetch_related_objects

from coordination.models import Conference
from reports.composed.enums import ReportKind, ReportState
from reports.composed.models import ComposedReport
from reports.documents.papers import PaperState, ReportPaper
from reports.documents.registered import Registered, office_of
from reports.documents.report_about import ReportAbout, of_conference, of_program
from reports.documents.report_annexes import from_json
from reports.documents.report_paper import Frame, report_paper

ABBREVIATION = "BC"


def composed_paper(report: ComposedReport, *, day: date, registered: Registered | None = None) -> ReportPaper:
    """The report as its blocks stand, with the figures of its last freezing; a draft until it is submitted.

    Raises: RuleBroken where no layout rules are known.
    """
    about = about_of(report)
    frozen = report.frozen.first()
    office = office_of(report.issuer, report.unit, day if report.conference_id is None else about.on, registered)
    return report_paper(
        about,
        list(report.blocks.all()),
        frozen.facts,
        from_json(frozen.annexes),
        Frame(
            state=_state(report, registered),
            profile_code=office.profile_code,
            letterhead=office.letterhead(f"{ABBREVIATION}-{office.name.document_symbol}"),
            signature=office.signature(),
        ),
    )


def about_of(report: ComposedReport) -> ReportAbout:
    """What a report tells of, as the rows stand today."""
    if report.kind == ReportKind.CONFERENCE:
        seen = Conference.objects.select_related("unit", "organiser")
        conference = seen.get(pk=report.conference_id)
        prefetch_related_objects([conference], "unit__names", "organiser__names", "conclusions")
        return of_conference(conference)
    return of_program(report.program, report.year, issuer=report.issuer, on=report.cut_off_on)


def _state(report: ComposedReport, registered: Registered | None) -> PaperState:
    if report.status.is_open:
        return PaperState.DRAFT
    settled = registered is not None and report.status is ReportState.APPROVED
    return PaperState.ISSUED if settled else PaperState.FOR_SIGNING
