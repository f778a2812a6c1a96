"""Who keeps the groups of a unit."""

from django.utils.translation import gettext as _

from agencies.access.decisions import YES, no, unseen
from agencies.access.enums import Role
from agencies.access.scopes import Viewer
from agencies.groups.models import AgencyGroup
from agencies.units.models import AdminUnit
from agencies.units.permissions import can_view_unit
from agencies.units.reach import units_kept_by
from records.errors import Decision


def can_view_group(actor: Viewer, group: AgencyGroup) -> Decision:
    """A group is known to whoever's directory shows its unit.

    Rule: R-SEE-10, for one row what `AgencyGroupQuerySet.visible_to` is for many.
    """
    return YES if AgencyGroup.objects.visible_to(actor).filter(pk=group.pk).exists() else unseen()


def units_whose_groups_are_kept(actor: Viewer) -> set[int]:
    """The unit of a secretary, the units an administrator keeps. Rule: R-GROUP-1."""
    own = {actor.unit_id} if actor.role == Role.SECRETARY else set()
    return own | set(units_kept_by(actor).values_list("pk", flat=True))


def can_add_group(actor: Viewer, unit: AdminUnit) -> Decision:
    """Secretaries of the unit and its administrators put agencies together.

    Rule: R-GROUP-1.
    """
    if unit.pk in units_whose_groups_are_kept(actor):
        return YES
    if not (seen := can_view_unit(actor, unit)):
        return seen
    return no(
        _("Groups are kept by the secretaries of %(unit)s and by its administrators.")
        % {"unit": unit.current_name or unit.code}
    )


def can_change_group(actor: Viewer, group: AgencyGroup) -> Decision:
    """Whoever may add a group to the unit may say who belongs to it, and end it.

    Rule: R-GROUP-1.
    """
    return can_add_group(actor, group.unit) if (seen := can_view_group(actor, group)) else seen
