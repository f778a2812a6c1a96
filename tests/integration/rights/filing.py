"""In the world: a file that parties sign, with addresses open for the signing tool of whoever signs first."""

from agencies.access.enums import Role
from coordination.programs.models import Program
from reports.signing.services import open_addresses
from tests.factories.signing import set_table, trusting
from tests.integration.rights.cast import Cast


def prepare_a_file(program: Program, cast: Cast) -> None:
    """The file is prepared, the lead signs on paper; the first of the others opens addresses."""
    digital = [party.signing_order for party in program.parties.all() if not party.is_lead]
    with trusting():
        first = set_table(program, digital=digital, secretary=cast.secretary).fields()[0]
        open_addresses(first, actor=cast.members[_relation(cast, first.slot.party.agency_id), Role.LEADER])


def _relation(cast: Cast, agency_id: int) -> str:
    return next(name for name, agency in cast.agencies.items() if agency.pk == agency_id)
