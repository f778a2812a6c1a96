"""How the server stands, for system administrators: what `manage.py doctor` says, from the same looks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.accounts.permissions import can_see_server
from portal.condition.enums import Standing
from portal.condition.finding import worst
from portal.condition.queries import findings
from records import clock


@never_cache
@require_safe
@member_required
def server_condition(request: HttpRequest) -> HttpResponse:
    """Every finding, what needs doing first."""
    require(can_see_server(request.actor))
    found = findings()
    page = {
        "standing": worst(found),
        "needing": sorted(
            (one for one in found if one.standing is not Standing.IN_ORDER), key=lambda one: -one.standing.value
        ),
        "well": [one for one in found if one.standing is Standing.IN_ORDER],
        "looked_at": clock.now(),
    }
    return render(request, "portal/server_condition.html", page)
