"""Papers leave the portal: exported as they stand, issued once for what they say, handed out as they were issued."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.files.services import hand_over, keep_bytes
from reports.checking.services import must_pass
from reports.documents.enums import PaperKind
from reports.documents.kinds import Kind, kind_of_program
from reports.documents.papers import Paper
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_program, can_view_document
from reports.issuing.rendering import Rendered, rendered
from reports.signing.queries import signed_file_of, whole_content


def export_paper(kind: Kind, subject: Model, *, actor: Membership) -> Rendered:
    """A paper as it stands today; the audit tells who took it out.

    Raises: NotAllowed; RuleBroken where there is nothing to print or no layout is known; RenderFailed.
    """
    require(kind.can_make(actor, subject))
    made = _made(kind, subject, actor)
    # Told once the paper is made: what could not be made did not leave the portal.
    told = {"file": made.file_name, "content_digest": made.digest}
    record(AuditAction.EXPORTED, actor=actor, about=subject, after=told)
    return made


def export_program(program: Program, *, actor: Membership) -> Rendered:
    """The program's paper as it stands today."""
    return export_paper(kind_of_program(program), program, actor=actor)


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
    kind = kind_of_program(program)
    made = _settled(_made(kind, program, actor))
    if made.is_signed and program.state == ProgramState.SIGNING:
        raise RuleBroken(_("The file still lacks signatures. It is issued once all parties have signed."))
    with transaction.atomic():
        program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program.pk)
        require(can_issue_program(actor, program))
        return keep_issued(
            made,
            lambda: kind.build(program, actor=actor, day=clock.today()),
            actor=actor,
            kind=kind.code,
            about={"program": program},
            unit_id=program.unit_id,
            document_number=program.document_number,
            dated_on=program.signed_on or clock.today(),
        )


def printed_facts(paper: Paper) -> dict[str, str]:
    """What a register keeps of the strip on the pages of a paper, so that anybody who has them can ask about it."""
    strip = paper.strip
    facts = {"code": strip.code, "version_label": strip.version, "printed_digest": strip.digest} if strip else {}
    head = paper.letterhead
    symbol = head.printed_symbol if head.number is not None else ""
    return {**facts, "issuer": " ".join(head.issuer_lines)[:400], "document_symbol": symbol}


def _made(kind: Kind, subject: Model, actor: Membership) -> Rendered:
    """The paper with its PDF: the very bytes the parties sign where there are such, otherwise drawn from what it says.

    Rule: R-SIGN-10. Nothing is rendered again once the parties sign a file.
    """
    paper = kind.build(subject, actor=actor, day=clock.today())
    file = signed_file_of(subject) if isinstance(subject, Program) and kind == kind_of_program(subject) else None
    return rendered(paper) if file is None else Rendered(paper, whole_content(file), is_signed=True)


def _settled(made: Rendered) -> Rendered:
    if made.paper.is_draft:
        raise RuleBroken(_("A draft cannot be issued. Lock the version for signing first."))
    return made


def keep_issued(
    made: Rendered,
    now: Callable[[], Paper],
    *,
    actor: Membership,
    kind: PaperKind,
    about: dict[str, Model],
    **facts,
) -> IssuedDocument:
    """Keep a paper as issued unless the same content is kept already; the caller has asked whether the actor may.

    Raises: Conflict when the content changed while it was being made; RuleBroken where its layout breaks a rule, or
    where this very paper was withdrawn.
    """
    if now().digest() != made.digest:
        raise Conflict(_("The paper changed while it was being made. Read the new content, then issue it."))
    issued = IssuedDocument.objects.filter(**about, kind=kind, content_digest=made.digest).first()
    if issued is not None:
        if hasattr(issued, "withdrawal"):
            raise RuleBroken(_("This very paper was withdrawn; it is not issued again as it was."))
        return issued
    if not made.is_signed:
        must_pass(made.paper, made.content)
    document = IssuedDocument.objects.create(
        **about,
        **facts,
        kind=kind,
        title=made.paper.title[:400],
        content_digest=made.digest,
        **printed_facts(made.paper),
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
