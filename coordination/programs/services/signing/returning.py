"""A party returns the version: it is void, and all sign the next one anew."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.programs.enums import SignatureState
from coordination.programs.models import SignatureSlot
from coordination.programs.permissions import can_return_version
from coordination.programs.services.doors import move
from coordination.programs.services.signing.places import locked_slot, must_be_awaiting, tell
from coordination.programs.workflow import Step
from records import clock
from records.errors import RuleBroken


@transaction.atomic
def return_version(slot: SignatureSlot, *, actor: Membership, reason: str) -> SignatureSlot:
    """Return the version with a reason: it is void, no signature on it counts, and all parties sign the next one anew.

    Rule: R-SIGN-3.
    Raises: NotAllowed; Conflict; RuleBroken without a reason.
    """
    slot = locked_slot(slot, actor)
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
    tell(slot, actor, {"signature": "awaiting"}, {"signature": "returned", "reason": reason})
    move(version.program, Step.RETURN_VERSION, actor=actor, reason=reason)
    return slot
