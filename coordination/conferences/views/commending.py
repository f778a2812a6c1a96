"""Commendations: proposed, changed, withdrawn, and what was decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import CommendForm, GrantForm, ReasonForm, stored_commendation
from coordination.conferences.models import Commendation, Conference
from coordination.conferences.permissions import (
    can_change_commendation,
    can_decide_commendation,
    can_propose_commendation,
)
from coordination.conferences.views.doors import accepted, find, missing_part, show
from coordination.conferences.views.overtaken import overtaken, typed_again
from records.errors import Conflict
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
_LARGEST = 1 << 62


@require_http_methods(_METHODS)
@member_required
def conference_commend(request: HttpRequest, conference: str) -> HttpResponse:
    """Propose a collective, or whoever holds an office."""
    found = find(request, conference)
    require(can_propose_commendation(request.actor, found, request.actor.agency))
    given = {"actor": request.actor, "conference": found}
    initial = {"commended": "collective", "proposed_by": request.actor.agency_id, "revision": 0}
    form = CommendForm(posted(request), initial=initial, **given)
    if accepted(request, form, lambda: _propose(found, form, request)):
        messages.success(request, _("The commendation has been proposed."))
        return _to_rows(found)
    return show(request, "conference_commend.html", found, form=form, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_commendation(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Change a proposal nobody has decided about."""
    found = find(request, conference)
    row = _row_at(request, found, pk)
    require(can_change_commendation(request.actor, row))
    if not row.is_open:
        return _no_longer_open(request, row)
    given = {"actor": request.actor, "conference": found}
    form = CommendForm(posted(request), initial=stored_commendation(row), **given)
    form.fields.pop("proposed_by")
    try:
        if accepted(request, form, lambda: _change(row, form, request)):
            messages.success(request, _("The proposal has been saved."))
            return _to_rows(found)
    except Conflict as conflict:
        row = _row_at(request, found, pk)
        again = CommendForm(typed_again(request, row.revision), **given)
        again.fields.pop("proposed_by")
        return overtaken(
            request,
            found,
            conflict=conflict,
            mine=form,
            stored=stored_commendation(row),
            again=again,
            url=request.path,
            back=_to_rows(found)["Location"],
            tab="records",
        )
    return show(request, "conference_commend.html", found, form=form, row=row, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_commendation_withdraw(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Withdraw a proposal with the reason."""
    found = find(request, conference)
    row = _row_at(request, found, pk)
    require(can_change_commendation(request.actor, row))
    return _answer(request, found, row, services.withdraw_commendation, "conference_commendation_withdraw.html")


@require_http_methods(_METHODS)
@member_required
def conference_commendation_refuse(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Record that a commendation was not granted, and why."""
    found = find(request, conference)
    row = _row_at(request, found, pk)
    require(can_decide_commendation(request.actor, row))
    return _answer(request, found, row, services.refuse_commendation, "conference_commendation_refuse.html")


@require_http_methods(_METHODS)
@member_required
def conference_commendation_grant(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Record the decision by which a commendation was granted."""
    found = find(request, conference)
    row = _row_at(request, found, pk)
    require(can_decide_commendation(request.actor, row))
    if not row.is_open:
        return _no_longer_open(request, row)
    form = GrantForm(posted(request), initial={"granted_by": row.granted_by})
    if accepted(request, form, lambda: services.grant_commendation(row, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The commendation is recorded as granted."))
        return _to_rows(found)
    return show(request, "conference_commendation_grant.html", found, form=form, row=row, tab="records")


def _answer(request: HttpRequest, conference: Conference, row: Commendation, act, template: str) -> HttpResponse:
    if not row.is_open:
        return _no_longer_open(request, row)
    form = ReasonForm(posted(request))
    if accepted(request, form, lambda: act(row, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The reason has been recorded."))
        return _to_rows(conference)
    return show(request, template, conference, form=form, row=row, tab="records")


def _no_longer_open(request: HttpRequest, row: Commendation) -> HttpResponse:
    """A page of a proposal that was decided leads back to it; what is sent to it is told that somebody was faster."""
    told = _("The proposal is no longer open: %(state)s.") % {"state": row.status.label}
    if request.method == "POST":
        raise Conflict(told)
    messages.error(request, told)
    return _to_rows(row.conference)


def _propose(conference: Conference, form: CommendForm, request: HttpRequest) -> Commendation:
    return services.propose_commendation(
        conference, actor=request.actor, proposed_by=form.cleaned_data["proposed_by"], proposal=form.proposal()
    )


def _change(row: Commendation, form: CommendForm, request: HttpRequest) -> Commendation:
    return services.change_commendation(
        row, actor=request.actor, proposal=form.proposal(), revision=form.cleaned_data["revision"]
    )


def _row_at(request: HttpRequest, conference: Conference, pk: int) -> Commendation:
    rows = Commendation.objects.visible_to(request.actor).filter(conference=conference).select_related("proposed_by")
    found = rows.filter(pk=pk).first() if pk < _LARGEST else None
    if found is None:
        missing_part(request)
    found.conference = conference
    return found


def _to_rows(conference: Conference) -> HttpResponse:
    page = redirect("coordination:conference-records", conference.slug)
    page["Location"] += "#khen-thuong"
    return page
