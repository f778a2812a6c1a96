"""What can be said of the parties' signatures: no more than what was checked."""

from collections.abc import Collection, Iterable, Iterator

from coordination.programs.enums import SignatureMethod, SignatureState
from coordination.programs.models import SignatureSlot
from reports.signing.enums import Outcome
from reports.signing.models import SignedState
from reports.verification.enums import Result


def results_of(slots: Iterable[SignatureSlot]) -> Iterator[tuple[SignatureSlot, Result]]:
    """Each signature with its result; one query whatever the number.

    Rule: R-VERIFY-6. A word in the register alone is no digital signature: a signed file of the party was accepted.
    """
    slots = list(slots)
    accepted = SignedState.objects.filter(field__slot__in=slots, round__withdrawn_at=None, outcome=Outcome.PASSED)
    checked = set(accepted.values_list("field__slot_id", flat=True))
    for slot in slots:
        yield slot, _result(slot, checked)


def _result(slot: SignatureSlot, checked: Collection[int]) -> Result:
    if slot.state != SignatureState.SIGNED:
        return Result.MISSING
    if slot.method == SignatureMethod.DIGITAL:
        return Result.DIGITAL if slot.pk in checked else Result.RECORDED
    if slot.attested_at is not None:
        return Result.ATTESTED
    return Result.SCANNED if slot.scan_id else Result.PAPER
