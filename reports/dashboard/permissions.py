"""Who may look at figures. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import CONTENT_ROLES
from agencies.models import Membership
from records.errors import Decision


def can_view_dashboard(actor: Membership) -> Decision:
    """Whoever works on content sees the figures of the tasks they may see; administrators keep accounts only."""
    if actor.role not in CONTENT_ROLES:
        return no(_("Figures are for the people who work on the programs; administrators keep accounts and units."))
    return YES
