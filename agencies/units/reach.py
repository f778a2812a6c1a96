"""How far an administrator's hand reaches: one place that says it for units, agencies, offices and accounts alike."""

from django.db.models import Q, QuerySet

from agencies.access.enums import Role
from agencies.access.scopes import Viewer
from agencies.units.enums import RANK_OF_LEVEL
from agencies.units.models import AdminUnit, UnitParent
from records import clock


def units_kept_by(actor: Viewer | None) -> QuerySet[AdminUnit]:
    """A system administrator keeps every unit, a unit administrator their own and the units below it today.

    Rule: R-KEEP-1. Everyone else keeps none. A commune below a district below a province is below the province
    and below the country.
    """
    if actor is None:
        return AdminUnit.objects.none()
    if actor.role == Role.SYSTEM_ADMIN:
        return AdminUnit.objects.all()
    if actor.role != Role.UNIT_ADMIN:
        return AdminUnit.objects.none()
    places = UnitParent.objects.on(clock.today())
    kept, above = Q(pk=actor.unit_id), Q(parent_id=actor.unit_id)
    for _level_below in range(len(RANK_OF_LEVEL) - 1):
        below = places.filter(above).values("unit_id")
        kept, above = kept | Q(pk__in=below), Q(parent_id__in=below)
    return AdminUnit.objects.filter(kept)
