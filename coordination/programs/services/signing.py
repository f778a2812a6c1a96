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
from coordination.programs.models import ProgramVersion, SignatureSlot
from coordination.programs.permissions import (
    can_attest_scan,
    can_name_signer,
    can_record_signature,
    can_return_version,
    signing_agency_id,
)
from coordination.programs.queries import whose_turn
from coordination.programs.services.doors import locked, move, must_be_in
from coordination.programs.workflow import Step
from records import clock, wording
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
    slot: SignatureSlot,
    *,
    actor: Membership,
    signer_name: str,
    title: str,
    authority: str | None = None,
    second_title: str = "",
    reason: str = "",
) -> SignatureSlot:
    """Say who signs for a party and by what printed title; a blank name is printed as a gap.

    `second_title` is one held elsewhere; it is printed under the name. Rule: R-LAYOUT-5. `reason` is why somebody else
    signs than the head, or than before.

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
    ground = slot.authority if authority is None else authority
    return _freeze(slot, actor, person, signer_name, title, ground, second_title, reason)


@transaction.atomic
def choose_signer(
    slot: SignatureSlot, *, actor: Membership, holding: OfficeHolding, second_title: str = "", reason: str = ""
) -> SignatureSlot:
    """Someone who holds an office in the signing agency today signs by that office; name, title and ground are frozen.

    Rule: R-SIGN-4. What becomes of the office or of the person's name later changes no paper. This is also how a head
    delegates: a deputy signs KT., another TL. or TUQ., with the reason in the log.
    Raises: NotAllowed; Conflict when the party has signed or returned meanwhile; RuleBroken for an office that is held
    elsewhere or no longer.
    """
    slot = _slot_to_name(slot, actor)
    agency = Agency.objects.get(pk=signing_agency_id(slot))
    signer = next((one for one in signers_of(agency, clock.today()) if one.holding.pk == holding.pk), None)
    if signer is None:
        raise RuleBroken(_("This person does not hold that office today. Choose again."), "holder")
    name, title = signer.person.full_name, signer.printed_title
    return _freeze(slot, actor, signer.person, name, title, signer.authority, second_title, reason)


@transaction.atomic
def record_signature(
    slot: SignatureSlot, *, actor: Membership, method: str, signed_on: date, scan: Scan | None = None
) -> SignatureSlot:
    """Record that a party signed the version on paper; with the last signature the program comes into force.

    Rule: R-SIGN-2, R-SIGN-5. Within a rank paper signatures come in any order; the program is signed on the day of the
    last one. Beside digital ones a scan is needed, which the drafting secretary compares; recording it, they have.
    Raises: NotAllowed; Conflict when the place is not open, or not yet; RuleBroken naming the field.
    """
    slot = _locked_slot(slot, actor)
    require(can_record_signature(actor, slot, method))
    must_be_awaiting(slot)
    if method != SignatureMethod.PAPER:
        raise RuleBroken(_("A digital signature is taken from the signed file, never stated."), "method")
    _must_sign_on_paper(slot)
    must_be_turn(slot)
    _check_day(slot.version, signed_on)
    if scan is None and slot.version.is_prepared:
        raise RuleBroken(_("Choose the scan of the signed paper: other parties sign the file itself."), "scan")
    slot.scan = _kept(scan)
    if scan is not None and can_attest_scan(actor, slot.version.program):
        slot.attested_at, slot.attested_by = clock.now(), actor
    told = {"scan": slot.scan.sha256 if scan else "", "attested": slot.attested_at is not None}
    return _signed(slot, actor, SignatureMethod.PAPER, signed_on, told)


@transaction.atomic
def record_digital_signature(slot: SignatureSlot, *, actor: Membership, signed_on: date, told: dict) -> SignatureSlot:
    """A building block: a party's signature was found in the file, whole and its own, by the room that looked into it.

    The caller holds the program's row and has asked whether the actor may; `told` is what the entry says of the file.
    """
    must_be_awaiting(slot)
    must_be_turn(slot)
    return _signed(slot, actor, SignatureMethod.DIGITAL, signed_on, told)


@transaction.atomic
def attest_scan(slot: SignatureSlot, *, actor: Membership) -> SignatureSlot:
    """The drafting secretary has compared the scan of a paper signature with the version; the last one ends signing.

    Rule: R-SIGN-6.
    Raises: NotAllowed; Conflict when there is nothing to compare any more; RuleBroken without a scan.
    """
    slot = _locked_slot(slot, actor)
    require(can_attest_scan(actor, slot.version.program))
    must_be_in(slot.version.program, (ProgramState.SIGNING,))
    if slot.version.voided_at or not slot.is_to_be_attested:
        raise _moved_on()
    if slot.scan is None:
        raise RuleBroken(_("There is no scan to compare."))
    slot.attested_at, slot.attested_by = clock.now(), actor
    slot.save(update_fields=["attested_at", "attested_by"])
    _record(slot, actor, {"attested": False}, {"attested": True, "scan": slot.scan.sha256})
    _end_signing(slot, actor)
    return slot


@transaction.atomic
def return_version(slot: SignatureSlot, *, actor: Membership, reason: str) -> SignatureSlot:
    """Return the version with a reason: it is void, no signature on it counts, and all parties sign the next one anew.

    Rule: R-SIGN-3.
    Raises: NotAllowed; Conflict; RuleBroken without a reason.
    """
    slot = _locked_slot(slot, actor)
    require(can_return_version(actor, slot))
    must_be_awaiting(slot)
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


def must_be_awaiting(slot: SignatureSlot) -> None:
    """Raises: Conflict where the party has signed or returned, or the version is not being signed any more."""
    if slot.version.voided_at or slot.state != SignatureState.AWAITING:
        raise _moved_on()
    must_be_in(slot.version.program, (ProgramState.SIGNING,))


def must_be_turn(slot: SignatureSlot) -> None:
    """Nobody signs out of turn, nor after the last day for signing.

    Rule: R-SIGN-5, R-SIGN-7.
    Raises: Conflict saying who is awaited first, or that the time is over.
    """
    if slot.version.is_expired_on(clock.today()):
        told = {"day": wording.day(slot.version.sign_until)}
        raise Conflict(_("The time for signing ended on %(day)s. Ask the drafting secretary for a later day.") % told)
    on_turn = whose_turn(slot.version.slots.all())
    if slot not in on_turn:
        names = ", ".join(other.agency_name for other in on_turn)
        raise Conflict(_("It is not this party's turn to sign yet. Awaited first: %(parties)s.") % {"parties": names})


def _locked_slot(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    """The slot with its program's row locked: one signing act at a time on one program."""
    program = locked(slot.version.program, actor=actor)
    slot = SignatureSlot.objects.select_related("version", "party").get(pk=slot.pk)
    slot.version.program = program
    return slot


def _slot_to_name(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    slot = _locked_slot(slot, actor)
    require(can_name_signer(actor, slot))
    must_be_awaiting(slot)
    if slot.version.is_prepared:
        raise Conflict(_("The file to sign prints the signers already. The drafting secretary takes it back first."))
    return slot


def _freeze(
    slot: SignatureSlot,
    actor: Membership,
    person: Person | None,
    name: str,
    title: str,
    authority: str,
    second_title: str,
    reason: str,
) -> SignatureSlot:
    second_title = " ".join(second_title.split())
    if len(second_title) > 120:
        raise RuleBroken(_("The name or title is too long"), "second_title")
    before = _named(slot)
    slot.signer, slot.signer_name, slot.title, slot.authority = person, name, title, authority
    slot.second_title = second_title
    slot.save(update_fields=["signer", "signer_name", "title", "authority", "second_title"])
    told = {"reason": reason.strip()} if reason.strip() else {}
    _record(slot, actor, before, _named(slot) | told)
    return slot


def _must_sign_on_paper(slot: SignatureSlot) -> None:
    """A party that signs the file signs no paper, and the paper others sign is a print of the prepared file."""
    if slot.signs_digitally:
        raise Conflict(_("This party is to sign the file digitally. The drafting secretary can change how it signs."))
    digital = slot.version.slots.filter(planned=SignatureMethod.DIGITAL).exists()
    if digital and not slot.version.is_prepared:
        raise Conflict(_("Some parties sign digitally: the file must be prepared first, and its print be signed."))


def _signed(slot: SignatureSlot, actor: Membership, method: SignatureMethod, signed_on: date, told: dict):
    slot.state, slot.method, slot.signed_on = SignatureState.SIGNED, method, signed_on
    slot.recorded_at, slot.recorded_by = clock.now(), actor
    slot.save(
        update_fields=[
            "state", "method", "signed_on", "recorded_at", "recorded_by", "scan", "attested_at", "attested_by",
        ]
    )  # fmt: skip
    facts = {"signature": "signed", "method": method, "signed_on": signed_on}
    _record(slot, actor, {"signature": "awaiting"}, facts | told)
    _end_signing(slot, actor)
    return slot


def _end_signing(slot: SignatureSlot, actor: Membership) -> None:
    """With the last signature the program comes into force.

    It is signed on the day its prepared file prints; without one on the day of the last signature.
    Rule: R-SIGN-2, R-SIGN-6. Beside digital signatures one on paper counts once its scan was compared.
    """
    version, slots = slot.version, list(SignatureSlot.objects.filter(version=slot.version))
    if any(other.state != SignatureState.SIGNED for other in slots):
        return
    if version.is_prepared and any(other.is_to_be_attested for other in slots):
        return
    signed_on = version.dated_on or max(other.signed_on for other in slots)
    move(version.program, Step.SIGN_BY_ALL, actor=actor, signed_on=signed_on)


def _moved_on() -> Conflict:
    return Conflict(_("The signing has moved on since you opened the page. Look at the present state first."))


def _check_day(version: ProgramVersion, signed_on: date) -> None:
    program = version.program
    if signed_on > clock.today():
        raise RuleBroken(_("The day of signing must not be in the future"), "signed_on")
    if program.agreed_on and signed_on < program.agreed_on:
        raise RuleBroken(_("The day of signing must not be before the content was agreed"), "signed_on")
    if version.dated_on and signed_on < version.dated_on:
        raise RuleBroken(_("The day of signing must not be before the day the file prints"), "signed_on")


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
    return {
        "signer_name": slot.signer_name,
        "title": slot.title,
        "authority": slot.authority,
        "second_title": slot.second_title,
    }


def _record(slot: SignatureSlot, actor: Membership, before: dict, after: dict) -> None:
    party = {"party": slot.agency_name, "version": slot.version.label}
    record(AuditAction.CHANGED, actor=actor, about=slot.version.program, before=before, after=party | after)
