"""What the drafting secretary does with a round: opens it, gives it a later day, closes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.consultation import services
from coordination.consultation.forms import CloseForm, ExtendForm, OpenForm
from coordination.consultation.permissions import can_keep_round, can_open_round
from coordination.consultation.queries import can_be_sent, standings_of
from coordination.consultation.services.rounds import needs_reason
from coordination.consultation.views.fetch import consulted_program, round_or_404
from coordination.consultation.views.reading import back_to
from coordination.programs.queries import missing_before_comments
from records import clock, wording
from records.errors import RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def consultation_open(request: HttpRequest, program: str) -> HttpResponse:
    """Send the draft for comments, for the first time or again."""
    found, rounds = consulted_program(request, program)
    require(can_open_round(request.actor, found))
    form = OpenForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_round(found, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            told = {"number": opened.number, "day": wording.day(opened.comments_until)}
            messages.success(request, _("Round %(number)s is open for comments until %(day)s.") % told)
            return back_to(found, opened)
    page = {
        "program": found,
        "form": form,
        "number": len(rounds) + 1,
        "missing": missing_before_comments(found),
        "is_open": can_be_sent(found, rounds),
    }
    return _page(request, "consultation_open.html", form, page)


@require_http_methods(_METHODS)
@member_required
def consultation_extend(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """Give all parties a later day."""
    found, rounds = consulted_program(request, program)
    asked = round_or_404(rounds, round)
    require(can_keep_round(request.actor, asked))
    form = ExtendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.extend_round(asked, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            told = {"day": wording.day(asked.comments_until)}
            messages.success(request, _("Comments are taken until %(day)s.") % told)
            return back_to(found, asked)
    return _page(request, "consultation_extend.html", form, {"program": found, "round": asked, "form": form})


@require_http_methods(_METHODS)
@member_required
def consultation_close(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """Say who has not answered and how that counts, then close."""
    found, rounds = consulted_program(request, program)
    asked = round_or_404(rounds, round)
    require(can_keep_round(request.actor, asked))
    standings = standings_of(asked, request.actor)
    form = CloseForm(posted(request), needs_reason=needs_reason(asked, standings))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_round(asked, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Round %(number)s is closed.") % {"number": asked.number})
            return back_to(found, asked)
    counts = clock.today() > asked.comments_until
    page = {"program": found, "round": asked, "form": form, "standings": standings, "counts": counts}
    return _page(request, "consultation_close.html", form, page)


def _page(request: HttpRequest, template: str, form, page: dict) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, f"coordination/consultation/{template}", page, status=status)
