"""Who is evaluated in a round, and by whom."""

from dataclasses import dataclass

from agencies.models import Agency, Membership
from coordination.evaluations.models import EvaluationRound
from coordination.programs.models import ProgramParty


@dataclass(frozen=True)
class Parties:
    """The agencies of a round in protocol order, and for each the others it shares a program with."""

    agencies: list[Agency]
    by_program: dict[int, list[Agency]]
    peers: dict[int, frozenset[int]]

    @classmethod
    def of(cls, by_program: dict[int, list[Agency]]) -> "Parties":
        """From the members of each program."""
        everyone = {agency.pk: agency for members in by_program.values() for agency in members}
        agencies = sorted(everyone.values(), key=_protocol)
        in_order = {program_id: sorted(members, key=_protocol) for program_id, members in by_program.items()}
        return cls(agencies, in_order, {agency_id: _peers(agency_id, by_program) for agency_id in everyone})


def parties_of(round: EvaluationRound, *, seen_by: Membership | None = None) -> Parties:
    """The agencies of a round in protocol order, per program and with their peers.

    With `seen_by` only those of the programs this reader sees: a round may cover programs they are no party to.
    One query; none for all of them where the round was fetched with its programs and their parties.
    """
    if seen_by is None and "programs" in getattr(round, "_prefetched_objects_cache", {}):
        return Parties.of({one.pk: [party.agency for party in one.parties.all()] for one in round.programs.all()})
    rows = ProgramParty.objects.visible_to(seen_by) if seen_by else ProgramParty.objects.all()
    rows = rows.filter(program__evaluation_rounds=round).select_related("agency")
    by_program: dict[int, list[Agency]] = {}
    for row in rows:
        by_program.setdefault(row.program_id, []).append(row.agency)
    return Parties.of(by_program)


def _protocol(agency: Agency) -> tuple[int, str, int]:
    return agency.protocol_order, agency.name_sorted, agency.pk


def _peers(agency_id: int, by_program: dict[int, list[Agency]]) -> frozenset[int]:
    shared = [members for members in by_program.values() if any(member.pk == agency_id for member in members)]
    return frozenset(member.pk for members in shared for member in members if member.pk != agency_id)
