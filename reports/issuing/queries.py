"""The report page: what can be printed and what was issued, in eight queries whatever the number of rows."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.programs.enums import SIGNED_STATES, ProgramState
from coordination.programs.models import Program
from coordination.urging.models import UrgingLetter
from coordination.urging.queries import letters_of
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import issues_for

# A program that was never locked for signing is a draft, and a draft is not issued.
_NO_DRAFT = (ProgramState.SIGNING, *SIGNED_STATES)
_ISSUERS = (
    "program__drafting_agency",
    "conference__organiser",
    "party_report__agency",
    "urging_letter__issuer",
    "composed__issuer",
)


@dataclass(frozen=True)
class Printable:
    """A program or a conference with the last paper issued about it; whether the reader may read or issue one."""

    about: Program | Conference
    issued: IssuedDocument | None
    may_read: bool
    may_issue: bool


@dataclass(frozen=True)
class ReportPage:
    """The papers of a working year; letters are the urging letters the reader sees that were not dropped."""

    programs: tuple[Printable, ...]
    conferences: tuple[Printable, ...]
    letters: tuple[UrgingLetter, ...]
    issued: tuple[IssuedDocument, ...]


def report_page(actor: Membership, year: int) -> ReportPage:
    """Programs that cover the year, conferences that touch it, letters of the year, and the papers issued of any."""
    programs = list(Program.objects.visible_to(actor).covering(year).select_related("drafting_agency").order_by("code"))
    conferences = list(
        Conference.objects.visible_to(actor).touching(year).select_related("organiser").order_by("held_on")
    )
    letters = list(letters_of(actor).standing().filter(drawn_up_on__year=year))
    about = Q(program__in=programs) | Q(conference__in=conferences) | Q(party_report__program__in=programs)
    about |= Q(composed__program__in=programs, composed__year=year)
    issued = list(
        IssuedDocument.objects.visible_to(actor)
        .filter(about | Q(urging_letter__in=letters))
        .select_related("file", "issued_by__agency", "withdrawal", *_ISSUERS)
    )
    for document in issued:
        document.may_withdraw = issues_for(actor, kind_of(document.kind).issuer(document.subject).pk)
    last_of_program = {document.program_id: document for document in reversed(issued)}
    reported = [document for document in issued if document.kind == PaperKind.CONFERENCE_REPORT]
    last_of_conference = {document.conference_id: document for document in reversed(reported)}
    papers = _pks(Program.objects.readable_by(actor).filter(pk__in=[program.pk for program in programs]))
    reports = _pks(Conference.objects.reported_to(actor).filter(pk__in=[conference.pk for conference in conferences]))
    return ReportPage(
        programs=tuple(
            Printable(
                about=program,
                issued=last_of_program.get(program.pk),
                may_read=program.pk in papers,
                may_issue=program.pk in papers
                and program.state in _NO_DRAFT
                and issues_for(actor, program.drafting_agency_id),
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
        letters=tuple(letters),
        issued=tuple(issued),
    )


def _pks(rows: QuerySet) -> set[int]:
    return set(rows.values_list("pk", flat=True))
