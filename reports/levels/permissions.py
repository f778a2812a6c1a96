"""Who may look at the units of a level side by side. Deny by default."""

from agencies.access.decisions import YES, unseen
from agencies.models import AdminUnit, Membership
from coordination.figures.permissions import can_count_below
from records.errors import Decision


def can_view_levels(actor: Membership) -> Decision:
    """Leaders and secretaries of the country, a province or a district see its units side by side.

    Rule: R-LEVEL-1.
    """
    return can_count_below(actor)


def can_view_level(actor: Membership, unit: AdminUnit) -> Decision:
    """They open the page of their own unit, of those below it and of those it took over; any other is as a missing one.

    Rule: R-LEVEL-3.
    """
    if not (told := can_view_levels(actor)):
        return told
    return YES if AdminUnit.objects.visible_to(actor).filter(pk=unit.pk).exists() else unseen()
