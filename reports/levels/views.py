"""The units of a level side by side, and one of them with what lies below it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.models import AdminUnit
from coordination.figures.queries import years_counted_for
from reports.levels.asked import asked_in
from reports.levels.page import context
from reports.levels.permissions import can_view_levels
from reports.levels.queries import level_of


@require_safe
@member_required
def levels(request: HttpRequest, unit: str = "") -> HttpResponse:
    """The reader's own unit, or one below it by its code, in a year and on a day."""
    require(can_view_levels(request.actor))
    seen = AdminUnit.objects.visible_to(request.actor)
    shown = get_object_or_404(seen, code=unit.upper()) if unit else request.actor.agency.unit
    years = years_counted_for(request.actor)
    asked = asked_in(request.GET, years)
    level = level_of(request.actor, shown, asked.year, as_of=asked.as_of)
    if level is None:
        raise Http404
    return render(request, "reports/levels/level.html", context(level, asked, years, request.GET.get("page", "1")))
