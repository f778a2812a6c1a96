"""The steps of a program's life, from draft to closed."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from agencies.people.queries import head_on
from coordination.programs.models import Program, ProgramParty, ProgramVersion, SignatureSlot
from coordination.programs.permissions import (
    can_close,
    can_lock_for_signing,
    can_open_evaluation,
    can_reopen,
    can_send_for_comments,
    can_settle,
)
from coordination.programs.queries import missing_before_comments, missing_before_settling, missing_before_signing
from coordination.programs.services.doors import locked, move, must_be_in, refuse_if
from coordination.programs.services.snapshot import digest_of, snapshot_of
from coordination.programs.workflow import TRANSITIONS, Step
from records import clock
from records.errors import RuleBroken


@transaction.atomic
def send_for_comments(program: Program, *, actor: Membership, until: date) -> Program:
    """Open the draft to every party's comments until a day they are told.

    Raises: NotAllowed; Conflict; RuleBroken for a day already past or listing what is missing.
    """
    program = _locked_for(Step.SEND_FOR_COMMENTS, program, actor, can_send_for_comments)
    if until < clock.today():
        raise RuleBroken(_("The last day for comments must not be in the past"), "until")
    refuse_if(missing_before_comments(program))
    return move(program, Step.SEND_FOR_COMMENTS, actor=actor, consulted_on=clock.today(), comments_until=until)


@transaction.atomic
def settle(program: Program, *, actor: Membership) -> Program:
    """Record that the parties agree on the content; from here on tasks may run.

    Rule: R-PROGRAM-2.
    Raises: NotAllowed; Conflict; RuleBroken listing what is missing.
    """
    program = _locked_for(Step.SETTLE, program, actor, can_settle)
    refuse_if(missing_before_settling(program))
    return move(program, Step.SETTLE, actor=actor, agreed_on=clock.today())


@transaction.atomic
def reopen(program: Program, *, actor: Membership, reason: str) -> Program:
    """Take agreed content back into consultation, so that it can be changed; the reason is kept.

    Raises: NotAllowed; Conflict; RuleBroken without a reason.
    """
    program = _locked_for(Step.REOPEN, program, actor, can_reopen)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    return move(program, Step.REOPEN, actor=actor, reason=reason, agreed_on=None)


@transaction.atomic
def lock_for_signing(program: Program, *, actor: Membership) -> ProgramVersion:
    """Freeze the agreed content as the next version and open a place to sign for every party.

    Rule: R-SIGN-1. Titles and grounds are those of the day; the signer is the head of the day, where known.
    Raises: NotAllowed; Conflict; RuleBroken listing what is missing.
    """
    program = _locked_for(Step.LOCK_FOR_SIGNING, program, actor, can_lock_for_signing)
    refuse_if(missing_before_signing(program))
    content = snapshot_of(program, clock.today())
    last_minor = program.versions.filter(major=1).aggregate(last=Max("minor"))["last"] or 0
    version = ProgramVersion.objects.create(
        program=program,
        minor=last_minor + 1,
        for_signing=True,
        snapshot=content,
        digest=digest_of(content),
        locked_at=clock.now(),
        locked_by=actor,
    )
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
    program = _locked_for(Step.OPEN_EVALUATION, program, actor, can_open_evaluation)
    return move(program, Step.OPEN_EVALUATION, actor=actor)


@transaction.atomic
def close(program: Program, *, actor: Membership) -> Program:
    """End a program; its text, tasks and results can be read and no longer changed.

    Raises: NotAllowed; Conflict.
    """
    program = _locked_for(Step.CLOSE, program, actor, can_close)
    return move(program, Step.CLOSE, actor=actor, closed_on=clock.today())


def _locked_for(step: Step, program: Program, actor: Membership, may) -> Program:
    program = locked(program, actor=actor)
    require(may(actor, program))
    must_be_in(program, TRANSITIONS[step].sources)
    return program


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
