"""The triage of conclusions: each one's owner, deadline and program on one page, made into tasks in one act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import Triage
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.queries.triage import programs_to_give_in, to_triage
from coordination.conferences.views.doors import find, show
from coordination.tasks.forms.from_words import WorkOffer
from coordination.tasks.http import answer_given, new_token, once
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def conference_triage(request: HttpRequest, conference: str) -> HttpResponse:
    """Every conclusion that waits, with what is proposed for its task; sent twice the tasks are made once."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    if request.method == "POST" and (made := answer_given(request)):
        return _done(request, found, int(made))
    work = WorkOffer(programs_to_give_in(request.actor, found))
    triage = Triage(to_triage(request.actor, found), posted(request), actor=request.actor, work=work)
    if request.method != "POST" or "more" in request.POST:
        return _page(request, found, triage, work)
    if triage.is_valid():
        try:
            return _done(request, found, int(once(request, lambda: _make(request, found, triage))))
        except RuleBroken as refusal:
            triage.add_refusal(refusal)
    return _page(request, found, triage, work, status=422)


def _make(request: HttpRequest, conference: Conference, triage: Triage) -> str:
    return str(len(services.turn_into_tasks(conference, actor=request.actor, asked=triage.asked())))


def _done(request: HttpRequest, conference: Conference, number: int) -> HttpResponse:
    words = ngettext("%(n)s task has been created.", "%(n)s tasks have been created.", number) % {"n": number}
    messages.success(request, words)
    return redirect("coordination:conference-conclusions", conference.slug)


def _page(
    request: HttpRequest, conference: Conference, triage: Triage, work: WorkOffer, *, status: int = 200
) -> HttpResponse:
    page = {"triage": triage, "has_program": bool(work.programs), "token": new_token(), "failed": status != 200}
    answer = show(request, "conference_triage.html", conference, tab="conclusions", **page)
    answer.status_code = status
    return answer
