"""Whose agreement is awaited: what the inbox asks of one member."""

from dataclasses import dataclass

from agencies.models import Membership
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from coordination.programs.permissions import SIGNING_ROLES, speaks_for
from coordination.programs.queries.agreement import PartyStanding, agreements_of


@dataclass(frozen=True)
class ToAgree:
    """A program whose revised text awaits the agreement of a party the member speaks for."""

    program: Program
    standing: PartyStanding

    @property
    def agency(self) -> str:
        return self.standing.name


def to_agree(actor: Membership, *, most: int = 10) -> list[ToAgree]:
    """Parties the member speaks for that have not agreed with a revised text as it stands, by program.

    Why a party that does not agree is not asked again until the text has changed: it has said what it has to say.
    Nine queries for any number.
    """
    if actor.role not in SIGNING_ROLES:
        return []
    programs = list(Program.objects.made_by(actor).filter(state=ProgramState.REVISING).order_by("code")[: most * 5])
    standings = agreements_of(programs)
    awaited = [
        ToAgree(program, standing)
        for program in programs
        for standing in standings[program.pk]
        if standing.is_awaited and speaks_for(actor, standing.party)
    ]
    return awaited[:most]
