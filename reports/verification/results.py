"""What can be said of the parties' signatures: no more than what was checked."""

from collections.abc import Iterable, Iterator, Mapping

from coordination.programs.enums import SignatureMethod, SignatureState
from coordination.programs.models import SignatureSlot
from reports.signing.enums import Outcome
from reports.signing.models import SignedState
from reports.verification.enums import Result


def results_of(slots: Iterable[SignatureSlot]) -> Iterator[tuple[SignatureSlot, Result]]:
    """Each signature with its result; one query whatever the number.

    Rule: R-VERIFY-6. A word in the register alone is no digital signature: a signed file of the party was accepted; and
    where nobody could say whether a certificate was revoked, of the person or the seal, that is said.
    """
    slots = list(slots)
    accepted = SignedState.objects.filter(field__slot__in=slots, round__withdrawn_at=None, outcome=Outcome.PASSED)
    known: dict[int, bool] = {}
    for slot_id, is_known in accepted.values_list("field__slot_id", "revocation_known"):
        known[slot_id] = known.get(slot_id, True) and is_known
    for slot in slots:
        yield slot, _result(slot, known)


def _result(slot: SignatureSlot, known: Mapping[int, bool]) -> Result:
    if slot.state != SignatureState.SIGNED:
        return Result.MISSING
    if slot.method == SignatureMethod.DIGITAL:
        if slot.pk not in known:
            return Result.RECORDED
        return Result.DIGITAL if known[slot.pk] else Result.UNASKED
    if slot.attested_at is not None:
        return Result.ATTESTED
    return Result.SCANNED if slot.scan_id else Result.PAPER
