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
