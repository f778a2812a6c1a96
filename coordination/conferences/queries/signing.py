"""The programs of a conference and what their signing still waits for."""

from dataclasses import dataclass

from agencies.models import Membership
from coordination.conferences.enums import ProgramPurpose
from coordination.conferences.models import Conference, ConferenceProgram
from coordination.programs.enums import SignatureState
from coordination.programs.models import Program, SignatureSlot


@dataclass(frozen=True)
class ProgramStand:
    """A program to sign: how many have signed the locked version and who is awaited; nothing locked yet is 0 of 0."""

    program: Program
    signed: int
    total: int
    awaited: tuple[str, ...]

    @property
    def is_locked(self) -> bool:
        return self.total > 0

    @property
    def is_complete(self) -> bool:
        return self.is_locked and self.signed == self.total


@dataclass(frozen=True)
class SigningTurn:
    """One party in the order of signing: who signs for it and whether that was done."""

    place: int
    agency: str
    title: str
    signer: str
    state: SignatureState | None


@dataclass(frozen=True)
class SigningOrder:
    """A program to sign with its parties in the order they sign; before a version is locked in protocol order."""

    program: Program
    turns: tuple[SigningTurn, ...]
    is_locked: bool


def programs_of(actor: Membership, conference: Conference) -> list[ConferenceProgram]:
    """The programs of a conference that the actor may see, reviewed ones first as they were put on it."""
    visible = Program.objects.visible_to(actor).values("pk")
    return list(conference.program_links.filter(program_id__in=visible).select_related("program"))


def stands_to_sign(links: list[ConferenceProgram]) -> list[ProgramStand]:
    """Where the signing of each program to be signed stands. One query."""
    to_sign = [link.program for link in links if link.purpose == ProgramPurpose.SIGN]
    slots: dict[int, list[SignatureSlot]] = {}
    live = SignatureSlot.objects.filter(
        version__program__in=to_sign, version__for_signing=True, version__voided_at=None
    )
    for slot in live.select_related("version", "party__agency").order_by("position"):
        slots.setdefault(slot.version.program_id, []).append(slot)
    return [_stand(program, slots.get(program.pk, [])) for program in to_sign]


def _stand(program: Program, slots: list[SignatureSlot]) -> ProgramStand:
    return ProgramStand(
        program=program,
        signed=sum(slot.state == SignatureState.SIGNED for slot in slots),
        total=len(slots),
        awaited=tuple(s.party.agency.current_short_name for s in slots if s.state == SignatureState.AWAITING),
    )


def signing_orders(links: list[ConferenceProgram]) -> list[SigningOrder]:
    """In which order the parties of each program to be signed sign. Three queries."""
    to_sign = [link.program for link in links if link.purpose == ProgramPurpose.SIGN]
    turns: dict[int, list[SigningTurn]] = {}
    live = SignatureSlot.objects.filter(
        version__program__in=to_sign, version__for_signing=True, version__voided_at=None
    )
    for slot in live.select_related("version").order_by("rank", "position"):
        row = turns.setdefault(slot.version.program_id, [])
        state = SignatureState(slot.state)
        row.append(SigningTurn(len(row) + 1, slot.agency_name, slot.title, slot.signer_name, state))
    return [_order(program, turns.get(program.pk)) for program in to_sign]


def _order(program: Program, turns: list[SigningTurn] | None) -> SigningOrder:
    if turns:
        return SigningOrder(program, tuple(turns), True)
    parties = program.parties.select_related("agency").prefetch_related("agency__names").order_by("signing_order")
    waiting = (SigningTurn(place, one.agency.current_name, "", "", None) for place, one in enumerate(parties, start=1))
    return SigningOrder(program, tuple(waiting), False)
