"""The minutes of a conference, item by item as they are typed in session, and who spoke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import MinutesForm, SpeechChangeForm, SpeechForm
from coordination.conferences.forms.agenda import minuted
from coordination.conferences.forms.speeches import spoken
from coordination.conferences.models import Conference, Speech
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.queries.agenda import agenda_rows, live_state
from coordination.conferences.views.agenda import item_at
from coordination.conferences.views.doors import accepted, find, show
from coordination.conferences.views.overtaken import overtaken, typed_again
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@member_required
def conference_minutes(request: HttpRequest, conference: str) -> HttpResponse:
    """The minutes, item by item, who has the floor, who waits for it and who spoke."""
    found = find(request, conference)
    now = clock.now()
    rows = agenda_rows(request.actor, found, now)
    speeches = list(found.speeches.order_by("position"))
    said = {row.item.pk: [one for one in speeches if one.agenda_item_id == row.item.pk] for row in rows}
    return show(
        request,
        "conference_minutes.html",
        found,
        agenda=[(row, [one for one in said[row.item.pk] if one.is_spoken]) for row in rows],
        other_speeches=[one for one in speeches if one.agenda_item_id is None and one.is_spoken],
        live=live_state(found, rows, now),
        tab="minutes",
    )


@require_http_methods(_METHODS)
@member_required
def conference_item(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Move an agenda item on and write its minutes; "save and go on typing" comes back here."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    item = item_at(found, number)
    form = MinutesForm(posted(request), item=item)
    here = reverse("coordination:conference-item", args=[found.slug, number])
    try:
        if accepted(request, form, lambda: services.advance_agenda(item, actor=request.actor, **form.cleaned_data)):
            messages.success(request, _("The minutes have been saved."))
            return redirect(here if "stay" in request.POST else _minutes_of(found, number))
    except Conflict as conflict:
        fresh = item_at(found, number)
        return overtaken(
            request,
            found,
            conflict=conflict,
            mine=form,
            stored=minuted(fresh),
            again=MinutesForm(typed_again(request, fresh.revision), item=fresh),
            url=here,
            back=here,
            tab="minutes",
        )
    return show(request, "conference_item.html", found, form=form, item=item, tab="minutes")


@require_http_methods(_METHODS)
@member_required
def conference_speech(request: HttpRequest, conference: str) -> HttpResponse:
    """Record that someone took the floor, or put someone on the order of speaking."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    form = SpeechForm(posted(request), actor=request.actor, conference=found, initial=_beginning(request, found))
    if accepted(request, form, lambda: services.record_speech(found, actor=request.actor, **form.spoken())):
        messages.success(request, _("The speech has been saved."))
        return redirect("coordination:conference-minutes", found.slug)
    return show(request, "conference_speech.html", found, form=form, tab="minutes")


@require_http_methods(_METHODS)
@member_required
def conference_speech_edit(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Correct who spoke and write down what was said."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    speech = _speech_at(found, number)
    form = SpeechChangeForm(posted(request), actor=request.actor, conference=found, initial=spoken(speech))
    try:
        if accepted(request, form, lambda: services.edit_speech(speech, actor=request.actor, **form.spoken())):
            messages.success(request, _("The speech has been saved."))
            return redirect("coordination:conference-minutes", found.slug)
    except Conflict as conflict:
        fresh = _speech_at(found, number)
        return overtaken(
            request,
            found,
            conflict=conflict,
            mine=form,
            stored=spoken(fresh),
            again=SpeechChangeForm(typed_again(request, fresh.revision), actor=request.actor, conference=found),
            url=reverse("coordination:conference-speech-edit", args=[found.slug, number]),
            back=reverse("coordination:conference-minutes", args=[found.slug]),
            tab="minutes",
        )
    return show(request, "conference_speech_edit.html", found, form=form, speech=speech, tab="minutes")


@require_POST
@member_required
def conference_floor(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """One button beside a speaker: has the floor, has spoken, earlier, later, does not speak."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    speech, act = _speech_at(found, number), request.POST.get("act", "")
    if act not in _FLOOR:
        messages.error(request, _("Choose one of the listed values"))
        return redirect("coordination:conference-minutes", found.slug)
    try:
        _FLOOR[act](speech, request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    page = redirect("coordination:conference-minutes", found.slug)
    page["Location"] += "#phat-bieu"
    return page


_FLOOR = {
    "give": lambda speech, actor: services.give_floor(speech, actor=actor),
    "end": lambda speech, actor: services.take_floor_back(speech, actor=actor),
    "up": lambda speech, actor: services.move_speech(speech, actor=actor, up=True),
    "down": lambda speech, actor: services.move_speech(speech, actor=actor, up=False),
    "strike": lambda speech, actor: services.strike_speech(speech, actor=actor),
}


def _speech_at(conference: Conference, number: int) -> Speech:
    found = get_object_or_404(conference.speeches.select_related("person", "agenda_item"), number=number)
    found.conference = conference
    return found


def _beginning(request: HttpRequest, conference: Conference) -> dict:
    """The item under way, or the one the address names, is where someone speaks."""
    asked = request.GET.get("item", "")
    rows = conference.agenda.all()
    if asked.isascii() and asked.isdigit() and len(asked) < 6:
        return {"agenda_item": rows.filter(number=int(asked)).first()}
    return {"agenda_item": next((one for one in rows if one.status.is_now), None), "kind": "contribution"}


def _minutes_of(conference: Conference, number: int) -> str:
    return reverse("coordination:conference-minutes", args=[conference.slug]) + f"#muc-{number}"
