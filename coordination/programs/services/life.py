"""The steps of a program's life, from draft to evaluation."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from agencies.people.queries import head_on
from coordination.programs.models import Program, ProgramParty, ProgramVersion, SignatureSlot
from coordination.programs.permissions import (
    can_end_comments,
    can_lock_for_signing,
    can_open_evaluation,
    can_reopen,
    can_send_for_comments,
    can_settle,
)
from coordination.programs.queries import missing_before_comments, missing_before_settling, missing_before_signing
from coordination.programs.services.doors import locked_for, move, refuse_if
from coordination.programs.services.versioning import freeze
from coordination.programs.workflow import Step
from records import clock
from records.errors import RuleBroken


@transaction.atomic
def send_for_comments(program: Program, *, actor: Membership, until: date) -> Program:
    """Open the draft to every party's comments until a day they are told.

    Raises: NotAllowed; Conflict; RuleBroken for a day already past or listing what is missing.
    """
    program = locked_for(Step.SEND_FOR_COMMENTS, program, actor, can_send_for_comments)
    if until < clock.today():
        raise RuleBroken(_("The last day for comments must not be in the past"), "until")
    refuse_if(missing_before_comments(program))
    return move(program, Step.SEND_FOR_COMMENTS, actor=actor, consulted_on=clock.today(), comments_until=until)


@transaction.atomic
def end_comments(program: Program, *, actor: Membership) -> Program:
    """Take the draft back from the parties; what they said is worked into the text before they agree to it.

    Raises: NotAllowed; Conflict; RuleBroken while a round of comments is open, which counts who was silent when closed.
    """
    program = locked_for(Step.END_COMMENTS, program, actor, can_end_comments)
    if program.consultation_rounds.filter(closed_at=None).exists():
        raise RuleBroken(_("A round of comments is open. Close it on the page of comments."))
    return move(program, Step.END_COMMENTS, actor=actor)


@transaction.atomic
def settle(program: Program, *, actor: Membership) -> Program:
    """Record that every party agrees on the content as it stands; from here on tasks may run.

    Rule: R-PROGRAM-2, R-AGREE-2.
    Raises: NotAllowed; Conflict; RuleBroken listing what is missing.
    """
    program = locked_for(Step.SETTLE, program, actor, can_settle)
    refuse_if(missing_before_settling(program))
    return move(program, Step.SETTLE, actor=actor, agreed_on=clock.today())


@transaction.atomic
def reopen(program: Program, *, actor: Membership, reason: str) -> Program:
    """Open agreed content again, so that it can be changed; the reason is kept.

    Raises: NotAllowed; Conflict; RuleBroken without a reason.
    """
    program = locked_for(Step.REOPEN, program, actor, can_reopen)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    return move(program, Step.REOPEN, actor=actor, reason=reason, agreed_on=None, submitted_on=None, cleared_on=None)


@transaction.atomic
def lock_for_signing(program: Program, *, actor: Membership) -> ProgramVersion:
    """Freeze the agreed content as the next version and open a place to sign for every party.

    Rule: R-SIGN-1. Titles and grounds are those of the day; the signer is the head of the day, where known.
    Raises: NotAllowed; Conflict; RuleBroken listing what is missing.
    """
    program = locked_for(Step.LOCK_FOR_SIGNING, program, actor, can_lock_for_signing)
    refuse_if(missing_before_signing(program))
    version = freeze(program, actor=actor, for_signing=True)
    for party in program.parties.order_by("signing_order"):
        _slot(version, party, clock.today()).save(force_insert=True)
    told = {"version": version.label, "digest": version.digest}
    reason = _("Signing version %(label)s") % {"label": version.label}
    move(program, Step.LOCK_FOR_SIGNING, actor=actor, reason=reason, told=told)
    return version


@transaction.atomic
def open_evaluation(program: Program, *, actor: Membership) -> Program:
    """Pass a program in force to its evaluation.

    Raises: NotAllowed; Conflict.
    """
    program = locked_for(Step.OPEN_EVALUATION, program, actor, can_open_evaluation)
    return move(program, Step.OPEN_EVALUATION, actor=actor)


def _slot(version: ProgramVersion, party: ProgramParty, day: date) -> SignatureSlot:
    signing = party.signs_through or party.agency
    name = signing.name_on(day)
    head = head_on(signing, day)
    return SignatureSlot(
        version=version,
        party=party,
        position=party.signing_order,
        agency_name=party.agency.name_on(day).name,
        authority=head.authority if head else name.authority,
        authority_lines=name.authority_lines,
        title=name.head_title,
        signer=head.person if head else None,
        signer_name=head.person.full_name if head else "",
    )
