"""Which reports a conference heard, who read them, and which paper each of them is."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require, unseen
from agencies.models import Agency, Membership
from coordination.conferences.models import AgendaItem, Conference, HeardReport
from coordination.conferences.models.papers import issued_papers
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.services.locking import locked, next_position
from coordination.partyreports.models import PartyReport
from coordination.programs.models import Program
from coordination.programs.services.doors import must_be_revision
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

MOST_HEARD = 100


@dataclass(frozen=True)
class Heard:
    """A report as it was heard: its title, who read it, what it is about, the paper it is."""

    title: str
    presented_by: Agency | None = None
    presenter: str = ""
    agenda_item: AgendaItem | None = None
    program: Program | None = None
    party_report: PartyReport | None = None
    issued_code: str = ""
    number: str = ""
    dated_on: date | None = None


_FACTS = tuple(Heard.__dataclass_fields__)


@transaction.atomic
def hear_report(conference: Conference, *, actor: Membership, heard: Heard) -> HeardReport:
    """Record that a report was heard.

    Rule: R-HEARD-1. Raises: NotAllowed, hidden for what the actor does not see; RuleBroken at the field.
    """
    conference = locked(conference)
    require(can_keep_record(actor, conference))
    _check(conference, actor, heard)
    if conference.heard_reports.count() >= MOST_HEARD:
        raise RuleBroken(_("At most %(most)s reports are kept of one conference.") % {"most": MOST_HEARD})
    place = next_position(conference.heard_reports)
    row = HeardReport.objects.create(conference=conference, position=place, **_columns(heard))
    record(AuditAction.CREATED, actor=actor, about=row, after=_told(_columns(heard)))
    return row


@transaction.atomic
def change_heard(row: HeardReport, *, actor: Membership, heard: Heard, revision: int) -> HeardReport:
    """Correct what was recorded about a report that was heard.

    Raises: NotAllowed; Conflict when someone else changed it meanwhile; RuleBroken at the field.
    """
    conference = locked(row.conference)
    require(can_keep_record(actor, conference))
    found = HeardReport.objects.filter(pk=row.pk).first()
    if found is None:
        require(unseen())
    must_be_revision(found, revision)
    _check(conference, actor, heard, kept=found)
    wanted = _columns(heard)
    before = {name: getattr(found, name) for name in _FACTS if getattr(found, name) != wanted[name]}
    if not before:
        return found
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(found, name, value)
    found.revision += 1
    found.save(update_fields=["revision", *after])
    record(AuditAction.CHANGED, actor=actor, about=found, before=_told(before), after=_told(after))
    return found


@transaction.atomic
def remove_heard(row: HeardReport, *, actor: Membership) -> None:
    """Take back that a report was heard; the log keeps what was recorded. Twice is once.

    Raises: NotAllowed.
    """
    conference = locked(row.conference)
    require(can_keep_record(actor, conference))
    found = HeardReport.objects.filter(pk=row.pk).first()
    if found is not None:
        told = _told({name: getattr(found, name) for name in _FACTS})
        record(AuditAction.ENDED, actor=actor, about=found, before=told)
        found.delete()


def _check(conference: Conference, actor: Membership, heard: Heard, kept: HeardReport | None = None) -> None:
    if not heard.title.strip():
        raise RuleBroken(_("Enter the title of the report"), "title")
    if heard.agenda_item is not None and heard.agenda_item.conference_id != conference.pk:
        raise RuleBroken(_("Choose an item of this agenda."), "agenda_item")
    if heard.program is not None and not conference.program_links.filter(program=heard.program).exists():
        raise RuleBroken(_("Choose a program of this conference."), "program")
    if heard.party_report is not None and heard.issued_code:
        raise RuleBroken(_("A report is one paper: choose the party's report or the issued paper."), "paper")
    if heard.dated_on is not None and heard.dated_on > conference.held_on:
        raise RuleBroken(_("The report was dated after the conference that heard it."), "dated_on")
    _must_see_paper(actor, heard, kept)


def _must_see_paper(actor: Membership, heard: Heard, kept: HeardReport | None) -> None:
    """Only a paper one reads oneself is linked; one that was linked by somebody who does stays. Raises: NotAllowed."""
    report, code = heard.party_report, heard.issued_code
    is_new = report is not None and not (kept and kept.party_report_id == report.pk)
    if is_new and not PartyReport.objects.visible_to(actor).filter(pk=report.pk).exists():
        require(unseen())
    is_new = code and not (kept and kept.issued_code == code)
    if is_new and not issued_papers().visible_to(actor).filter(code=code).exists():
        require(unseen())


def _columns(heard: Heard) -> dict:
    return {name: getattr(heard, name) for name in _FACTS}


def _told(facts: dict) -> dict:
    """What is recorded of them: rows by their names, and only what says something."""
    plain = (str, date)
    return {
        name: value if isinstance(value, plain) else str(value)
        for name, value in facts.items()
        if value not in ("", None)
    }
