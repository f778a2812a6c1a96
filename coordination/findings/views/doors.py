"""What the pages of findings share: finding one, showing a page, taking a form to a service."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.evaluations.views.doors import missing, round_of
from coordination.findings.models import Finding
from coordination.findings.queries import found_at
from records.errors import RuleBroken
from records.forms import PortalForm

_LARGEST = 32767


def find(request: HttpRequest, key: str, position: int) -> Finding:
    """The finding at an address, when the actor may see it.

    Raises: Http404; NotAllowed for what was sent, so that the log tells of it.
    """
    round = round_of(request, key)
    finding = found_at(request.actor, round, position) if position <= _LARGEST else None
    if finding is None:
        return missing(request)
    finding.round = round
    return finding


def limitation_at(request: HttpRequest, key: str, position: int) -> Finding:
    """The limitation at an address; another finding has no such page."""
    finding = find(request, key, position)
    return finding if finding.is_limitation else missing(request)


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


def show(
    request: HttpRequest, template: str, *, form: PortalForm | None = None, status: int = 0, **page
) -> HttpResponse:
    """A page; with a form that failed it answers 422."""
    failed = form is not None and bool(form.errors)
    context = {"form": form, "form_failed": failed, **page}
    return render(request, f"coordination/findings/{template}", context, status=status or (422 if failed else 200))
