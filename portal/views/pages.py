"""Pages that belong to no room: what does not fit on a phone's bar and help."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agencies.access.enums import Role
from agencies.access.http import member_required
from portal.guidance import guide_of


@require_safe
@member_required
def more(request: HttpRequest) -> HttpResponse:
    """Where else one can go, for phones."""
    return render(request, "portal/more.html")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """The guide of the reader's own role, or of the role asked for, in the language of the pages."""
    own = request.actor.role if request.actor else Role.OFFICIAL
    asked = request.GET.get("role", own)
    guide = guide_of(asked if asked in Role.values else own, get_language())
    steps = [step for step in guide.steps if settings.DEMO or not step.is_trial]
    page = {"guide": guide, "steps": steps, "roles": list(Role), "is_own": guide.role == own}
    return render(request, "portal/help.html", page)
