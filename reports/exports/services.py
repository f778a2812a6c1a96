"""Tables leave the portal as Word or PDF; the audit tells who took them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.conferences.models import Conference, Invitation
from coordination.conferences.permissions import can_keep_record
from coordination.consultation.models import ConsultationRound
from coordination.consultation.permissions import can_export_comments
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_drafting
from coordination.versions.queries import Edition
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.enums import FileKind
from records.files.services import name_of_paper
from reports.documents.comment_table import TablePaper, comment_table
from reports.documents.comparison_paper import comparison_paper
from reports.documents.enclosures import enclosures_of
from reports.documents.enums import PaperKind
from reports.documents.invitation import own_invitations
from reports.documents.kinds import Kind, kind_of
from reports.documents.papers import Paper
from reports.documents.render import comparison_html, letters_html, table_html
from reports.issuing.rendering import pdf_of, title_of


def _docx_of(paper: Paper | TablePaper) -> bytes:
    from reports.docx.engine import paper_docx

    return paper_docx(paper)


_MAKERS: dict[FileKind, Callable[[TablePaper], bytes]] = {
    FileKind.DOCX: _docx_of,
    FileKind.PDF: lambda paper: pdf_of(table_html(paper), enclosures_of(paper)),
}


@dataclass(frozen=True)
class Exported:
    """A file that leaves the portal: its bytes, its kind and the name to offer."""

    content: bytes
    kind: FileKind
    name: str


def export_comments(round: ConsultationRound, *, actor: Membership, kind: FileKind) -> Exported:
    """The table of a round's comments and answers as it stands now.

    Raises: NotAllowed; RuleBroken when there is no comment; RenderFailed where no PDF can be made.
    """
    require(can_export_comments(actor, round))
    paper = comment_table(round)
    name = name_of_paper(f"{round.program.code} tổng hợp ý kiến góp ý, đợt {round.number}", kind)
    made = Exported(_MAKERS[kind](paper), kind, name)
    record(AuditAction.EXPORTED, actor=actor, about=round, after={"file": name, "content_digest": paper.digest()})
    return made


def export_word(kind: Kind, subject: Model, *, actor: Membership) -> Exported:
    """Any paper as a Word file as it stands today; the audit tells who took it out.

    Raises: NotAllowed; RuleBroken where the paper cannot be built or is too long for one file.
    """
    require(kind.can_make(actor, subject))
    paper = kind.build(subject, actor=actor, day=clock.today())
    name = name_of_paper(title_of(paper), FileKind.DOCX)
    made = Exported(_docx_of(paper), FileKind.DOCX, name)
    record(AuditAction.EXPORTED, actor=actor, about=subject, after={"file": name, "content_digest": paper.digest()})
    return made


def export_invitations(conference: Conference, *, actor: Membership) -> Exported:
    """The invitations of every seat that was invited to, in seat order, in one file to be printed and handed out.

    Rule: R-PEOPLE-7.
    Raises: NotAllowed; RuleBroken where nobody was invited by name yet; RenderFailed where no PDF can be made.
    """
    require(can_keep_record(actor, conference))
    seats = list(Invitation.objects.filter(conference=conference, sent_at__isnull=False).standing().in_seat_order())
    if not seats:
        raise RuleBroken(_("No invitation has been sent yet; there is none to print."))
    for seat in seats:
        seat.conference = conference
    kind = kind_of(PaperKind.PERSONAL_INVITATION)
    made = zip(own_invitations(conference, seats, day=clock.today()), seats, strict=True)
    papers = [kind.verifiable(paper, seat) for paper, seat in made]
    title = f"Giấy mời từng đại biểu, hội nghị ngày {wording.day(conference.held_on)}"
    name = name_of_paper(title, FileKind.PDF)
    file = Exported(pdf_of(letters_html(title, papers)), FileKind.PDF, name)
    record(AuditAction.EXPORTED, actor=actor, about=conference, after={"file": name, "invitations": len(papers)})
    return file


def export_comparison(program: Program, older: Edition, newer: Edition, *, actor: Membership) -> Exported:
    """Two versions of a program set side by side as a PDF; the audit tells who took it out.

    Raises: NotAllowed; RenderFailed where no PDF can be made.
    """
    require(can_view_drafting(actor, program))
    paper = comparison_paper(program, older, newer, day=clock.today())
    name = name_of_paper(f"{program.code} so sánh {older.code} với {newer.code}", FileKind.PDF)
    made = Exported(pdf_of(comparison_html(paper)), FileKind.PDF, name)
    record(AuditAction.EXPORTED, actor=actor, about=program, after={"file": name, "content_digest": paper.digest()})
    return made
