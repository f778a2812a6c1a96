"""Preparing the one file all digital signatures go into, and withdrawing it while nobody has signed."""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.models import Program, ProgramVersion, SignatureSlot
from coordination.programs.enums import ProgramState
from coordination.programs.queries import live_version, signing_stand
from coordination.programs.services import date_paper
from coordination.programs.services.doors import locked, must_be_in, refuse_if
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.files.services import keep_bytes, name_of_paper
from reports.checking.services import must_pass
from reports.documents.amendment_paper import amendment_paper
from reports.documents.enclosures import enclosures_of
from reports.documents.papers import ProgramPaper
from reports.documents.program_paper import program_paper
from reports.documents.render import paper_html
from reports.pdf import store
from reports.pdf.drawn import Drawn
from reports.pdf.store import Order
from reports.signing.enums import FieldPurpose
from reports.signing.models import SignedState, SigningField, SigningRound
from reports.signing.permissions import can_prepare_file
from reports.signing.placing import Place, rooms_in, with_fields
from reports.signing.queries import live_round, missing_before_preparing
from reports.signing.queries.missing import wrong_day

PREFIX = {FieldPurpose.PERSON: "ky", FieldPurpose.SEAL: "dau"}


def prepare_file(program: Program, *, actor: Membership, dated_on: date) -> SigningRound:
    """Make the file to sign: number and day printed, a field for every digital signature, the last one locking all.

    Rule: R-SIGN-8, design 18.6. From then on number, day, signers and order stay; nothing is rendered again.
    Why: the PDF is made before the transaction, which takes seconds; inside it the content is compared once more.
    Raises: NotAllowed; Conflict when it is prepared already or the content changed meanwhile; RuleBroken naming the
    field or listing what is missing; RenderFailed.
    """
    require(can_prepare_file(actor, program))
    _must_be_open(program)
    refuse_if(missing_before_preparing(program))
    if wrong := wrong_day(program, dated_on):
        raise RuleBroken(wrong, "dated_on")
    paper = _paper(program, dated_on)
    drawn = store.drawn(Order(paper_html(paper), enclosures_of(paper)))
    must_pass(paper, drawn.content)
    with transaction.atomic():
        program = locked(program, actor=actor)
        require(can_prepare_file(actor, program))
        version = _must_be_open(program)
        refuse_if(missing_before_preparing(program))
        if _paper(program, dated_on).digest() != paper.digest():
            raise Conflict(_("The paper changed while it was being made. Read the new content, then prepare it again."))
        return _kept(program, version, paper, drawn, dated_on, actor)


@transaction.atomic
def withdraw_file(program: Program, *, actor: Membership, reason: str) -> SigningRound:
    """Take back a file nobody has signed, so that signers, order or number can be changed and another be prepared.

    Why not later: what one party has signed is void only by a return, and then for all.
    Raises: NotAllowed; Conflict once somebody has signed; RuleBroken without a reason.
    """
    program = locked(program, actor=actor)
    require(can_prepare_file(actor, program))
    round = live_round(program)
    must_be_in(program, (ProgramState.SIGNING,))
    if round is None:
        raise Conflict(_("There is no file to take back any more."))
    if any(not slot.is_awaited for slot in round.version.slots.all()) or round.states.count() > 1:
        raise Conflict(_("Somebody has signed already: the version can only be returned, and all sign the next one."))
    if not reason.strip():
        raise RuleBroken(_("Give the reason"), "reason")
    round.withdrawn_at, round.withdrawn_by, round.withdraw_reason = clock.now(), actor, reason.strip()
    round.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    before = {"dated_on": round.dated_on}
    date_paper(round.version, dated_on=None)
    told = {"signing_file": round.version.label, "dated_on": None, "reason": reason.strip()}
    record(AuditAction.CHANGED, actor=actor, about=program, before=before, after=told)
    return round


def _must_be_open(program: Program) -> ProgramVersion:
    must_be_in(program, (ProgramState.SIGNING,))
    version = live_version(program)
    if version.is_prepared:
        raise Conflict(_("The file to sign is prepared already."))
    if any(not slot.is_awaited for slot in version.slots.all()):
        raise Conflict(_("Somebody has signed this version on paper already; it can no longer be signed digitally."))
    return version


def _paper(program: Program, dated_on: date) -> ProgramPaper:
    """The paper as it will be issued, without a word on who has signed: the signatures themselves say so."""
    program = Program.objects.get(pk=program.pk)
    build = amendment_paper if program.amends_id else program_paper
    paper = build(program, day=clock.today(), dated_on=dated_on)
    return replace(paper, signatures=tuple(replace(block, note="") for block in paper.signatures))


def _kept(
    program: Program, version: ProgramVersion, paper: ProgramPaper, drawn: Drawn, dated_on: date, actor: Membership
) -> SigningRound:
    round = SigningRound.objects.create(
        version=version,
        document_number=program.document_number,
        document_symbol=program.document_symbol,
        dated_on=dated_on,
        content_digest=paper.digest(),
        title=paper.title[:400],
        prepared_at=clock.now(),
        prepared_by=actor,
    )
    fields = _fields(round, program, drawn)
    content = with_fields(drawn.content, [Place(field.name, _called(field), field.box) for field in fields])
    SigningField.objects.bulk_create(fields)
    file = keep_bytes(name_of_paper(paper.title, FileKind.PDF), FileKind.PDF, content)
    SignedState.objects.create(round=round, ordinal=0, file=file, taken_at=clock.now(), taken_by=actor)
    date_paper(version, dated_on=dated_on)
    told = {"signing_file": version.label, "dated_on": dated_on, "paper_number": program.paper_number}
    record(AuditAction.CHANGED, actor=actor, about=program, after=told | {"sha256": file.sha256})
    return round


def _fields(round: SigningRound, program: Program, drawn: Drawn) -> list[SigningField]:
    """The fields in the order they are signed: by rank, then by turn; of a party the person first, then the seal."""
    slots = [slot for slot in signing_stand(program).slots if slot.signs_digitally]
    fields: list[SigningField] = []
    for slot in sorted(slots, key=lambda slot: (slot.rank, slot.position)):
        person, seal = rooms_in(drawn.boxes[f"sigbox-{slot.position}"], is_sealed=slot.is_sealed)
        fields.append(_field(round, slot, FieldPurpose.PERSON, person, len(fields) + 1))
        if seal is not None:
            fields.append(_field(round, slot, FieldPurpose.SEAL, seal, len(fields) + 1))
    return fields


def _field(round: SigningRound, slot: SignatureSlot, purpose: FieldPurpose, box, turn: int) -> SigningField:
    name = f"{PREFIX[purpose]}-{slot.position}"
    left, bottom, right, top = box.corners
    return SigningField(
        round=round, slot=slot, purpose=purpose, name=name, turn=turn,
        page=box.page, left=left, bottom=bottom, right=right, top=top,
    )  # fmt: skip


def _called(field: SigningField) -> str:
    """What the field is called for whoever hears the file read."""
    words = "Dấu của {agency}" if field.is_seal else "Chữ ký của {agency}: {title}"
    return words.format(agency=field.slot.agency_name, title=field.slot.title)
