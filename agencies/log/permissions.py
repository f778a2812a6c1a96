"""Who reads the system log, and who may take it out of the portal. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import Role
from agencies.models import Membership
from records.errors import Decision


def can_view_log(actor: Membership) -> Decision:
    """Administrators read the log of the units they keep.

    Rule: R-LOG-1. Of programs, tasks, evaluations and conferences it shows them codes and names of values, no content.
    """
    if actor.role in (Role.SYSTEM_ADMIN, Role.UNIT_ADMIN):
        return YES
    return no(_("The system log is read by administrators. Ask the administrator of your unit."))


def can_export_log(actor: Membership) -> Decision:
    """Only a system administrator takes the log out of the portal as a file.

    Rule: R-LOG-2.
    Why a right of its own: what people did and when is sensitive personal data; on screen it stays in the portal.
    """
    if not (seen := can_view_log(actor)):
        return seen
    if actor.role != Role.SYSTEM_ADMIN:
        return no(_("Only a system administrator may take the log out as a file. Ask one for the entries you need."))
    return YES
