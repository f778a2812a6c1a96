"""Who keeps the record of administrative units."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import Viewer
from agencies.units.models import AdminUnit
from agencies.units.reach import units_kept_by
from records.errors import Decision

KEEPERS = (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN)


def can_view_unit(actor: Viewer, unit: AdminUnit) -> Decision:
    """One's own unit, all that ever lay below it and what it became are known to whoever belongs to it.

    Rule: R-SEE-10, for one row what `AdminUnitQuerySet.visible_to` is for many.
    """
    return YES if AdminUnit.objects.visible_to(actor).filter(pk=unit.pk).exists() else unseen()


def can_open_units(actor: Viewer) -> Decision:
    """Administrators look through the record of units."""
    if actor.role in KEEPERS:
        return YES
    return no(_("Only administrators keep the record of units. Ask the administrator of your unit."))


def can_add_unit(actor: Viewer, parent: AdminUnit | None) -> Decision:
    """A system administrator adds any unit, a unit administrator one below a unit they keep.

    Rule: R-KEEP-1.
    """
    if actor.role == Role.SYSTEM_ADMIN:
        return YES
    if actor.role != Role.UNIT_ADMIN:
        return can_open_units(actor)
    if parent is not None and units_kept_by(actor).filter(pk=parent.pk).exists():
        return YES
    if parent is not None and not (seen := can_view_unit(actor, parent)):
        return seen
    return no(_("A unit administrator adds units below their own. Ask the system administrator for any other."))


def can_correct_unit(actor: Viewer, unit: AdminUnit) -> Decision:
    """A keeper of the unit corrects what was recorded of it.

    Rule: R-KEEP-1.
    """
    if actor.role not in KEEPERS:
        return can_open_units(actor)
    if units_kept_by(actor).filter(pk=unit.pk).exists():
        return YES
    if not (seen := can_view_unit(actor, unit)):
        return seen
    return no(_("Only the system administrator may change a unit that is not below yours."))
