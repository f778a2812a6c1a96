"""A party's place to sign: held while something happens to it, still awaiting, on turn; what happened is told."""

from django.utils.translation import gettext as _

from agencies.models import Membership
from coordination.programs.enums import ProgramState, SignatureState
from coordination.programs.models import SignatureSlot
from coordination.programs.queries import whose_turn
from coordination.programs.services.doors import locked, must_be_in
from records import clock, wording
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict


def locked_slot(slot: SignatureSlot, actor: Membership) -> SignatureSlot:
    """The slot with its program's row locked: one signing act at a time on one program."""
    program = locked(slot.version.program, actor=actor)
    slot = SignatureSlot.objects.select_related("version", "party").get(pk=slot.pk)
    slot.version.program = program
    return slot


def must_be_awaiting(slot: SignatureSlot) -> None:
    """Raises: Conflict where the party has signed or returned, or the version is not being signed any more."""
    if slot.version.voided_at or slot.state != SignatureState.AWAITING:
        raise moved_on()
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


def moved_on() -> Conflict:
    """The answer to whoever acts on a page that has been overtaken."""
    return Conflict(_("The signing has moved on since you opened the page. Look at the present state first."))


def tell(slot: SignatureSlot, actor: Membership, before: dict, after: dict) -> None:
    """The program's history says what happened on one party's place of which version."""
    party = {"party": slot.agency_name, "version": slot.version.label}
    record(AuditAction.CHANGED, actor=actor, about=slot.version.program, before=before, after=party | after)
