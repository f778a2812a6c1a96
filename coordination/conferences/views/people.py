"""Who is invited to a conference: the list by protocol group, put together, sent, corrected and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import AttendanceForm, CorrectionForm, InviteForm, SendForm, WithdrawalForm
from coordination.conferences.models import Attendance, Conference, Invitation
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.queries import unanswered
from coordination.conferences.queries.people import group_rows, invitations_of, people_counts
from coordination.conferences.views.doors import accepted, find, show
from records.errors import RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
LONGEST_NUMBER = 6


def invitation_at(request: HttpRequest, conference: Conference, number: int) -> Invitation:
    """An invitation of the conference that the actor may see."""
    rows = Invitation.objects.visible_to(request.actor).filter(conference=conference)
    found = get_object_or_404(rows.select_related("group", "agency"), number=number)
    found.conference = conference
    return found


@require_http_methods(_METHODS)
@member_required
def conference_people(request: HttpRequest, conference: str) -> HttpResponse:
    """Who is invited and came, in protocol order; those who keep the record add groups that have numbers only."""
    found = find(request, conference)
    may = can_keep_record(request.actor, found)
    if request.method == "POST":
        require(may)
    form = AttendanceForm(posted(request), actor=request.actor, conference=found) if may else None
    if form and accepted(
        request, form, lambda: services.record_attendance(found, actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The attendance of “%(group)s” has been saved.") % form.cleaned_data)
        page = "roll-call" if "at_door" in request.POST else "people"
        return redirect(f"coordination:conference-{page}", found.slug)
    rows = group_rows(found, Invitation.objects.visible_to(request.actor))
    page = {
        "rows": rows,
        "counts": people_counts(rows),
        "unanswered": unanswered(rows),
        "mine": invitations_of(request.actor, found),
        "sees_seats": request.actor.acts_for(found.organiser_id),
    }
    return show(request, "conference_people.html", found, form=form, tab="people", **page)


@require_http_methods(_METHODS)
@member_required
def conference_invite(request: HttpRequest, conference: str) -> HttpResponse:
    """Put agencies, posts and guests on the list; words in the address narrow what is offered."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    words = request.GET.get("q", "")
    group = {"group": request.GET.get("group", "")}
    form = InviteForm(posted(request), actor=request.actor, conference=found, words=words, initial=group)
    made = []
    if accepted(request, form, lambda: made.extend(services.invite(found, actor=request.actor, **form.invited()))):
        _say_invited(request, len(made))
        return redirect("coordination:conference-people", found.slug)
    return show(request, "conference_invite.html", found, form=form, tab="people", words=words)


def _say_invited(request: HttpRequest, made: int) -> None:
    if made:
        text = ngettext("%(n)s seat was put on the list.", "%(n)s seats were put on the list.", made)
        messages.success(request, text % {"n": made})
    else:
        messages.info(request, _("Everyone chosen was on the list already."))


@require_http_methods(_METHODS)
@member_required
def conference_send(request: HttpRequest, conference: str) -> HttpResponse:
    """Show who will be invited, then send."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    form = SendForm(posted(request), initial={"reply_by": found.reply_by})
    sent = []
    if accepted(
        request,
        form,
        lambda: sent.append(services.send_invitations(found, actor=request.actor, **form.cleaned_data)),
    ):
        text = ngettext("%(n)s invitation has been sent.", "%(n)s invitations have been sent.", sent[0])
        messages.success(request, text % {"n": sent[0]})
        return redirect("coordination:conference-people", found.slug)
    unsent = Invitation.objects.visible_to(request.actor).standing().filter(sent_at=None, is_walk_in=False)
    rows = [row for row in group_rows(found, unsent) if row.invitations]
    return show(request, "conference_send.html", found, form=form, tab="people", rows=rows)


@require_http_methods(_METHODS)
@member_required
def conference_invitation(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """One invitation: how it is printed, who may come, in which group it stands."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    invitation = invitation_at(request, found, number)
    form = CorrectionForm(posted(request), invitation=invitation)
    if accepted(
        request, form, lambda: services.correct_invitation(invitation, actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The invitation has been saved."))
        return redirect("coordination:conference-people", found.slug)
    return show(request, "conference_invitation.html", found, form=form, tab="people", invitation=invitation)


@require_http_methods(_METHODS)
@member_required
def conference_withdraw(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Ask why, then take the invitation off the list."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    invitation = invitation_at(request, found, number)
    form = WithdrawalForm(posted(request))
    if accepted(
        request, form, lambda: services.withdraw_invitation(invitation, actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("%(who)s is no longer invited.") % {"who": invitation.full_title})
        return redirect("coordination:conference-people", found.slug)
    return show(request, "conference_withdraw.html", found, form=form, tab="people", invitation=invitation)


@require_POST
@member_required
def conference_seat(request: HttpRequest, conference: str) -> HttpResponse:
    """Put a seat, or a whole group, one place up or down; take a group off that has no seats."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    what, number, to = (request.POST.get(name, "") for name in ("what", "number", "to"))
    number = int(number) if number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER else 0
    if what == "group":
        _place_group(request, get_object_or_404(found.attendance, position=number), to)
        anchor = "thanh-phan"
    else:
        services.move_seat(invitation_at(request, found, number), actor=request.actor, up=to == "up")
        anchor = f"ghe-{number}"
    page = redirect("coordination:conference-people", found.slug)
    page["Location"] += f"#{anchor}"
    return page


def _place_group(request: HttpRequest, group: Attendance, to: str) -> None:
    if to != "off":
        services.move_group(group, actor=request.actor, up=to == "up")
        return
    try:
        services.drop_group(group, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
