"""The last signature ends the signing."""

from agencies.models import Membership
from coordination.programs.enums import SignatureState
from coordination.programs.models import SignatureSlot
from coordination.programs.services.doors import move
from coordination.programs.workflow import Step


def end_signing(slot: SignatureSlot, actor: Membership) -> None:
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
