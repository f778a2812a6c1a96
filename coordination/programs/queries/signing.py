"""Where the signing of a program stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from agencies.directory.lineage import present_name_of, with_present_names
from agencies.models import Membership
from coordination.programs.enums import SIGNED_STATES, ProgramState, SignatureState
from coordination.programs.models import Program, ProgramVersion, SignatureSlot

_SIGNING_OR_SIGNED = (ProgramState.SIGNING, *SIGNED_STATES)


@dataclass(frozen=True)
class SigningStand:
    """The version being signed or signed, its slots in signing order and how many are signed."""

    version: ProgramVersion
    slots: tuple[SignatureSlot, ...]

    @property
    def signed(self) -> int:
        return sum(slot.state == SignatureState.SIGNED for slot in self.slots)

    @property
    def total(self) -> int:
        return len(self.slots)

    @property
    def digest(self) -> str:
        """The version's digest in groups of four, to be read out and compared."""
        whole = self.version.digest
        return " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))

    @property
    def awaited(self) -> tuple[SignatureSlot, ...]:
        return tuple(slot for slot in self.slots if slot.state == SignatureState.AWAITING)

    @property
    def on_turn(self) -> tuple[SignatureSlot, ...]:
        """Who of those awaited may sign now."""
        return whose_turn(self.slots)

    @property
    def is_digital(self) -> bool:
        """Whether at least one party signs the file itself."""
        return any(slot.signs_digitally for slot in self.slots)

    @property
    def is_in_order(self) -> bool:
        """Whether there is an order to keep: several rounds of signing, or signatures that go into one file."""
        return self.is_digital or len({slot.rank for slot in self.slots}) > 1

    @property
    def is_open_to_plan(self) -> bool:
        """Whether order and ways of signing may still be set: nobody has signed and no file is prepared."""
        return not self.version.is_prepared and len(self.awaited) == self.total


def whose_turn(slots: Iterable[SignatureSlot]) -> tuple[SignatureSlot, ...]:
    """The places to sign that are open now, in signing order.

    Rule: R-SIGN-5. Nobody signs while someone of a lower rank is awaited. On paper all of a rank sign side by side;
    digital signatures go into one file, so of them only the first that is awaited is open.
    """
    awaited = sorted((slot for slot in slots if slot.is_awaited), key=lambda slot: (slot.rank, slot.position))
    rank = [slot for slot in awaited if slot.rank == awaited[0].rank]
    next_digital = next((slot for slot in rank if slot.signs_digitally), None)
    return tuple(slot for slot in rank if slot == next_digital or not slot.signs_digitally)


def live_version(program: Program) -> ProgramVersion | None:
    """The version locked for signing that nobody returned."""
    return _live(program).first()


def signing_stand(program: Program) -> SigningStand | None:
    """Who has signed the live version and who is awaited; None while nothing is locked. Two queries.

    The frozen text is left aside: it is as long as the program, and where signing stands does not lie in it.
    """
    version = _live(program).defer("snapshot").first()
    return SigningStand(version, tuple(version.slots.all())) if version else None


def stand_today(program: Program, today: date) -> SigningStand | None:
    """The same, each slot with what its party is called today in `now_called`, where that is another name.

    The program's parties and its drafting agency say so too.

    Rule: R-SUCC-5. The name a party signs by is frozen with the version; only pages say the present one beside it.
    """
    stand = signing_stand(program) if program.state in _SIGNING_OR_SIGNED else None
    slots = stand.slots if stand else ()
    parties = [party.agency for party in program.parties.all()]
    with_present_names([program.drafting_agency, *parties, *(slot.party.agency for slot in slots)], today)
    for slot in slots:
        slot.now_called = present_name_of(slot.party.agency, slot.agency_name)
    return stand


def places_to_sign(actor: Membership, program: Program) -> QuerySet[SignatureSlot]:
    """Every place to sign a program of the versions the actor sees: the live one, and for parties those returned."""
    slots = SignatureSlot.objects.visible_to(actor).filter(version__program=program)
    return slots.select_related("version", "party__agency", "scan")


def _live(program: Program) -> QuerySet[ProgramVersion]:
    slots = SignatureSlot.objects.select_related("party__agency", "recorded_by__agency", "scan")
    live = program.versions.filter(for_signing=True, voided_at=None).select_related("locked_by__agency")
    return live.prefetch_related(Prefetch("slots", slots))
