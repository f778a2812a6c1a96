"""The report page: what can be printed and what was issued, in six queries whatever the number of rows."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import issues_for


@dataclass(frozen=True)
class Printable:
    """A program or a conference with the last paper issued about it; whether the reader may read or issue one."""

    about: Program | Conference
    issued: IssuedDocument | None
    may_read: bool
    may_issue: bool


@dataclass(frozen=True)
class ReportPage:
    """The papers of a working year."""

    programs: tuple[Printable, ...]
    conferences: tuple[Printable, ...]
    issued: tuple[IssuedDocument, ...]


def report_page(actor: Membership, year: int) -> ReportPage:
    """Programs that cover the year, conferences that touch it, and the papers issued about either."""
    programs = list(Program.objects.visible_to(actor).covering(year).select_related("drafting_agency").order_by("code"))
    conferences = list(
        Conference.objects.visible_to(actor).touching(year).select_related("organiser").order_by("held_on")
    )
    issued = list(
        IssuedDocument.objects.visible_to(actor)
        .filter(Q(program__in=programs) | Q(conference__in=conferences))
        .select_related("file", "issued_by__agency")
    )
    last_of_program = {document.program_id: document for document in reversed(issued)}
    last_of_conference = {document.conference_id: document for document in reversed(issued)}
    papers = _pks(Program.objects.readable_by(actor).filter(pk__in=[program.pk for program in programs]))
    reports = _pks(Conference.objects.reported_to(actor).filter(pk__in=[conference.pk for conference in conferences]))
    return ReportPage(
        programs=tuple(
            Printable(
                about=program,
                issued=last_of_program.get(program.pk),
                may_read=program.pk in papers,
                may_issue=program.pk in papers and issues_for(actor, program.drafting_agency_id),
            )
            for program in programs
        ),
        conferences=tuple(
            Printable(
                about=conference,
                issued=last_of_conference.get(conference.pk),
                may_read=conference.pk in reports,
                may_issue=conference.pk in reports and issues_for(actor, conference.organiser_id),
            )
            for conference in conferences
        ),
        issued=tuple(issued),
    )


def _pks(rows: QuerySet) -> set[int]:
    return set(rows.values_list("pk", flat=True))
