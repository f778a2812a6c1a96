"""In the world: a file that parties sign, one signature brought, an address open."""

from agencies.access.enums import Role
from coordination.programs.models import Program
from reports.signing.services import open_addresses
from tests.factories.signing import set_table, trusting
from tests.integration.rights.cast import Cast


def sign_a_file(program: Program, cast: Cast) -> None:
    """The first in turn signs; the next one opens addresses for its signing tool."""
    with trusting():
        table = set_table(program, secretary=cast.secretary)
        first, second, *_others = table.fields()
        table.take(first.name, table.signed(first.name))
        leader = next(one for (_name, role), one in cast.members.items() if _leads(one, role, second))
        open_addresses(second, actor=leader)


def _leads(member, role: Role, field) -> bool:
    return role == Role.LEADER and member.agency_id == field.slot.party.agency_id
