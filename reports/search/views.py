from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from records import clock, text
from reports.search.enums import Kind
from reports.search.queries import MOST, find, kinds_for, shorter

LONGEST_QUERY = 200


@require_safe
@member_required
def search(request: HttpRequest) -> HttpResponse:
    """What the actor may see, by code, by part of a number, by words with or without marks."""
    asked = " ".join(text.without_forbidden(request.GET.get("q", "")).split())[:LONGEST_QUERY]
    kinds = kinds_for(request.actor)
    named = request.GET.get("kind", "")
    only = Kind(named) if named in kinds else None
    found = find(request.actor, asked, today=clock.today(), only=only)
    page = {
        "found": found,
        "kinds": kinds,
        "most": MOST,
        "suggestions": shorter(request.actor, asked) if asked and not found.groups else [],
    }
    return render(request, "reports/search/search.html", page)
