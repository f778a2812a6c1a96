"""That a party signed: on paper, as its people state it, or in the file, as the room found that looked into it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import SignatureMethod, SignatureState
from coordination.programs.models import ProgramVersion, SignatureSlot
from coordination.programs.permissions import can_attest_scan, can_record_signature
from coordination.programs.services.signing.ending import end_signing
from coordination.programs.services.signing.places import locked_slot, must_be_awaiting, must_be_turn, tell
from coordination.programs.services.signing.scans import Scan, kept_scan
from records import clock
from records.errors import Conflict, RuleBroken


@transaction.atomic
def record_signature(
    slot: SignatureSlot, *, actor: Membership, method: str, signed_on: date, scan: Scan | None = None
) -> SignatureSlot:
    """Record that a party signed the version on paper; with the last signature the program comes into force.

    Rule: R-SIGN-2, R-SIGN-5. Within a rank paper signatures come in any order; the program is signed on the day of the
    last one. Beside digital ones a scan is needed, which the drafting secretary compares; recording it, they have.
    Raises: NotAllowed; Conflict when the place is not open, or not yet; RuleBroken naming the field.
    """
    slot = locked_slot(slot, actor)
    require(can_record_signature(actor, slot, method))
    must_be_awaiting(slot)
    if method != SignatureMethod.PAPER:
        raise RuleBroken(_("A digital signature is taken from the signed file, never stated."), "method")
    _must_sign_on_paper(slot)
    must_be_turn(slot)
    _check_day(slot.version, signed_on)
    if scan is None and slot.version.is_prepared:
        raise RuleBroken(_("Choose the scan of the signed paper: other parties sign the file itself."), "scan")
    slot.scan = kept_scan(scan)
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


def _must_sign_on_paper(slot: SignatureSlot) -> None:
    """A party that signs the file signs no paper, and the paper others sign is a print of the prepared file."""
    if slot.signs_digitally:
        raise Conflict(_("This party is to sign the file digitally. The drafting secretary can change how it signs."))
    digital = slot.version.slots.filter(planned=SignatureMethod.DIGITAL).exists()
    if digital and not slot.version.is_prepared:
        raise Conflict(_("Some parties sign digitally: the file must be prepared first, and its print be signed."))


def _signed(
    slot: SignatureSlot, actor: Membership, method: SignatureMethod, signed_on: date, told: dict
) -> SignatureSlot:
    slot.state, slot.method, slot.signed_on = SignatureState.SIGNED, method, signed_on
    slot.recorded_at, slot.recorded_by = clock.now(), actor
    slot.save(
        update_fields=[
            "state", "method", "signed_on", "recorded_at", "recorded_by", "scan", "attested_at", "attested_by",
        ]
    )  # fmt: skip
    facts = {"signature": "signed", "method": method, "signed_on": signed_on}
    tell(slot, actor, {"signature": "awaiting"}, facts | told)
    end_signing(slot, actor)
    return slot


def _check_day(version: ProgramVersion, signed_on: date) -> None:
    program = version.program
    if signed_on > clock.today():
        raise RuleBroken(_("The day of signing must not be in the future"), "signed_on")
    if program.agreed_on and signed_on < program.agreed_on:
        raise RuleBroken(_("The day of signing must not be before the content was agreed"), "signed_on")
    if version.dated_on and signed_on < version.dated_on:
        raise RuleBroken(_("The day of signing must not be before the day the file prints"), "signed_on")
