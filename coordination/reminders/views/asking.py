"""Reminding by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences.views.doors import find
from coordination.programs.models import Program
from coordination.reminders import services
from coordination.reminders.permissions import can_ask_to_answer, can_ask_to_sign
from records.errors import RuleBroken


@require_POST
@member_required
def ask_to_sign(request: HttpRequest, program: str) -> HttpResponse:
    """Remind the parties whose signature is awaited."""
    found = get_object_or_404(Program.objects.visible_to(request.actor), code=program.upper())
    require(can_ask_to_sign(request.actor, found))
    try:
        asked = services.ask_to_sign(found, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reminded: %(parties)s.") % {"parties": ", ".join(asked)})
    return redirect("coordination:program-signing", found.slug)


@require_POST
@member_required
def ask_to_answer(request: HttpRequest, conference: str) -> HttpResponse:
    """Remind the agencies that have not answered their invitation to a conference."""
    found = find(request, conference)
    require(can_ask_to_answer(request.actor, found))
    try:
        asked = services.ask_to_answer(found, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reminded: %(parties)s.") % {"parties": ", ".join(asked)})
    return redirect("coordination:conference-people", found.slug)
