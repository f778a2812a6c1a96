"""The list of acts, and one act: its preview while it is prepared, its result once it is applied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.models import Reorganisation
from agencies.reorganisation.permissions import can_open_reorganisations
from agencies.reorganisation.queries import ground_of
from coordination.reorganisation.forms import ApplyForm
from coordination.reorganisation.queries import acts_of, handed_over, preview_of, step_lines, steps_shown
from coordination.reorganisation.views.fetch import act_or_404
from coordination.tasks.http import new_token
from records import clock
from records.errors import Refusal


@require_safe
@member_required
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """The acts of the units the actor keeps."""
    require(can_open_reorganisations(request.actor))
    page = {"acts": acts_of(request.actor), "today": clock.today()}
    return render(request, "coordination/reorganisation/reorganisation_list.html", page)


@require_safe
@member_required
def reorganisation_detail(request: HttpRequest, act: int) -> HttpResponse:
    """What an act would do, or what it did."""
    found = act_or_404(request, act)
    return preview_page(request, found) if found.is_prepared else _result_page(request, found)


def preview_page(
    request: HttpRequest, act: Reorganisation, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """One screen: per step what ends and begins, which work passes to whom, what stays, what must be decided first."""
    ground = ground_of(act)
    preview = preview_of(act, ground)
    first = {"revision": act.revision, "digest": preview.digest, "form_token": new_token()}
    page = {
        "act": act,
        "preview": preview,
        "steps": steps_shown(preview, ground),
        "form": ApplyForm(initial=first),
        "refusal": refusal,
        "today": clock.today(),
    }
    return render(request, "coordination/reorganisation/reorganisation_preview.html", page, status=status)


def _result_page(request: HttpRequest, act: Reorganisation) -> HttpResponse:
    page = {
        "act": act,
        "steps": step_lines(act, ground_of(act)),
        "handovers": handed_over(act),
        "today": clock.today(),
    }
    return render(request, "coordination/reorganisation/reorganisation_result.html", page)
