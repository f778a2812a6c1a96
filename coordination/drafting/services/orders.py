"""Orders that stand apart from the text: legal bases as printed, parties in the letterhead and in signing."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.drafting.services.structure import Move
from coordination.programs import services as programs
from coordination.programs.models import LegalBasis, Program, ProgramParty
from coordination.programs.permissions import can_edit_program
from coordination.programs.services.doors import locked, must_be_editable, must_be_revision
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken

LETTERHEAD, SIGNING = "letterhead_order", "signing_order"
_OUT_OF_THE_WAY = 1_000


@transaction.atomic
def add_legal_basis(program: Program, *, actor: Membership, revision: int, text: str) -> list[LegalBasis]:
    """Add a legal basis behind the others.

    Why no entry: `set_legal_bases` leaves it.
    Raises: NotAllowed; Conflict; RuleBroken at `text` for none or too long a one.
    """
    program = _opened(program, actor, revision)
    if not text.strip():
        raise RuleBroken(_("Enter the legal basis"), "text")
    texts = [*_texts(program), text]
    try:
        return programs.set_legal_bases(program, actor=actor, texts=texts, revision=revision)
    except RuleBroken as refusal:
        raise RuleBroken(str(refusal), "text") from refusal


@transaction.atomic
def move_legal_basis(basis: LegalBasis, *, actor: Membership, revision: int, move: str) -> list[LegalBasis]:
    """Move a legal basis one place up or down.

    Why no entry: `set_legal_bases` leaves it.
    Raises: NotAllowed; Conflict; RuleBroken when it is the first or the last.
    """
    program = _opened(basis.program, actor, revision)
    texts = _moved(_texts(program), _place_of(basis), move)
    return programs.set_legal_bases(program, actor=actor, texts=texts, revision=revision)


@transaction.atomic
def remove_legal_basis(basis: LegalBasis, *, actor: Membership, revision: int) -> list[LegalBasis]:
    """Take a legal basis out of the list.

    Why no entry: `set_legal_bases` leaves it.
    Raises: NotAllowed; Conflict.
    """
    program = _opened(basis.program, actor, revision)
    texts, place = _texts(program), _place_of(basis)
    kept = texts[:place] + texts[place + 1 :]
    return programs.set_legal_bases(program, actor=actor, texts=kept, revision=revision)


@transaction.atomic
def move_party(party: ProgramParty, *, actor: Membership, revision: int, order: str, move: str) -> list[ProgramParty]:
    """Move a party one place up or down in the letterhead or in the order of signing; which one leads stays.

    Raises: NotAllowed; Conflict when the program changed or moved on meanwhile; RuleBroken at either end.
    """
    program = _opened(party.program, actor, revision)
    if order not in (LETTERHEAD, SIGNING):
        raise RuleBroken(_("Choose one of the listed values"))
    parties = list(program.parties.select_related("agency").order_by(order))
    if party not in parties:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    moved = _moved(parties, parties.index(party), move)
    program.parties.update(**{order: F(order) + _OUT_OF_THE_WAY})
    for place, one in enumerate(moved, start=1):
        setattr(one, order, place)
    ProgramParty.objects.bulk_update(moved, [order])
    program.revision += 1
    program.save(update_fields=["revision"])
    told = [[one.agency.current_short_name for one in listed] for listed in (parties, moved)]
    record(AuditAction.CHANGED, actor=actor, about=program, before={order: told[0]}, after={order: told[1]})
    return moved


def _opened(program: Program, actor: Membership, revision: int) -> Program:
    """The program locked for a change of its orders, as the actor saw it."""
    program = locked(program, actor=actor)
    require(can_edit_program(actor, program))
    must_be_editable(program)
    must_be_revision(program, revision)
    return program


def _texts(program: Program) -> list[str]:
    return [basis.text for basis in program.legal_bases.all()]


def _place_of(basis: LegalBasis) -> int:
    """Raises: Conflict when the list was written anew since the actor opened it."""
    places = list(basis.program.legal_bases.values_list("pk", flat=True))
    if basis.pk not in places:
        raise Conflict(_("Someone else has just changed this. Compare both texts, then save again."))
    return places.index(basis.pk)


def _moved(listed: list, place: int, move: str) -> list:
    step = {Move.UP: -1, Move.DOWN: 1}.get(move)
    if step is None:
        raise RuleBroken(_("Choose one of the listed values"))
    if not 0 <= place + step < len(listed):
        raise RuleBroken(_("It is at the end of the list already"))
    moved = list(listed)
    moved.insert(place + step, moved.pop(place))
    return moved
