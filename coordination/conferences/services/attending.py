"""What became of an invitation: answered by the agency, ticked at the door."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.conferences.enums import Presence, Reply
from coordination.conferences.models import Invitation
from coordination.conferences.permissions import can_answer_invitation, can_keep_record
from coordination.conferences.services.groups import recount
from coordination.conferences.services.locking import held, locked
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

_REPLIED = ("reply", "reason", "delegate_name", "delegate_title", "delegate_rank")
_MARKED = ("presence", "reason", "delegate_name", "delegate_title", "delegate_rank")


@dataclass(frozen=True)
class Delegate:
    """Who comes in the place of the one invited, by office and rank; the name where it is known."""

    title: str = ""
    rank: str = ""
    name: str = ""


@transaction.atomic
def answer_invitation(
    invitation: Invitation, *, actor: Membership, reply: Reply, delegate: Delegate | None = None, reason: str = ""
) -> Invitation:
    """Say that the one invited comes, sends a delegate or is excused; until the conference begins it can be changed.

    Rule: R-PEOPLE-3. The agency answers; the organiser enters what it was told by telephone.
    Raises: NotAllowed; RuleBroken without the delegate's office and rank, or without a reason.
    """
    conference = locked(invitation.conference)
    invitation.conference = conference
    require(can_answer_invitation(actor, invitation))
    invitation = held(invitation)
    delegate = (delegate or Delegate()) if reply == Reply.DELEGATE else Delegate()
    if reply == Reply.AWAITED:
        raise RuleBroken(_("Choose an answer"), "reply")
    if reply == Reply.DELEGATE and not delegate.title.strip():
        raise RuleBroken(_("Enter the office of the delegate"), "delegate_title")
    if reply == Reply.DELEGATE and not delegate.rank:
        raise RuleBroken(_("Choose the rank of the delegate"), "delegate_rank")
    if reply == Reply.EXCUSED and not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    before = {name: getattr(invitation, name) for name in _REPLIED}
    invitation.reply, invitation.reason = reply, reason if reply == Reply.EXCUSED else ""
    _seat(invitation, delegate)
    invitation.replied_at, invitation.replied_by = clock.now(), actor
    invitation.save()
    after = {name: getattr(invitation, name) for name in _REPLIED}
    if conference.organiser_id != invitation.agency_id and not actor.acts_for(invitation.agency_id):
        after["by_organiser"] = True
    record(AuditAction.CHANGED, actor=actor, about=invitation, before=before, after=after)
    return invitation


@transaction.atomic
def mark_presence(
    invitation: Invitation,
    *,
    actor: Membership,
    presence: Presence,
    was: Presence | None = None,
    delegate: Delegate | None = None,
    reason: str = "",
) -> Invitation:
    """Tick one seat: present, by a substitute, absent with leave, or nothing again.

    Rule: R-PEOPLE-4. One tick touches one seat, so that two people tick at the same time; `was` is what the one who
    ticks saw, and a tick over somebody else's different one is refused. The same tick twice is one.
    Raises: NotAllowed; RuleBroken before the day of the conference; Conflict.
    """
    conference = locked(invitation.conference)
    require(can_keep_record(actor, conference))
    invitation = held(invitation)
    if clock.today() < conference.held_on:
        raise RuleBroken(_("Attendance is taken on the day of the conference."))
    if was is not None and invitation.presence not in (was, presence):
        raise Conflict(_overtaken(invitation))
    before = {name: getattr(invitation, name) for name in _MARKED}
    invitation.presence = presence
    _tell_substitute(invitation, delegate, reason)
    after = {name: getattr(invitation, name) for name in _MARKED}
    if after == before:
        return invitation
    marked = presence != Presence.UNMARKED
    invitation.marked_at, invitation.marked_by = (clock.now(), actor) if marked else (None, None)
    invitation.save()
    recount(invitation.group)
    record(AuditAction.CHANGED, actor=actor, about=invitation, before=before, after=after)
    return invitation


def _tell_substitute(invitation: Invitation, delegate: Delegate | None, reason: str) -> None:
    """Who sits there instead, as far as it is said now; otherwise the delegate who was announced stays."""
    if invitation.presence == Presence.SUBSTITUTE and delegate is not None:
        _seat(invitation, delegate)
    if invitation.presence == Presence.EXCUSED and reason:
        invitation.reason = reason


def _seat(invitation: Invitation, delegate: Delegate) -> None:
    invitation.delegate_title, invitation.delegate_rank = delegate.title, delegate.rank
    invitation.delegate_name = delegate.name


def _overtaken(invitation: Invitation) -> str:
    told = {
        "who": invitation.full_title,
        "state": invitation.there.label,
        "time": wording.moment(invitation.marked_at) if invitation.marked_at else "",
        "by": str(invitation.marked_by or ""),
    }
    if not invitation.presence:
        return _("%(who)s: somebody else has just taken the mark away. Nothing was changed.") % told
    return _("%(who)s: %(by)s has marked “%(state)s” at %(time)s. Nothing was changed.") % told
