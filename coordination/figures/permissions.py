"""Who is told the figures of other units. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import Role
from agencies.models import Membership
from agencies.units.enums import UnitLevel
from records.errors import Decision

TOLD_ROLES = (Role.LEADER, Role.SECRETARY)


def can_count_below(actor: Membership) -> Decision:
    """Leaders and secretaries of the country, a province or a district are told what the units below came to.

    Rule: R-LEVEL-1.
    """
    if actor.role not in TOLD_ROLES:
        return no(_("The figures of several units are for the leaders and secretaries of the level above them."))
    if actor.agency.unit.level == UnitLevel.COMMUNE:
        return no(_("No unit lies below that of a commune’s leaders; what it has done stands on the dashboard."))
    return YES
