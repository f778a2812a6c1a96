"""Preparing and moving a conference: planned, its agenda filled, opened and closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import AgendaItemForm, CloseForm, ConferenceForm
from coordination.conferences.forms.planning import stored
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_plan_conference, can_run_conference
from coordination.conferences.views.doors import accepted, find, show
from coordination.programs.http import year_of
from coordination.programs.views.conflicts import differences
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def conference_create(request: HttpRequest) -> HttpResponse:
    """Plan a conference."""
    unit = request.actor.agency.unit
    require(can_plan_conference(request.actor, unit, request.actor.agency))
    year = year_of(request)
    form = ConferenceForm(
        posted(request),
        actor=request.actor,
        initial={"review_year": year - 1, "plan_year": year, "half_day": "morning"},
    )
    if accepted(request, form, lambda: services.plan_conference(unit, actor=request.actor, **form.planned())):
        planned = Conference.objects.visible_to(request.actor).get(
            held_on=form.cleaned_data["held_on"], half_day=form.cleaned_data["half_day"]
        )
        messages.success(request, _("The conference has been saved."))
        return redirect("coordination:conference-detail", planned.slug)
    page = {"form": form, "form_failed": bool(form.errors)}
    status = 422 if form.errors else 200
    return render(request, "coordination/conferences/conference_create.html", page, status=status)


@require_http_methods(_METHODS)
@member_required
def conference_edit(request: HttpRequest, conference: str) -> HttpResponse:
    """Change what was planned, until the conference has been held."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    form = ConferenceForm(posted(request), actor=request.actor, conference=found, initial=stored(found, request.actor))

    def save() -> None:
        nonlocal found
        revision = form.cleaned_data["revision"] or 0
        found = services.edit_conference(found, actor=request.actor, revision=revision, **form.planned())

    try:
        if accepted(request, form, save):
            messages.success(request, _("The conference has been saved."))
            return redirect("coordination:conference-detail", found.slug)
    except Conflict as conflict:
        return _overtaken(request, found, form, conflict)
    return show(request, "conference_edit.html", found, form=form, tab="agenda")


def _overtaken(request: HttpRequest, conference: Conference, form: ConferenceForm, conflict: Conflict) -> HttpResponse:
    """Both versions side by side, and the form as typed to save over the other one."""
    fresh = find(request, conference.slug)
    again = request.POST.copy()
    again["revision"] = str(fresh.revision)
    page = {
        "reason": str(conflict),
        "differences": differences(form.in_words(), form.words_of(stored(fresh, request.actor))),
        "form": ConferenceForm(again, actor=request.actor, conference=fresh),
    }
    answer = show(request, "conference_conflict.html", fresh, tab="agenda", **page)
    answer.status_code = 409
    return answer


@require_http_methods(_METHODS)
@member_required
def conference_agenda(request: HttpRequest, conference: str) -> HttpResponse:
    """Put one more item on the agenda."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    form = AgendaItemForm(posted(request), actor=request.actor, conference=found)
    if accepted(request, form, lambda: services.add_agenda_item(found, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The agenda item has been saved."))
        return redirect("coordination:conference-detail", found.slug)
    return show(request, "conference_agenda.html", found, form=form, tab="agenda")


@require_http_methods(_METHODS)
@member_required
def conference_open(request: HttpRequest, conference: str) -> HttpResponse:
    """Ask once more, then declare the conference in session."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    if request.method != "POST":
        return show(request, "conference_open.html", found, tab="agenda")
    try:
        services.open_conference(found, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The conference is in session."))
    return redirect("coordination:conference-detail", found.slug)


@require_http_methods(_METHODS)
@member_required
def conference_close(request: HttpRequest, conference: str) -> HttpResponse:
    """Ask when it ended, then declare the conference held."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    form = CloseForm(posted(request))
    if accepted(request, form, lambda: services.close_conference(found, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The conference has been closed."))
        return redirect("coordination:conference-detail", found.slug)
    return show(request, "conference_close.html", found, form=form, tab="agenda")
