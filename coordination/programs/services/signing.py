"""What happens on a version locked for signing: who signs, that they signed, that a party returns it."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.directory.enums import SigningAuthority
from agencies.models import Agency, Membership, OfficeHolding, Person
from agencies.people.queries import signers_of
from coordination.programs.enums import ProgramState, SignatureMethod, SignatureState
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.permissions import (
    can_name_signer,
    can_record_signature,
    can_return_version,
    signing_agency_id,
)
from coordination.programs.services.doors import locked, move, must_be_in
from coordination.programs.workflow import Step
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.files.services import check_file, keep

SCAN_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)


@dataclass(frozen=True)
class Scan:
    """A scan of the signed paper as it was uploaded."""

    name: str
    content: BinaryIO
    size_bytes: int


@transaction.atomic
def name_signer(
    slot: SignatureSlot, *, actor: Membership, signer_name: str, title: str, authority: str | None = None
) -> SignatureSlot:
    """Say who signs for a party and by what printed title; a blank name is printed as a gap.

    Raises: NotAllowed; Conflict when the party has signed or returned meanwhile; RuleBroken for a missing title.
    """
    slot = _slot_to_name(slot, actor)
    signer_name, title = " ".join(signer_name.split()), " ".join(title.split())
    if not title:
        raise RuleBroken(_("Enter the title the party signs by"), "title")
    if len(title) > 80 or len(signer_name) > 120:
        raise RuleBroken(_("The name or title is too long"), "title" if len(title) > 80 else "signer_name")
    if authority is not None and authority not in SigningAuthority.values:
        raise RuleBroken(_("Choose one of the listed values"), "authority")
    person = slot.signer if slot.signer and slot.signer.full_name == signer_name else None
    return _freeze(slot, actor, person, signer_name, title, slot.authority if authority is None else authority)


@transaction.atomic
def choose_signer(slot: SignatureSlot, *, actor: Membership, holding: OfficeHolding) -> SignatureSlot:
    """Someone who holds an office in the signing agency today signs by that office; name, title and ground are frozen.

    Rule: R-SIGN-4. What becomes of the office or of the person's name later changes no paper.
    Raises: NotAllowed; Conflict when the party has signed or returned meanwhile; RuleBroken for an office that is held
    elsewhere or no longer.
    """
    slot = _slot_to_name(slot, actor)
    agency = Agency.objects.get(pk=signing_agency_id(slot))
    signer = next((one for one in signers_of(agency, clock.today()) if one.holding.pk == holding.pk), None)
    if signer is None:
        raise RuleBroken(_("This person does not hold that office today. Choose again."), "holder")
    return _freeze(slot, actor, signer.person, signer.person.full_name, signer.printed_title, signer.authority)


@transaction.atomic
def record_signature(
    slot: SignatureSlot, *, actor: Membership, method: str, signed_on: date, scan: Scan | None = None
) -> SignatureSlot:
    """Record that a party signed the version; with the last signature the program comes into force.

    Rule: R-SIGN-2. Paper signatures come in any order; the program is signed on the day of the last one.
    Raises: NotAllowed; Conflict when the slot or the version is no longer open; RuleBroken naming the field.
    """
    slot = _locked_slot(slot, actor)
    program = slot.version.program
    require(can_record_signature(actor, slot, method))
    _must_be_awaiting(slot)
    if method not in SignatureMethod.values:
        raise RuleBroken(_("Choose one of the listed values"), "method")
    _check_day(program, signed_on)
    slot.state, slot.method, slot.signed_on = SignatureState.SIGNED, method, signed_on
    slot.recorded_at, slot.recorded_by = clock.now(), actor
    slot.scan = _kept(scan)
    slot.save(update_fields=["state", "method", "signed_on", "recorded_at", "recorded_by", "scan"])
    told = {"signature": "signed", "method": method, "signed_on": signed_on, "scan": slot.scan.sha256 if scan else ""}
    _record(slot, actor, {"signature": "awaiting"}, told)
    slots = list(slot.version.slots.all())
    if all(other.state == SignatureState.SIGNED for other in slots):
        move(program, Step.SIGN_BY_ALL, actor=actor, signed_on=max(other.signed_on for other in slots))
    return slot


@transaction.atomic
def return_version(slot: SignatureSlot, *, actor: Membership, reason: str) -> SignatureSlot:
    """Return the version with a reason: it is void, no signature on it counts, and all parties sign the next one anew.

    Rule: R-SIGN-3.
    Raises: NotAllowed; Conflict; RuleBroken without a reason.
    """
    slot = _locked_slot(slot, actor)
    require(can_return_version(actor, slot))
    _must_be_awaiting(slot)
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    slot.state, slot.reason = SignatureState.RETURNED, reason
    slot.recorded_at, slot.recorded_by = clock.now(), actor
    slot.save(update_fields=["state", "reason", "recorded_at", "recorded_by"])
    version = slot.version
    version.voided_at, version.void_reason = clock.now(), reason
    version.save(update_fields=["voided_at", "void_reason"])
    _record(slot, actor, {"signature": "awaiting"}, {"signature": "returned", "reason": reason})
    move(version.program, Step.RETURN_VERSION, actor=actor, reason=reason)
    return slot


def _locked_slot(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    """The slot with its program's row locked: one signing act at a time on one program."""
    program = locked(slot.version.program, actor=actor)
    slot = SignatureSlot.objects.select_related("version", "party").get(pk=slot.pk)
    slot.version.program = program
    return slot


def _slot_to_name(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    slot = _locked_slot(slot, actor)
    require(can_name_signer(actor, slot))
    _must_be_awaiting(slot)
    return slot


def _freeze(
    slot: SignatureSlot, actor: Membership, person: Person | None, name: str, title: str, authority: str
) -> SignatureSlot:
    before = _named(slot)
    slot.signer, slot.signer_name, slot.title, slot.authority = person, name, title, authority
    slot.save(update_fields=["signer", "signer_name", "title", "authority"])
    _record(slot, actor, before, _named(slot))
    return slot


def _must_be_awaiting(slot: SignatureSlot) -> None:
    if slot.version.voided_at or slot.state != SignatureState.AWAITING:
        raise Conflict(_("The signing has moved on since you opened the page. Look at the present state first."))
    must_be_in(slot.version.program, (ProgramState.SIGNING,))


def _check_day(program: Program, signed_on: date) -> None:
    if signed_on > clock.today():
        raise RuleBroken(_("The day of signing must not be in the future"), "signed_on")
    if program.agreed_on and signed_on < program.agreed_on:
        raise RuleBroken(_("The day of signing must not be before the content was agreed"), "signed_on")


def _kept(scan: Scan | None):
    if scan is None:
        return None
    try:
        if check_file(scan.name, scan.content, scan.size_bytes) not in SCAN_KINDS:
            raise RuleBroken(_("A scan of the signed paper is a PDF, JPG or PNG file"))
        return keep(scan.name, scan.content, scan.size_bytes)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), "scan") from refusal


def _named(slot: SignatureSlot) -> dict:
    return {"signer_name": slot.signer_name, "title": slot.title, "authority": slot.authority}


def _record(slot: SignatureSlot, actor: Membership, before: dict, after: dict) -> None:
    party = {"party": slot.agency_name, "version": slot.version.label}
    record(AuditAction.CHANGED, actor=actor, about=slot.version.program, before=before, after=party | after)
