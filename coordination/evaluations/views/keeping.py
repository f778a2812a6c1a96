"""What the secretary who keeps a round does: opens it, writes what it found, closes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.evaluations import services
from coordination.evaluations.forms import CloseForm, FindingForm, OpenForm
from coordination.evaluations.permissions import can_keep_round, can_keep_schemes
from coordination.evaluations.queries import missing_before_closing
from coordination.evaluations.views.doors import round_of
from coordination.programs.http import year_of
from records.errors import RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def evaluation_open(request: HttpRequest) -> HttpResponse:
    """Open the evaluation of a year."""
    unit = request.actor.agency.unit
    require(can_keep_schemes(request.actor, unit))
    form = OpenForm(posted(request), actor=request.actor, initial={"year": year_of(request)})
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_round(form.unit or unit, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The evaluation of %(year)s is open.") % {"year": opened.year})
            return redirect("coordination:evaluation-detail", opened.year)
    return _page(request, "evaluation_open.html", form)


@require_http_methods(_METHODS)
@member_required
def evaluation_finding(request: HttpRequest, year: int) -> HttpResponse:
    """Write down a finding."""
    round = round_of(request, year)
    require(can_keep_round(request.actor, round))
    form = FindingForm(posted(request), actor=request.actor, round=round)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_finding(round, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The finding has been saved."))
            return redirect("coordination:evaluation-detail", year)
    return _page(request, "evaluation_finding.html", form, round=round)


@require_http_methods(_METHODS)
@member_required
def evaluation_close(request: HttpRequest, year: int) -> HttpResponse:
    """Ask once more, then close the results."""
    round = round_of(request, year)
    require(can_keep_round(request.actor, round))
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_round(round, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The results of %(year)s are closed.") % {"year": year})
            return redirect("coordination:evaluation-detail", year)
    return _page(request, "evaluation_close.html", form, round=round, missing=missing_before_closing(round))


def _page(request: HttpRequest, template: str, form, **more) -> HttpResponse:
    page = {"form": form, "form_failed": bool(form.errors), **more}
    status = 422 if form.errors else 200
    return render(request, f"coordination/evaluations/{template}", page, status=status)
