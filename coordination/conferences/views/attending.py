"""What becomes of invitations: the agency answers, the door ticks."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.enums import Presence, Rank
from coordination.conferences.forms import AnswerForm, MarkForm, WalkInForm
from coordination.conferences.models import Conference
from coordination.conferences.permissions import can_answer_invitation, can_keep_record
from coordination.conferences.queries.people import roll_call
from coordination.conferences.views.doors import accepted, find, show
from coordination.conferences.views.people import invitation_at
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def conference_answer(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Answer an invitation: comes, sends a delegate, is excused."""
    found = find(request, conference)
    invitation = invitation_at(request, found, number)
    require(can_answer_invitation(request.actor, invitation))
    form = AnswerForm(posted(request), invitation=invitation)
    if accepted(request, form, lambda: services.answer_invitation(invitation, actor=request.actor, **form.answer())):
        messages.success(request, _("The answer has been sent to %(agency)s.") % {"agency": found.organiser})
        return redirect("coordination:conference-people", found.slug)
    page = {"invitation": invitation, "is_organiser": not request.actor.acts_for(invitation.agency_id)}
    return show(request, "conference_answer.html", found, form=form, tab="people", **page)


@require_http_methods(_METHODS)
@member_required
def conference_roll_call(request: HttpRequest, conference: str) -> HttpResponse:
    """The seats to tick at the door; whoever came without an invitation is added here."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    form = WalkInForm(posted(request), conference=found)
    if accepted(
        request,
        form,
        lambda: services.admit(found, actor=request.actor, group=form.cleaned_data["group"], guest=form.guest()),
    ):
        messages.success(request, _("%(who)s has been added as present.") % {"who": form.cleaned_data["title"]})
        return redirect("coordination:conference-roll-call", found.slug)
    return _page(request, found, form=form)


@require_POST
@member_required
def conference_mark(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """One tick; what cannot be is said above the list, which then shows how every seat stands now."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    invitation = invitation_at(request, found, number)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refused=" ".join(one for each in form.errors.values() for one in each), status=422)
    try:
        services.mark_presence(invitation, actor=request.actor, **form.mark())
    except Conflict as conflict:
        return _page(request, found, refused=str(conflict), status=409)
    except RuleBroken as refusal:
        return _page(request, found, refused=str(refusal), status=422)
    narrowed = urlencode({name: request.GET[name] for name in ("q", "left") if request.GET.get(name)})
    page = redirect("coordination:conference-roll-call", found.slug)
    page["Location"] += (f"?{narrowed}" if narrowed else "") + f"#ghe-{number}"
    return page


def _page(
    request: HttpRequest, found: Conference, *, form: WalkInForm | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    words, left = request.GET.get("q", ""), request.GET.get("left") == "1"
    narrowed = urlencode({name: value for name, value in (("q", words), ("left", "1" if left else "")) if value})
    page = {
        "call": roll_call(request.actor, found, words, only_unmarked=left),
        "narrowed": f"?{narrowed}" if narrowed else "",
        "is_early": clock.today() < found.held_on,
        "ranks": Rank.choices,
        "marks": [Presence.PRESENT, Presence.SUBSTITUTE, Presence.EXCUSED],
        "refused": refused,
    }
    form = form or WalkInForm(conference=found)
    answer = show(request, "conference_roll_call.html", found, form=form, tab="people", **page)
    if refused:
        answer.status_code = status
    return answer
