"""Who may look at figures. Deny by default."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no
from agencies.access.enums import CONTENT_ROLES, Role
from agencies.models import Membership
from coordination.evaluations.enums import RoundState
from coordination.evaluations.models import EvaluationRound
from records.errors import Decision


def can_view_dashboard(actor: Membership) -> Decision:
    """Whoever works on content sees the figures of the tasks they may see; administrators keep accounts only."""
    if actor.role not in CONTENT_ROLES:
        return no(_("Figures are for the people who work on the programs; administrators keep accounts and units."))
    return YES


def can_view_results(actor: Membership, round: EvaluationRound) -> Decision:
    """Leaders and secretaries see proposed grades while a round is open; the others once it is closed."""
    if round.state != RoundState.CLOSED and actor.role not in (Role.LEADER, Role.SECRETARY):
        return no(_("The results are shown when the evaluation is closed."))
    return YES
