"""Groups of agencies, made by the real services."""

from agencies.access.enums import Role
from agencies.groups import services as groups
from agencies.models import AdminUnit, Agency, AgencyGroup, Membership
from records import clock
from tests.factories.people import make_member


def make_group(
    unit: AdminUnit, agencies: list[Agency], *, name: str = "UBND các xã, thị trấn", actor: Membership | None = None
) -> AgencyGroup:
    """A group of a unit whose members belong to it from today on."""
    actor = actor or make_member(agencies[0], Role.UNIT_ADMIN)
    return groups.add_group(unit, actor=actor, name=name, agencies=agencies, since=clock.today())
