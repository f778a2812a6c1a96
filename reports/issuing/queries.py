"""The report page: what can be printed and what was issued, in four queries whatever the number of rows."""

from dataclasses import dataclass

from django.db.models import Q

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.models import Program
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_conference_report, can_issue_program


@dataclass(frozen=True)
class Printable:
    """A program or a conference with the last paper issued about it and whether the reader may issue one."""

    about: Program | Conference
    issued: IssuedDocument | None
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
    return ReportPage(
        programs=tuple(
            Printable(program, last_of_program.get(program.pk), bool(can_issue_program(actor, program)))
            for program in programs
        ),
        conferences=tuple(
            Printable(
                conference,
                last_of_conference.get(conference.pk),
                bool(can_issue_conference_report(actor, conference)),
            )
            for conference in conferences
        ),
        issued=tuple(issued),
    )
