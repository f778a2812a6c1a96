"""What the pages of a conference share: finding it, showing a page, taking a form to a service."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agencies.access.decisions import require, unseen
from coordination.conferences.models import Conference
from coordination.conferences.queries import conference_frame
from records.errors import RuleBroken
from records.forms import PortalForm


def find(request: HttpRequest, address: str) -> Conference:
    """The conference at an address, when the actor may see it; of two on one half-day that of the actor's own unit."""
    rows = Conference.objects.visible_to(request.actor).at_address(address)
    wanted = rows.select_related("organiser", "unit", "concluded_by", "highest_guest").prefetch_related("chairs")
    own = request.actor.unit_ids()
    found = min(wanted, key=lambda one: (one.unit_id not in own, one.pk), default=None)
    if found is None:
        raise Http404
    return found.addressed_for(request.actor)


def missing_part(request: HttpRequest):
    """Raises: Http404 for a part there is not; NotAllowed for what was sent to it, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404


def accepted(request: HttpRequest, form: PortalForm, act: Callable[[], object]) -> bool:
    """Whether a form was sent, valid and accepted by its service; what was refused stands at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    return True


def show(request: HttpRequest, template: str, conference: Conference, *, form: PortalForm | None = None, **more):
    """A page of a conference in its frame; with a form that failed it answers 422."""
    failed = form is not None and bool(form.errors)
    context = {
        "frame": conference_frame(request.actor, conference),
        "conference": conference,
        "form": form,
        "form_failed": failed,
        **more,
    }
    answer: HttpResponse = render(
        request, f"coordination/conferences/{template}", context, status=422 if failed else 200
    )
    return answer
