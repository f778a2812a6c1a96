"""What goes on behind the pages, for system administrators: the schedule, the queue of everybody, the outbox."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.accounts.permissions import can_run_server, can_see_server
from portal.background import services
from portal.background.queries import background as background_now
from records.errors import Conflict, RuleBroken
from records.jobs.schedule.declared import named


@never_cache
@require_safe
@member_required
def background(request: HttpRequest) -> HttpResponse:
    """The schedule, the queue, what failed, and letters that did not go."""
    require(can_see_server(request.actor))
    return render(request, "portal/background.html", {"shown": background_now()})


@require_POST
@member_required
def background_run(request: HttpRequest, name: str) -> HttpResponse:
    """Have a scheduled job done at once."""
    require(can_run_server(request.actor))
    planned = named(name)
    if planned is None:
        raise Http404
    return _done(
        request,
        lambda: services.have_done_now(planned, actor=request.actor),
        _("“%(label)s” will begin within seconds.") % {"label": planned.label},
    )


@require_POST
@member_required
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a letter that was given up back into the outbox."""
    return _done(
        request,
        lambda: services.send_letter_again(pk, actor=request.actor),
        _("The letter is back in the outbox."),
    )


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it, and say so, or why not, on the page it was asked from."""
    try:
        act()
    except (Conflict, RuleBroken) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("background")
