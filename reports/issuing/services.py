"""Papers leave the portal: exported as they stand, issued once for what they say, handed out as they were issued."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_view_report
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_paper
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.files.services import hand_over, keep_bytes
from reports.documents.conference_report import conference_report
from reports.documents.papers import Paper
from reports.documents.program_paper import program_paper
from reports.issuing.enums import PaperKind
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_conference_report, can_issue_program, can_view_document
from reports.issuing.rendering import Rendered, conference_report_pdf, program_pdf, rendered


def export_program(program: Program, *, actor: Membership) -> Rendered:
    """The program's paper as it stands today; the audit tells who took it out.

    Raises: NotAllowed; RuleBroken where no layout is known; RenderFailed.
    """
    require(can_view_paper(actor, program))
    return _exported(program_pdf(program, day=clock.today()), program, actor=actor)


def export_conference_report(conference: Conference, *, actor: Membership, cut_off: date) -> Rendered:
    """The conference's report with figures judged on the cut-off day; the audit tells who took it out.

    Raises: NotAllowed; RuleBroken; RenderFailed.
    """
    require(can_view_report(actor, conference))
    made = conference_report_pdf(conference, actor=actor, cut_off=cut_off)
    return _exported(made, conference, actor=actor)


def hand_over_document(document: IssuedDocument, *, actor: Membership) -> bytes:
    """The very bytes of an issued paper; the audit tells who got them.

    Raises: NotAllowed; FileNotFoundError when the bytes are gone.
    """
    require(can_view_document(actor, document))
    with hand_over(document.file, about=document, actor=actor) as content:
        return content.read()


def issue_program(program: Program, *, actor: Membership) -> IssuedDocument:
    """Keep the program's paper as it stands today; issuing the same content again changes nothing.

    Why: the PDF is made before the transaction, which takes seconds; inside it the content is compared once more.
    Raises: NotAllowed; RuleBroken for a draft; Conflict when the content changed meanwhile; RenderFailed.
    """
    require(can_issue_program(actor, program))
    made = rendered(_settled(program_paper(program, day=clock.today())))
    with transaction.atomic():
        program = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        require(can_issue_program(actor, program))
        return _issue(
            made,
            lambda: program_paper(program, day=clock.today()),
            actor=actor,
            kind=PaperKind.PROGRAM,
            about={"program": program},
            unit_id=program.unit_id,
            document_number=program.document_number,
            document_symbol=program.document_symbol,
            dated_on=program.signed_on or clock.today(),
        )


def issue_conference_report(conference: Conference, *, actor: Membership, cut_off: date) -> IssuedDocument:
    """Keep the conference's report with figures judged on the cut-off day; the same content again changes nothing.

    Raises: NotAllowed; RuleBroken; Conflict when the content changed meanwhile; RenderFailed.
    """
    require(can_issue_conference_report(actor, conference))
    made = rendered(conference_report(conference, actor=actor, cut_off=cut_off))
    with transaction.atomic():
        conference = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
        require(can_issue_conference_report(actor, conference))
        return _issue(
            made,
            lambda: conference_report(conference, actor=actor, cut_off=cut_off),
            actor=actor,
            kind=PaperKind.CONFERENCE_REPORT,
            about={"conference": conference},
            unit_id=conference.unit_id,
            document_symbol=made.paper.letterhead.symbol,
            dated_on=clock.today(),
        )


def _exported(made: Rendered, about: Program | Conference, *, actor: Membership) -> Rendered:
    """Told once the paper is made: what could not be made did not leave the portal."""
    told = {"file": made.file_name, "content_digest": made.digest}
    record(AuditAction.EXPORTED, actor=actor, about=about, after=told)
    return made


def _settled(paper: Paper) -> Paper:
    if paper.is_draft:
        raise RuleBroken(_("A draft cannot be issued. Lock the version for signing first."))
    return paper


def _issue(
    made: Rendered,
    now: Callable[[], Paper],
    *,
    actor: Membership,
    kind: PaperKind,
    about: dict[str, Program | Conference],
    **facts,
) -> IssuedDocument:
    """Write the register unless the same content stands in it already."""
    if now().digest() != made.digest:
        raise Conflict(_("The paper changed while it was being made. Read the new content, then issue it."))
    issued = IssuedDocument.objects.filter(**about, content_digest=made.digest).first()
    if issued is not None:
        return issued
    document = IssuedDocument.objects.create(
        **about,
        **facts,
        kind=kind,
        title=made.paper.title[:400],
        content_digest=made.digest,
        file=keep_bytes(made.file_name, FileKind.PDF, made.content),
        issued_at=clock.now(),
        issued_by=actor,
    )
    record(
        AuditAction.ISSUED,
        actor=actor,
        about=document,
        after={"content_digest": document.content_digest, "sha256": document.file.sha256, "title": document.title},
    )
    return document
