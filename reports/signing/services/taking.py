"""Handing out the file for the next signature, and taking it back: signed by the right hand and otherwise untouched."""

import hashlib
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership, SigningCertificate
from coordination.models import Program
from coordination.programs.enums import ProgramState
from coordination.programs.services import record_digital_signature
from coordination.programs.services.doors import locked, must_be_in
from coordination.programs.services.signing import must_be_turn
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.files.services import hand_over, keep_bytes
from reports.signing.enums import VERDICTS, Outcome, Way
from reports.signing.fetching import fetched_lists
from reports.signing.looking.engine import Signature, Terms, look_into
from reports.signing.looking.faults import Fault, Refused
from reports.signing.models import SignedState, SigningField, SigningRound
from reports.signing.permissions import can_sign_file, can_view_round
from reports.signing.queries import certificates_for, current_state, live_round, next_field, whole_content
from reports.signing.trust import trusted

# What one signature with its picture, chain and time stamp may add.
MOST_ADDED_BYTES = 4 * 1024 * 1024
_OTHER_ROUNDS = 50


def hand_over_file(round: SigningRound, *, actor: Membership) -> tuple[bytes, str]:
    """The file as it stands now, and its name; the audit tells who took it.

    Raises: NotAllowed; FileNotFoundError when the bytes are gone.
    """
    require(can_view_round(actor, round))
    file = current_state(round).file
    with hand_over(file, about=round.version.program, actor=actor) as content:
        return content.read(), file.name


def take_signed(field: SigningField, *, actor: Membership, content: bytes, way: Way = Way.BY_HAND) -> SignedState:
    """Take the file back with one signature more, or refuse it and change nothing; either way the log tells.

    Rule: R-SIGN-8. It begins with exactly the bytes that were handed out; one new valid signature, in this field, by a
    certificate bound to who signs here; nothing else changed. The same file brought again by the same party is known.
    Why the look lies before the transaction: it takes a second, and nobody else should wait for it.
    Raises: NotAllowed; Conflict out of turn or when someone else was quicker; RuleBroken saying what is wrong.
    """
    round = open_round(field, actor)
    if (known := _known(round, field, content)) is not None:
        return known
    must_be_next(round, field)
    handed = current_state(round)
    try:
        found, certificate = _looked_into(round, field, handed, content)
    except Refused as refusal:
        _tell_refusal(field, actor, content, refusal)
        raise RuleBroken(VERDICTS[refusal.fault].told, "file") from refusal
    with transaction.atomic():
        locked(round.version.program, actor=actor)
        round = open_round(field, actor)
        must_be_next(round, field)
        if current_state(round).pk != handed.pk:
            raise Conflict(str(VERDICTS[Fault.OLDER].words))
        return _taken(round, field, handed, found, certificate, content, way, actor)


def open_round(field: SigningField, actor: Membership) -> SigningRound:
    """The live round of a field with its program fetched anew, for an actor who may bring this signature.

    Raises: NotAllowed; Conflict when the version was returned or the file taken back.
    """
    program = Program.objects.get(versions__signing_rounds=field.round_id)
    round = live_round(program)
    field.slot.refresh_from_db()
    field.slot.version.program = program
    require(can_sign_file(actor, field.slot))
    if round is None or round.pk != field.round_id:
        raise Conflict(_("This file is no longer being signed. Look at the present state first."))
    return round


def _known(round: SigningRound, field: SigningField, content: bytes) -> SignedState | None:
    """The state these very bytes made of the file, where this field's own signature did.

    Rule: abuse 55. Sent again it changes nothing; another party's signed file is refused as any other.
    """
    digest = hashlib.sha256(content).hexdigest()
    return round.states.filter(field=field, file__sha256=digest).select_related("file").first()


def must_be_next(round: SigningRound, field: SigningField) -> None:
    """Whether this field is the one that may be signed now.

    Rule: R-SIGN-5, R-SIGN-7.
    Raises: Conflict out of turn, after the last day, or where it is signed already.
    """
    must_be_in(round.version.program, (ProgramState.SIGNING,))
    if round.states.filter(field=field).exists():
        raise Conflict(_("This place is signed already; a second signature is not taken."))
    field.slot.version = round.version
    must_be_turn(field.slot)
    if next_field(round) != field:
        raise Conflict(_("Another signature of this file is awaited first."))


def _looked_into(
    round: SigningRound, field: SigningField, handed: SignedState, content: bytes
) -> tuple[Signature, SigningCertificate]:
    """The one new signature of a file, and the registered certificate it was made by.

    Raises: Refused; Conflict where the stored file is no longer the one that was handed out.
    """
    before = whole_content(handed.file)
    _must_begin_as_handed_out(round, handed, before, content)
    fields = list(round.fields.all())
    terms = Terms(
        field=field.name,
        is_last=field.turn == len(fields),
        boxes={one.name: one.box for one in fields},
        trust=trusted(),
        prepared=round.prepared_at,
        received=clock.now(),
    )
    found = look_into(before, content, terms)
    certificate = _bound(field, found)
    return _asked_for_revocation(found, before, content, terms), certificate


def _asked_for_revocation(found: Signature, before: bytes, content: bytes, terms: Terms) -> Signature:
    """The signature judged once more by the lists its issuers publish, where those at hand do not say.

    Rule: R-SIGN-9.
    Raises: Refused for one that was revoked, or where a list is required and none is to be had.
    """
    is_asked = settings.SIGNING_FETCHES_LISTS and not found.revocation_known
    if is_asked and (lists := fetched_lists(found.lists_at)):
        found = look_into(before, content, replace(terms, trust=terms.trust.with_lists(lists)))
    if settings.SIGNING_NEEDS_REVOCATION and not found.revocation_known:
        raise Refused(Fault.REVOCATION_UNKNOWN)
    return found


def _must_begin_as_handed_out(round: SigningRound, handed: SignedState, before: bytes, content: bytes) -> None:
    """Raises: Refused, saying which other file it is where that is known."""
    if len(content) > len(before) + MOST_ADDED_BYTES:
        raise Refused(Fault.TOO_LARGE, str(len(content)))
    if content.startswith(before):
        if content[len(before) :].strip():
            return
        raise Refused(Fault.UNTOUCHED)
    if any(_begins_with(content, state) for state in round.states.exclude(pk=handed.pk).select_related("file")):
        raise Refused(Fault.OLDER)
    others = SignedState.objects.filter(ordinal=0).exclude(round=round).select_related("file").order_by("-pk")
    if any(_begins_with(content, state) for state in others[:_OTHER_ROUNDS]):
        raise Refused(Fault.OTHER_PAPER)
    raise Refused(Fault.NOT_BEGUN)


def _begins_with(content: bytes, state: SignedState) -> bool:
    beginning = content[: state.file.size_bytes]
    return hashlib.sha256(beginning).hexdigest() == state.file.sha256


def _bound(field: SigningField, found: Signature) -> SigningCertificate:
    """The registered certificate that signed.

    Rule: R-CERT-1. By the certificate itself, never by the name in it; bound on the day it signed, and without a time
    stamp, which alone proves that day, also today.
    Raises: Refused.
    """
    days = {clock.local_day(found.signed_at)} | (set() if found.has_timestamp else {clock.today()})
    bound = set.intersection(*(set(certificates_for(field.slot, field.purpose, day)) for day in days))
    for certificate in bound:
        if certificate.fingerprint == found.fingerprint:
            return certificate
    raise Refused(Fault.UNBOUND, f"{found.subject} {found.serial}")


def _taken(
    round: SigningRound,
    field: SigningField,
    handed: SignedState,
    found: Signature,
    certificate: SigningCertificate,
    content: bytes,
    way: Way,
    actor: Membership,
) -> SignedState:
    file = keep_bytes(handed.file.name, FileKind.PDF, content)
    state = SignedState.objects.create(
        round=round,
        ordinal=handed.ordinal + 1,
        file=file,
        field=field,
        certificate=certificate,
        field_in_file=found.field[:120],
        subject=found.subject[:300],
        issuer=found.issuer[:300],
        serial=found.serial[:64],
        fingerprint=found.fingerprint,
        signed_at=found.signed_at,
        has_timestamp=found.has_timestamp,
        revocation_known=found.revocation_known,
        outcome=Outcome.PASSED,
        way=way,
        taken_at=clock.now(),
        taken_by=actor,
    )
    told = {"certificate": found.subject, "serial": found.serial, "sha256": file.sha256, "result": Outcome.PASSED.value}
    if _is_whole(round, field):
        record_digital_signature(
            field.slot, actor=actor, signed_on=clock.local_day(_person_signed_at(round, field, found)), told=told
        )
    else:
        about = {"party": field.slot.agency_name, "version": round.version.label, "signed_field": field.name}
        record(AuditAction.CHANGED, actor=actor, about=round.version.program, after=about | told)
    return state


def _is_whole(round: SigningRound, field: SigningField) -> bool:
    """Whether a party's last field was just signed."""
    return not round.fields.filter(slot=field.slot, signature=None).exists()


def _person_signed_at(round: SigningRound, field: SigningField, found: Signature):
    """When the person signed; the seal follows and does not move that day."""
    first = round.states.filter(field__slot=field.slot).order_by("ordinal").first()
    return first.signed_at if first else found.signed_at


@transaction.atomic
def _tell_refusal(field: SigningField, actor: Membership, content: bytes, refusal: Refused) -> None:
    """The file itself is not kept; what it was and why it was refused is."""
    verdict = VERDICTS[refusal.fault]
    told = {
        "party": field.slot.agency_name,
        "upload_refused": str(verdict.words),
        "result": verdict.code,
        "sha256": hashlib.sha256(content).hexdigest(),
        "detail": refusal.detail[:300],
    }
    record(AuditAction.REFUSED, actor=actor, about=field.slot.version.program, after=told)
