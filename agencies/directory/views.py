"""The directory: the list of agencies and one agency through time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from agencies.directory.models import Agency
from agencies.directory.queries import directory, seats_of, successions_of, unit_passings
from records import clock

LONGEST_SEARCH = 200


@require_safe
@member_required
def agency_list(request: HttpRequest) -> HttpResponse:
    """The agencies of the actor's unit and of the units below it, by block."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    today = clock.today()
    page = {
        "blocks": directory(request.actor, today, words),
        "asked": words,
        "unit_name": request.actor.agency.unit.name_on(today),
        "passings": unit_passings(request.actor.agency.unit),
    }
    return render(request, "agencies/agency_list.html", page)


@require_safe
@member_required
def agency_detail(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """One agency: its names over time, its posts, its programs and tasks, what became of it."""
    rows = Agency.objects.visible_to(request.actor).select_related("unit").prefetch_related("names", "unit__names")
    found = get_object_or_404(rows, unit__code__iexact=unit, code=agency)
    today = clock.today()
    page = {
        "agency": found,
        "naming": found.name_on(today),
        "names": sorted(found.names.all(), key=lambda name: name.valid_from, reverse=True),
        "unit_name": found.unit.name_on(today),
        "seats": seats_of(found, today),
        "successions": successions_of(found),
        "serves": [service.served for service in found.services.on(today).select_related("served__unit")],
        "passings": unit_passings(found.unit),
    }
    return render(request, "agencies/agency_detail.html", page)
