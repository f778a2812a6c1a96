"""Who prepares, applies and undoes reorganisations."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.people.models import Membership
from agencies.reorganisation.models import Reorganisation
from agencies.units.models import AdminUnit
from agencies.units.permissions import can_view_unit
from agencies.units.reach import units_kept_by
from records.errors import Decision

KEEPERS = (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)


def can_open_reorganisations(actor: Membership) -> Decision:
    """Administrators look through the acts of reorganisation."""
    if actor.role in KEEPERS:
        return YES
    return no(_("Only administrators reorganise units and agencies. Ask the administrator of your unit."))


def can_prepare_reorganisation(actor: Membership, scope: AdminUnit) -> Decision:
    """A system administrator prepares acts for any unit, a unit administrator for their own and those below it.

    Rule: R-SUCC-1.
    """
    if not (allowed := can_open_reorganisations(actor)):
        return allowed
    if units_kept_by(actor).filter(pk=scope.pk).exists():
        return YES
    if not (seen := can_view_unit(actor, scope)):
        return seen
    return no(_("A unit administrator reorganises their own unit and those below it. Ask the system administrator."))


def can_keep_reorganisation(actor: Membership, act: Reorganisation) -> Decision:
    """Whoever keeps the unit concerned sees, changes, applies and undoes an act. Rule: R-SUCC-1."""
    if not (allowed := can_open_reorganisations(actor)):
        return allowed
    return YES if Reorganisation.objects.visible_to(actor).filter(pk=act.pk).exists() else unseen()


can_view_reorganisation = can_change_reorganisation = can_keep_reorganisation
can_apply_reorganisation = can_undo_reorganisation = can_keep_reorganisation
