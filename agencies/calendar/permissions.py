"""Who sets which days are worked."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import Role
from agencies.access.scopes import Viewer
from records.errors import Decision


def can_set_workdays(actor: Viewer | None) -> Decision:
    """System administrators set the days off and the days worked instead, for the whole portal."""
    if actor is None or actor.role != Role.SYSTEM_ADMIN:
        return no(_("Only a system administrator sets the working days. Ask the administrator of the portal."))
    return YES
