"""How a program ends: closed with its year, cancelled before it came into force, superseded by a later one."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.programs.permissions import can_cancel, can_close, can_supersede
from coordination.programs.queries import live_version, successors_of
from coordination.programs.services.doors import locked_for, move
from coordination.programs.services.submission import drop_submission
from coordination.programs.workflow import Step
from records import clock
from records.errors import RuleBroken


@transaction.atomic
def close(program: Program, *, actor: Membership) -> Program:
    """End a program; its text, tasks and results can be read and no longer changed.

    Raises: NotAllowed; Conflict.
    """
    program = locked_for(Step.CLOSE, program, actor, can_close)
    return move(program, Step.CLOSE, actor=actor, closed_on=clock.today())


@transaction.atomic
def cancel(program: Program, *, actor: Membership, reason: str) -> Program:
    """Give a program up before it comes into force; it stays to be read, with the reason, and nothing in it moves.

    A version out for signing is void with it, and a committee's opinion is no longer awaited.
    Rule: R-PROGRAM-4.
    Raises: NotAllowed; Conflict when all have signed meanwhile; RuleBroken without a reason.
    """
    program = locked_for(Step.CANCEL, program, actor, can_cancel)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    if (version := live_version(program)) is not None:
        version.voided_at, version.void_reason = clock.now(), reason.strip()
        version.save(update_fields=["voided_at", "void_reason"])
    drop_submission(program, actor=actor)
    return move(program, Step.CANCEL, actor=actor, reason=reason.strip(), cancelled_on=clock.today())


@transaction.atomic
def supersede(program: Program, *, actor: Membership, by: Program) -> Program:
    """A later program of the unit in force under the same lead takes the place of this one.

    Rule: R-PROGRAM-5.
    Raises: NotAllowed; Conflict; RuleBroken for a program that cannot take its place.
    """
    program = locked_for(Step.SUPERSEDE, program, actor, can_supersede)
    later = successors_of(program, actor=actor).filter(pk=by.pk).first()
    if later is None:
        raise RuleBroken(_("Choose a later program in force under the same lead party"), "by")
    told = {"successor": later.code}
    return move(program, Step.SUPERSEDE, actor=actor, told=told, superseded_by=later, superseded_on=clock.today())
