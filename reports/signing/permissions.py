"""Who prepares a file to sign, takes it and brings it back signed, and who reads its states."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.models import Membership
from coordination.models import Program, SignatureSlot
from coordination.programs.permissions import can_take_step, can_view_program, signs_for
from records.errors import Decision
from reports.signing.models import SigningField, SigningRound


def can_prepare_file(actor: Membership, program: Program) -> Decision:
    """The drafting secretary prepares the file all parties sign, and withdraws one that nobody has signed."""
    return can_take_step(actor, program)


def can_sign_file(actor: Membership, slot: SignatureSlot) -> Decision:
    """The party's own leader or secretary takes the file for its signature and brings it back; nobody in its place."""
    if not (seen := can_view_program(actor, slot.version.program)):
        return seen
    if signs_for(actor, slot):
        return YES
    return no(_("Only a leader or secretary of %(agency)s brings its signature.") % {"agency": slot.agency_name})


def can_view_round(actor: Membership, round: SigningRound) -> Decision:
    """Whoever may read the program's paper sees how its file was signed.

    For one row what `SigningRoundQuerySet.visible_to` is for many.
    """
    return YES if SigningRound.objects.visible_to(actor).filter(pk=round.pk).exists() else unseen()


def can_view_field(actor: Membership, field: SigningField) -> Decision:
    """As the round it belongs to."""
    return can_view_round(actor, field.round)
