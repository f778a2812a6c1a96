"""Recording a conference: who came, the minutes, who spoke, the conclusions and their tasks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import AttendanceForm, ConclusionForm, MinutesForm, SpeechForm, TaskLinkForm
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.queries import conclusion_rows
from coordination.conferences.views.doors import accepted, find, show
from records import clock
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def conference_people(request: HttpRequest, conference: str) -> HttpResponse:
    """Who came, in protocol order; those who keep the record add and correct groups."""
    found = find(request, conference)
    may = can_keep_record(request.actor, found)
    if request.method == "POST":
        require(may)
    form = AttendanceForm(posted(request), actor=request.actor, conference=found) if may else None
    if form and accepted(
        request, form, lambda: services.record_attendance(found, actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The attendance of “%(group)s” has been saved.") % form.cleaned_data)
        return redirect("coordination:conference-people", found.slug)
    return show(request, "conference_people.html", found, form=form, tab="people")


@require_safe
@member_required
def conference_minutes(request: HttpRequest, conference: str) -> HttpResponse:
    """The minutes, item by item, and who spoke."""
    found = find(request, conference)
    return show(
        request,
        "conference_minutes.html",
        found,
        agenda=found.agenda.select_related("presenter_agency").prefetch_related("speeches"),
        other_speeches=found.speeches.filter(agenda_item=None),
        tab="minutes",
    )


@require_http_methods(_METHODS)
@member_required
def conference_item(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Move an agenda item on and write its minutes."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    item = get_object_or_404(found.agenda, position=position)
    form = MinutesForm(posted(request), item=item)
    if accepted(request, form, lambda: services.advance_agenda(item, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The minutes have been saved."))
        return redirect("coordination:conference-minutes", found.slug)
    return show(request, "conference_item.html", found, form=form, item=item, tab="minutes")


@require_http_methods(_METHODS)
@member_required
def conference_speech(request: HttpRequest, conference: str) -> HttpResponse:
    """Record that someone took the floor."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    form = SpeechForm(posted(request), conference=found)
    if accepted(request, form, lambda: services.record_speech(found, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The speech has been saved."))
        return redirect("coordination:conference-minutes", found.slug)
    return show(request, "conference_speech.html", found, form=form, tab="minutes")


@require_http_methods(_METHODS)
@member_required
def conference_conclusions(request: HttpRequest, conference: str) -> HttpResponse:
    """The conclusions and the tasks they became; those who keep the record add more."""
    found = find(request, conference)
    may = can_keep_record(request.actor, found)
    if request.method == "POST":
        require(may)
    form = ConclusionForm(posted(request), actor=request.actor, conference=found) if may else None
    if form and accepted(request, form, lambda: services.conclude(found, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The conclusion has been saved."))
        return redirect("coordination:conference-conclusions", found.slug)
    return show(
        request,
        "conference_conclusions.html",
        found,
        form=form,
        conclusions=conclusion_rows(request.actor, found),
        today=clock.today(),
        tab="conclusions",
    )


@require_http_methods(_METHODS)
@member_required
def conference_task(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Link a conclusion to a task that carries it out."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    conclusion = get_object_or_404(found.conclusions, position=position)
    form = TaskLinkForm(posted(request), actor=request.actor, conference=found)
    if accepted(request, form, lambda: services.link_task(conclusion, form.cleaned_data["task"], actor=request.actor)):
        messages.success(request, _("The task has been linked to the conclusion."))
        return redirect("coordination:conference-conclusions", found.slug)
    return show(request, "conference_task.html", found, form=form, conclusion=conclusion, tab="conclusions")
