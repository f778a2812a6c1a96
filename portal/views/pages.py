"""Pages that belong to no room: what does not fit on a phone's bar and help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from portal.guidance import guides_for


@require_safe
@member_required
def more(request: HttpRequest) -> HttpResponse:
    """Where else one can go, for phones."""
    return render(request, "portal/more.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to click, the reader's own role first."""
    role = request.actor.role if request.actor else None
    return render(request, "portal/help.html", {"guides": guides_for(role)})
