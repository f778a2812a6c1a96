"""What a party declares in a round: that it has no comments, or that it has sent all it has."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.consultation.enums import ReplyKind
from coordination.consultation.models import Comment, ConsultationRound, RoundReply
from coordination.consultation.permissions import can_comment
from coordination.consultation.services.doors import locked_round, must_be_in_time, must_be_open
from coordination.programs.models import ProgramParty
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import named, record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def declare_no_comments(round: ConsultationRound, *, actor: Membership, party: ProgramParty) -> RoundReply:
    """Say for a party that it has no comments on the draft.

    Raises: NotAllowed; Conflict when it has declared already or the round was closed; RuleBroken after the last day
    or while comments of the party stand.
    """
    round = _declaring(round, actor, party)
    if _comments(round, party).exists():
        raise RuleBroken(_("Your agency has written comments. Withdraw them first, or declare that all are sent."))
    return _declare(round, actor, party, ReplyKind.NO_COMMENTS)


@transaction.atomic
def declare_sent(round: ConsultationRound, *, actor: Membership, party: ProgramParty) -> RoundReply:
    """Say for a party that it has sent all its comments.

    Raises: NotAllowed; Conflict when it has declared already or the round was closed; RuleBroken after the last day
    or without any comment.
    """
    round = _declaring(round, actor, party)
    if not _comments(round, party).exists():
        raise RuleBroken(_("Your agency has not written any comment yet."))
    return _declare(round, actor, party, ReplyKind.SENT)


@transaction.atomic
def take_back_reply(round: ConsultationRound, *, actor: Membership, party: ProgramParty) -> None:
    """Take a declaration back, to write more.

    Raises: NotAllowed; Conflict when the round was closed or nothing is declared; RuleBroken after the last day.
    """
    round = locked_round(round, actor=actor)
    require(can_comment(actor, round, party))
    must_be_open(round)
    must_be_in_time(round)
    reply = round.replies.filter(party=party).first()
    if reply is None:
        raise Conflict(_("Your agency has declared nothing yet."))
    record(
        AuditAction.UNDONE,
        actor=actor,
        about=reply,
        before={"round": round.number, "party": named(party.agency), "reply": reply.kind},
    )
    reply.delete()


def _declaring(round: ConsultationRound, actor: Membership, party: ProgramParty) -> ConsultationRound:
    round = locked_round(round, actor=actor)
    require(can_comment(actor, round, party))
    must_be_open(round)
    must_be_in_time(round)
    if round.replies.filter(party=party).exists():
        raise Conflict(_("Your agency has declared already."))
    return round


def _declare(round: ConsultationRound, actor: Membership, party: ProgramParty, kind: ReplyKind) -> RoundReply:
    reply = RoundReply.objects.create(round=round, party=party, kind=kind, at=clock.now(), by=actor)
    told = {"round": round.number, "party": named(party.agency), "reply": kind}
    record(AuditAction.CREATED, actor=actor, about=reply, after=told)
    return reply


def _comments(round: ConsultationRound, party: ProgramParty):
    return Comment.objects.filter(round=round, party=party).standing()
