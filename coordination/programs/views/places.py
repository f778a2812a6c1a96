"""The parties on the signing page: where each stands and what the reader may do there."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.programs.enums import SignatureMethod, SignatureState
from coordination.programs.forms import ReturnForm, SignatureForm
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.permissions import (
    can_attest_scan,
    can_name_signer,
    can_record_signature,
    can_return_version,
    signing_agency_id,
)
from coordination.programs.queries.signing import SigningStand
from records.errors import Decision


@dataclass(frozen=True)
class Place:
    """One party's place to sign with the forms the reader may use; the forms are None where they may not."""

    slot: SignatureSlot
    is_mine: bool
    may_sign: Decision
    may_return: Decision
    may_name: Decision
    may_attest: Decision
    is_open: bool
    sign: SignatureForm | None
    give_back: ReturnForm | None

    @property
    def is_turn(self) -> bool:
        """The reader's own agency is awaited now and the reader may act for it."""
        return self.is_mine and self.is_open and bool(self.may_sign)

    @property
    def is_to_be_compared(self) -> bool:
        """A scan of this paper signature waits for the reader to compare it with the version."""
        return self.slot.scan_id is not None and self.slot.is_to_be_attested and bool(self.may_attest)

    @property
    def is_awaited(self) -> bool:
        return self.slot.state == SignatureState.AWAITING

    @property
    def is_signed(self) -> bool:
        return self.slot.state == SignatureState.SIGNED

    @property
    def segment(self) -> str:
        if self.is_signed:
            return "ok"
        return "you" if self.is_mine and self.is_awaited else ""

    @property
    def mark(self) -> str:
        """The tone of the number before the party."""
        return "ok" if self.is_signed else "you" if self.is_turn else "wait"


def places_of(
    stand: SigningStand | None, program: Program, *, actor: Membership, today: date, failed: dict[int, dict]
) -> list[Place]:
    """The places of the live version in signing order."""
    if stand is None:
        return []
    on_turn = () if stand.version.is_expired_on(today) else stand.on_turn
    return [
        _place(slot, program, actor, today, failed.get(slot.pk, {}), is_open=slot in on_turn) for slot in stand.slots
    ]


def _place(
    slot: SignatureSlot, program: Program, actor: Membership, today: date, failed: dict, *, is_open: bool
) -> Place:
    slot.version.program = program
    awaited = slot.state == SignatureState.AWAITING
    may_sign = can_record_signature(actor, slot, SignatureMethod.PAPER)
    may_return = can_return_version(actor, slot)
    fresh = SignatureForm(initial={"signed_on": today}, prefix=f"sign-{slot.pk}")
    return Place(
        slot=slot,
        is_mine=actor.acts_for(slot.party.agency_id) or actor.acts_for(signing_agency_id(slot)),
        may_sign=may_sign,
        may_return=may_return,
        may_name=can_name_signer(actor, slot),
        may_attest=can_attest_scan(actor, program),
        is_open=is_open,
        sign=failed.get("sign", fresh) if is_open and may_sign and not slot.signs_digitally else None,
        give_back=failed.get("return", ReturnForm(prefix=f"return-{slot.pk}")) if awaited and may_return else None,
    )
