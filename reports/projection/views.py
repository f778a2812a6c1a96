"""The wall of a conference: its slides, and the script that keeps them on the machine they were opened on."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.conferences.views.doors import find
from records import clock
from reports.projection.slides import projection_of

WORKER = Path("js") / "projection-worker.js"


@require_safe
@member_required
def projection(request: HttpRequest, conference: str) -> HttpResponse:
    """The slides; a page that is open asks for itself again and takes what has changed."""
    found = find(request, conference)
    page = {"projection": projection_of(request.actor, found), "conference": found, "now": clock.now()}
    return render(request, "reports/projection/projection.html", page)


@require_safe
@member_required
def projection_worker(request: HttpRequest, conference: str) -> HttpResponse:
    """The portal's own static script under the address of the slides.

    Why: a browser lets such a script act only for the addresses below its own; this one can touch no other page.
    """
    find(request, conference)
    script = (Path(settings.STATICFILES_DIRS[0]) / WORKER).read_text(encoding="utf-8")
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache, private"
    return answer
