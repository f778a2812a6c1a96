"""Commendations: proposed by an agency, changed or withdrawn by it, and what was decided."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Agency, Membership, Office
from coordination.conferences.enums import CommendationForm, CommendationState, Commended
from coordination.conferences.models import Commendation, Conference
from coordination.conferences.permissions import (
    can_change_commendation,
    can_decide_commendation,
    can_propose_commendation,
    can_view_commendation,
)
from coordination.conferences.services.locking import locked, next_position
from coordination.programs.services.doors import must_be_revision
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

MOST_PROPOSED = 500
_FACTS = ("commended", "recipient", "agency", "office", "form", "granted_by", "reason")


@dataclass(frozen=True)
class Proposal:
    """Who is proposed, for which form of commendation, by whom it would be granted, and why.

    `recipient` is what papers print; agency and office are those of the directory, where they stand in it.
    """

    commended: Commended
    recipient: str
    form: CommendationForm
    reason: str
    granted_by: str = ""
    agency: Agency | None = None
    office: Office | None = None


@transaction.atomic
def propose_commendation(
    conference: Conference, *, actor: Membership, proposed_by: Agency, proposal: Proposal
) -> Commendation:
    """Propose a collective, or whoever holds an office, for a commendation.

    Rule: R-COMMEND-1.
    Raises: NotAllowed; RuleBroken at the field, or where the same was proposed already.
    """
    conference = locked(conference)
    require(can_propose_commendation(actor, conference, proposed_by))
    _check(conference, proposal)
    if conference.commendations.count() >= MOST_PROPOSED:
        raise RuleBroken(_("At most %(most)s commendations are proposed at one conference.") % {"most": MOST_PROPOSED})
    row = Commendation.objects.create(
        conference=conference,
        position=next_position(conference.commendations),
        proposed_by=proposed_by,
        proposed_on=clock.today(),
        **_columns(proposal),
    )
    told = _told(_columns(proposal)) | {"proposed_by": proposed_by.current_name}
    record(AuditAction.CREATED, actor=actor, about=row, after=told)
    return row


@transaction.atomic
def change_commendation(row: Commendation, *, actor: Membership, proposal: Proposal, revision: int) -> Commendation:
    """Change a proposal nobody has decided about.

    Raises: NotAllowed; Conflict when it was decided or changed meanwhile; RuleBroken at the field.
    """
    row = _open(row, actor)
    require(can_change_commendation(actor, row))
    must_be_revision(row, revision)
    _check(row.conference, proposal, but=row)
    wanted = _columns(proposal)
    before = {name: getattr(row, name) for name in _FACTS if getattr(row, name) != wanted[name]}
    if not before:
        return row
    after = {name: wanted[name] for name in before}
    for name, value in after.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=["revision", *after])
    record(AuditAction.CHANGED, actor=actor, about=row, before=_told(before), after=_told(after))
    return row


@transaction.atomic
def withdraw_commendation(row: Commendation, *, actor: Membership, reason: str) -> Commendation:
    """Withdraw a proposal nobody has decided about; it stays with its reason.

    Raises: NotAllowed; Conflict when it was decided meanwhile; RuleBroken without a reason.
    """
    row = _open(row, actor)
    require(can_change_commendation(actor, row))
    return _answered(row, actor, CommendationState.WITHDRAWN, reason)


@transaction.atomic
def grant_commendation(
    row: Commendation, *, actor: Membership, decision_number: str, decided_on: date, granted_by: str = ""
) -> Commendation:
    """Record that a commendation was granted: number and day of the decision, and who took it.

    Rule: R-COMMEND-2.
    Raises: NotAllowed; Conflict when it was decided meanwhile; RuleBroken at the field.
    """
    row = _open(row, actor)
    require(can_decide_commendation(actor, row))
    if not decision_number.strip():
        raise RuleBroken(_("Enter the number of the decision"), "decision_number")
    if decided_on > clock.today():
        raise RuleBroken(_("The day must not be in the future"), "decided_on")
    row.decision_number, row.decided_on = decision_number.strip(), decided_on
    row.granted_by = granted_by.strip() or row.granted_by
    told = {"decision_number": row.decision_number, "decided_on": decided_on, "granted_by": row.granted_by}
    return _moved(row, actor, CommendationState.GRANTED, told)


@transaction.atomic
def refuse_commendation(row: Commendation, *, actor: Membership, reason: str) -> Commendation:
    """Record that a commendation was not granted, and why.

    Rule: R-COMMEND-2. Raises: NotAllowed; Conflict when it was decided meanwhile; RuleBroken without a reason.
    """
    row = _open(row, actor)
    require(can_decide_commendation(actor, row))
    return _answered(row, actor, CommendationState.REFUSED, reason)


def _open(row: Commendation, actor: Membership) -> Commendation:
    """The proposal as it is now, its conference held. Raises: NotAllowed; Conflict when nothing is left to decide."""
    conference = locked(row.conference)
    found = Commendation.objects.select_for_update(of=("self",)).select_related("proposed_by").get(pk=row.pk)
    found.conference = conference
    require(can_view_commendation(actor, found))
    if not found.is_open:
        require(can_change_commendation(actor, found))
        raise Conflict(_("The proposal is no longer open: %(state)s.") % {"state": found.status.label})
    return found


def _answered(row: Commendation, actor: Membership, state: CommendationState, reason: str) -> Commendation:
    if not reason.strip():
        raise RuleBroken(_("Enter the reason"), "reason")
    row.answer = reason.strip()
    return _moved(row, actor, state, {"answer": row.answer})


def _moved(row: Commendation, actor: Membership, state: CommendationState, told: dict) -> Commendation:
    before = {"state": row.state}
    row.state, row.revision = state, row.revision + 1
    row.save(update_fields=["state", "answer", "decision_number", "decided_on", "granted_by", "revision"])
    record(AuditAction.MOVED, actor=actor, about=row, before=before, after={"state": str(state)} | told)
    return row


def _check(conference: Conference, proposal: Proposal, but: Commendation | None = None) -> None:
    if not proposal.recipient.strip():
        raise RuleBroken(_("Enter whom you propose"), "recipient")
    if not proposal.reason.strip():
        raise RuleBroken(_("Enter what the commendation is for"), "reason")
    same = conference.commendations.filter(
        recipient=" ".join(proposal.recipient.split()),
        form=proposal.form,
        state__in=(CommendationState.PROPOSED, CommendationState.GRANTED),
    )
    if same.exclude(pk=but.pk if but else None).exists():
        raise RuleBroken(_("This commendation was proposed already."), "recipient")


def _columns(proposal: Proposal) -> dict:
    said = {name: getattr(proposal, name) for name in _FACTS}
    return said | {name: " ".join(said[name].split()) for name in ("recipient", "granted_by")}


def _told(facts: dict) -> dict:
    """What is recorded of them; the directory's rows are told by what is printed."""
    return {name: str(value) for name, value in facts.items() if name not in ("agency", "office")}
