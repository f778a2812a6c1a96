"""What the pages of the register share: finding a series or a number, taking a form to its service, showing it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from coordination.register.models import NumberSeries, RegisterEntry
from records.errors import RuleBroken
from records.forms import PortalForm

LARGEST_KEY = 2**63 - 1


def series_or_404(request: HttpRequest, pk: int) -> NumberSeries:
    """The series at an address, when the actor may see it."""
    rows = NumberSeries.objects.visible_to(request.actor).select_related("agency")
    return get_object_or_404(rows if pk <= LARGEST_KEY else rows.none(), pk=pk)


def entry_or_404(request: HttpRequest, series: NumberSeries, number: int) -> RegisterEntry:
    """A number of a series, when the actor may see it."""
    rows = RegisterEntry.objects.visible_to(request.actor).filter(series=series)
    rows = rows if number <= LARGEST_KEY else rows.none()
    return get_object_or_404(rows.select_related("series__agency", "program"), number=number)


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


def form_page(request: HttpRequest, template: str, form: PortalForm, **more) -> HttpResponse:
    """A page with one form; one that failed answers 422."""
    status = 422 if form.errors else 200
    return render(request, f"coordination/register/{template}", {"form": form, **more}, status=status)
