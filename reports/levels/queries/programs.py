"""The programs of one unit, as far as the reader may open them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agencies.models import Membership
from coordination.figures.queries import ProgramCounts, Tally, tally_seen
from coordination.programs.models import Program


@dataclass(frozen=True)
class ProgramLine:
    """A program the reader may open, and those of its tasks the reader may open too."""

    program: Program
    tally: Tally

    @property
    def parties(self) -> str:
        """The parties in the order of the letterhead."""
        parties = sorted(self.program.parties.all(), key=lambda party: party.letterhead_order)
        return ", ".join(party.agency.current_short_name for party in parties)


def program_lines(
    actor: Membership, counts: Iterable[ProgramCounts], year: int, *, as_of: date
) -> tuple[ProgramLine, ...]:
    """The counted programs of which the reader sees tasks, by code. Two queries, none where there is none.

    Rule: R-LEVEL-3.
    """
    seen = {one.pk: one for one in counts if one.is_seen}
    if not seen:
        return ()
    programs = Program.objects.visible_to(actor).filter(pk__in=seen).with_parties().order_by("code")
    return tuple(ProgramLine(program, tally_seen(seen[program.pk], year, as_of=as_of)) for program in programs)
