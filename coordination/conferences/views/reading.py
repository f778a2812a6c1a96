"""Reading conferences: the list, the agenda, the documents, the history."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.conferences.permissions import KEEPERS, can_view_report
from coordination.conferences.queries import (
    conclusion_rows,
    conference_lists,
    heard_rows,
    history_of,
    items_to_record,
    programs_of,
    stands_to_sign,
)
from coordination.conferences.queries.agenda import agenda_rows, live_state
from coordination.conferences.views.doors import find, show
from coordination.programs.http import year_of
from records import clock
from records.audit.http import place_in_log


@require_safe
@member_required
def conference_list(request: HttpRequest) -> HttpResponse:
    """Conferences to come and held, of the year in the address or of all years."""
    year = year_of(request) if "year" in request.GET else None
    page = {
        "lists": conference_lists(request.actor, clock.today(), year),
        "may_plan": request.actor.role in KEEPERS,
        "today": clock.today(),
    }
    return render(request, "coordination/conferences/conference_list.html", page)


@require_safe
@member_required
def conference_detail(request: HttpRequest, conference: str) -> HttpResponse:
    """The agenda, with the conclusions, the attendance and what must be done before signing."""
    found = find(request, conference)
    now = clock.now()
    rows = agenda_rows(request.actor, found, now)
    conclusions = conclusion_rows(request.actor, found)
    return show(
        request,
        "conference_detail.html",
        found,
        agenda=rows,
        live=live_state(found, rows, now),
        conclusions=conclusions,
        waits_for_tasks=any(row.standing.is_waiting for row in conclusions),
        stands=stands_to_sign(programs_of(request.actor, found)),
        tab="agenda",
    )


@require_safe
@member_required
def conference_history(request: HttpRequest, conference: str) -> HttpResponse:
    """What happened to the conference and what was kept about it, newest first."""
    found = find(request, conference)
    told = history_of(request.actor, found, **place_in_log(request))
    return show(request, "conference_history.html", found, history=told, tab="history")


@require_safe
@member_required
def conference_documents(request: HttpRequest, conference: str) -> HttpResponse:
    """Programs reviewed and signed, the reports that were heard, the papers of the conference."""
    found = find(request, conference)
    heard = heard_rows(request.actor, found)
    return show(
        request,
        "conference_documents.html",
        found,
        heard=heard,
        to_record=items_to_record(found, heard),
        may_read_report=can_view_report(request.actor, found),
        tab="documents",
    )
