"""Papers are laid under an agenda item and taken away again; files are handed out to whoever sees the conference."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Membership
from coordination.conferences.models import AgendaItem, AgendaPaper
from coordination.conferences.models.papers import issued_papers
from coordination.conferences.permissions import can_keep_record, can_view_paper
from coordination.conferences.services.locking import locked
from coordination.partyreports.models import PartyReport
from coordination.tasks.services import Upload
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken
from records.files.services import hand_over, keep

MOST_PAPERS = 10


@transaction.atomic
def attach_file(item: AgendaItem, *, actor: Membership, file: Upload, title: str = "") -> AgendaPaper:
    """Lay a file under an item; without a title it is called as the file is.

    Rule: R-AGENDA-4, R-FILE-1.
    Raises: NotAllowed; RuleBroken for a file that is refused, or when too much lies there already.
    """
    _lay(item, actor=actor)
    try:
        kept = keep(file.name, file.content, file.size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), "file") from refusal
    return _laid(item, actor=actor, title=title.strip() or kept.name, file=kept)


@transaction.atomic
def attach_report(item: AgendaItem, report: PartyReport, *, actor: Membership) -> AgendaPaper:
    """Lay the report of a party the actor sees under an item; twice is once. Who may read it stays as it was.

    Rule: R-AGENDA-4.
    Raises: NotAllowed, hidden when the report is not theirs to see; RuleBroken when too much lies there already.
    """
    _lay(item, actor=actor)
    if not PartyReport.objects.visible_to(actor).filter(pk=report.pk).exists():
        require(unseen())
    return item.papers.filter(party_report=report).first() or _laid(item, actor=actor, party_report=report)


@transaction.atomic
def attach_issued(item: AgendaItem, code: str, *, actor: Membership) -> AgendaPaper:
    """Lay an issued paper the actor may read under an item, by its code; twice is once. Who may read it stays so.

    Rule: R-AGENDA-4.
    Raises: NotAllowed, hidden when the paper is not theirs to read; RuleBroken when too much lies there already.
    """
    _lay(item, actor=actor)
    if not code or not issued_papers().visible_to(actor).filter(code=code).exists():
        require(unseen())
    return item.papers.filter(issued_code=code).first() or _laid(item, actor=actor, issued_code=code)


@transaction.atomic
def detach_paper(paper: AgendaPaper, *, actor: Membership) -> None:
    """Take a paper away from an item; the stored file stays, and so does what the log tells of it. Twice is once.

    Raises: NotAllowed.
    """
    conference = locked(paper.agenda_item.conference)
    require(can_keep_record(actor, conference))
    if not AgendaPaper.objects.filter(pk=paper.pk).exists():
        return
    record(AuditAction.CHANGED, actor=actor, about=paper.agenda_item, before=_told(paper), after={"paper": ""})
    AgendaPaper.objects.filter(pk=paper.pk).delete()


def hand_over_paper(paper: AgendaPaper, *, actor: Membership) -> BinaryIO:
    """Open the file for someone who sees the conference.

    Rule: R-AUDIT-1, R-FILE-3.
    Raises: NotAllowed; FileNotFoundError when the bytes are gone.
    """
    require(can_view_paper(actor, paper))
    return hand_over(paper.file, about=paper.agenda_item.conference, actor=actor, paper=paper.title)


def _lay(item: AgendaItem, *, actor: Membership) -> None:
    conference = locked(item.conference)
    require(can_keep_record(actor, conference))
    if item.papers.count() >= MOST_PAPERS:
        raise RuleBroken(_("At most %(most)s papers lie under one item.") % {"most": MOST_PAPERS})


def _laid(item: AgendaItem, *, actor: Membership, **what) -> AgendaPaper:
    paper = AgendaPaper.objects.create(agenda_item=item, attached_at=clock.now(), attached_by=actor, **what)
    told = _told(paper) | ({"sha256": paper.file.sha256} if paper.file else {})
    record(AuditAction.CHANGED, actor=actor, about=item, after=told)
    return paper


def _told(paper: AgendaPaper) -> dict:
    """A party's report and an issued paper are told by what they are, not by words not everyone may read."""
    if paper.party_report_id:
        return {"paper": str(paper.party_report)}
    return {"paper": paper.title or paper.issued_code}
