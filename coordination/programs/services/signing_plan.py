"""In which order and how the parties sign a version, until when; taking the version back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import ProgramState, SignatureMethod
from coordination.programs.models import Program, ProgramVersion, SignatureSlot
from coordination.programs.models.versions import MOST_RANKS
from coordination.programs.permissions import can_plan_signing, can_recall_version
from coordination.programs.queries import live_version
from coordination.programs.services.doors import locked as locked_program
from coordination.programs.services.doors import locked_for, move, must_be_in
from coordination.programs.workflow import Step
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@dataclass(frozen=True)
class SlotPlan:
    """How one party is to sign: its rank, on paper or digitally, and whether the agency's seal follows in the file."""

    slot_id: int
    rank: int
    planned: str
    is_sealed: bool = False


@transaction.atomic
def plan_signing(program: Program, *, actor: Membership, plans: Sequence[SlotPlan]) -> ProgramVersion:
    """Set for each place to sign the live version its rank and its way, before anybody signs.

    Rule: R-SIGN-5.
    Raises: NotAllowed; Conflict once someone has signed or the file is prepared; RuleBroken naming the field.
    """
    program, version = _live(program, actor)
    slots = {slot.pk: slot for slot in version.slots.all()}
    if version.is_prepared or not all(slot.is_awaited for slot in slots.values()):
        raise Conflict(_("The signing has moved on since you opened the page. Look at the present state first."))
    if {plan.slot_id for plan in plans} != slots.keys() or len(plans) != len(slots):
        raise RuleBroken(_("Say of every party how it signs."))
    before, after = {}, {}
    for plan in plans:
        slot = slots[plan.slot_id]
        before[slot.agency_name] = _in_words(slot)
        _set(slot, plan)
        after[slot.agency_name] = _in_words(slot)
    record(
        AuditAction.CHANGED, actor=actor, about=program, before={"signing_plan": before}, after={"signing_plan": after}
    )
    return version


@transaction.atomic
def set_last_day(program: Program, *, actor: Membership, until: date | None) -> ProgramVersion:
    """Say until when the parties sign; a later day opens a signing that has run out. None: without a last day.

    Rule: R-SIGN-7.
    Raises: NotAllowed; Conflict; RuleBroken for a day that has passed.
    """
    program, version = _live(program, actor)
    if until is not None and until < clock.today():
        raise RuleBroken(_("The last day for signing must not be in the past"), "until")
    before, version.sign_until = version.sign_until, until
    version.save(update_fields=["sign_until"])
    record(AuditAction.CHANGED, actor=actor, about=program, before={"sign_until": before}, after={"sign_until": until})
    return version


@transaction.atomic
def recall_version(program: Program, *, actor: Membership, reason: str) -> Program:
    """The drafting secretary takes the version out for signing back; no signature on it counts.

    Rule: R-SIGN-3. As when a party returns it; above all for a signing that has run out.
    Raises: NotAllowed; Conflict when all have signed meanwhile; RuleBroken without a reason.
    """
    program = locked_for(Step.RETURN_VERSION, program, actor, can_recall_version)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    version = live_version(program)
    version.voided_at, version.void_reason = clock.now(), reason.strip()
    version.save(update_fields=["voided_at", "void_reason"])
    told = {"recalled": version.label}
    return move(program, Step.RETURN_VERSION, actor=actor, reason=reason.strip(), told=told)


def date_paper(version: ProgramVersion, *, dated_on: date | None) -> None:
    """A building block: the file of a version is prepared with this day, or withdrawn; the caller holds and has asked.

    While it stands, the number, the signers and the plan of signing stay as the file prints them.
    """
    version.dated_on = dated_on
    version.save(update_fields=["dated_on"])


def _live(program: Program, actor: Membership) -> tuple[Program, ProgramVersion]:
    program = locked_program(program, actor=actor)
    require(can_plan_signing(actor, program))
    must_be_in(program, (ProgramState.SIGNING,))
    version = live_version(program)
    version.program = program
    return program, version


def _set(slot: SignatureSlot, plan: SlotPlan) -> None:
    if not 1 <= plan.rank <= MOST_RANKS:
        raise RuleBroken(_("Enter a whole number from 1 to %(most)s") % {"most": MOST_RANKS}, f"rank-{slot.pk}")
    if plan.planned not in SignatureMethod.values:
        raise RuleBroken(_("Choose one of the listed values"), f"planned-{slot.pk}")
    digital = plan.planned == SignatureMethod.DIGITAL
    slot.rank, slot.planned, slot.is_sealed = plan.rank, plan.planned, plan.is_sealed and digital
    slot.save(update_fields=["rank", "planned", "is_sealed"])


def _in_words(slot: SignatureSlot) -> list:
    return [slot.rank, str(slot.planned), slot.is_sealed]
