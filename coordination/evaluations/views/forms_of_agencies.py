"""The two forms an agency sends: on itself and on the other parties."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import no, require
from agencies.access.http import member_required
from agencies.models import Agency
from coordination.evaluations import services
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.forms import CrossEvaluationForm, SheetForm
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.permissions import can_submit_cross, can_submit_self
from coordination.evaluations.queries import fingerprint, given_to, parties_of, prefilled
from coordination.evaluations.views.doors import chosen_agency, own_agencies, page_of, round_of, typed_over
from records.errors import Conflict, RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evaluation_self(request: HttpRequest, key: str) -> HttpResponse:
    """An agency evaluates itself: sent, or put aside; where a colleague was faster, what was typed is kept."""
    round = round_of(request, key)
    parties = parties_of(round, seen_by=request.actor)
    agency = chosen_agency(request, parties)
    require(can_submit_self(request.actor, round, agency))
    given = given_to(round, EvaluationKind.SELF, agency)
    filled = prefilled(round, agency)
    build = partial(SheetForm.build, round.scheme, given, filled.points)
    seen = fingerprint(round, EvaluationKind.SELF, agency=agency)
    form, overtaken = build(posted(request), seen=seen), False
    if request.method == "POST" and form.is_valid():
        act = services.save_self_draft if form.is_draft else services.submit_self
        try:
            act(round, actor=request.actor, agency=agency, cited=form.cited, **form.written)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, seen=seen), True
        else:
            return _done(request, round, agency, is_draft=form.is_draft)
    page = {"round": round, "agency": agency, "own": own_agencies(request, parties), "given": given, "filled": filled}
    return page_of(request, "evaluation_self.html", form, overtaken=overtaken, **page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evaluation_cross(request: HttpRequest, key: str) -> HttpResponse:
    """An agency grades the other parties of its programs."""
    round = round_of(request, key)
    parties = parties_of(round, seen_by=request.actor)
    by_agency = chosen_agency(request, parties)
    peers = [agency for agency in parties.agencies if agency.pk in parties.peers[by_agency.pk]]
    if not peers:
        require(no(_("Only parties of the same program grade each other.")))
    require(can_submit_cross(request.actor, round, peers[0], by_agency))
    given = {one.agency_id: one for one in round.evaluations.filter(kind=EvaluationKind.CROSS, by_agency=by_agency)}
    build = partial(CrossEvaluationForm.build, round.scheme, peers, given)
    seen = fingerprint(round, EvaluationKind.CROSS, by_agency=by_agency)
    form, overtaken = build(posted(request), seen=seen), False
    if request.method == "POST" and form.is_valid():
        try:
            sheet = {"by_agency": by_agency, "marks": form.marks, "seen": form.opened_on}
            services.submit_cross_sheet(round, actor=request.actor, **sheet)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, seen=seen), True
        else:
            messages.success(request, _("The cross-evaluation of %(agency)s has been sent.") % _named(by_agency))
            return redirect("coordination:evaluation-detail", round.key)
    page = {"round": round, "agency": by_agency, "own": own_agencies(request, parties), "given": given}
    return page_of(request, "evaluation_cross.html", form, overtaken=overtaken, **page)


def _done(request: HttpRequest, round: EvaluationRound, agency: Agency, *, is_draft: bool) -> HttpResponse:
    if is_draft:
        messages.success(request, _("The draft is saved. Nobody else sees it until you send it."))
        address = reverse("coordination:evaluation-self", args=[round.key])
        return redirect(f"{address}?agency={agency.code}")
    messages.success(request, _("The self-evaluation of %(agency)s has been sent.") % _named(agency))
    return redirect("coordination:evaluation-detail", round.key)


def _named(agency: Agency) -> dict[str, str]:
    return {"agency": agency.current_short_name}
