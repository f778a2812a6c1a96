from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.http import year_of
from records import clock
from reports.dashboard.asked import asked_from
from reports.dashboard.cut import cut_by
from reports.dashboard.page import context
from reports.dashboard.permissions import can_view_dashboard
from reports.dashboard.queries import dashboard_of


@require_safe
@member_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the working year, judged today or on the day asked for."""
    require(can_view_dashboard(request.actor))
    year = year_of(request)
    asked = asked_from(request.GET, request.actor, year=year, today=clock.today())
    shown = dashboard_of(request.actor, year, asked.narrowing, as_of=asked.as_of)
    return render(
        request, "reports/dashboard/dashboard.html", context(shown, request.actor, asked, cut_by(request.GET))
    )
