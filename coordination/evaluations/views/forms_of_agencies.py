"""The two forms an agency sends: on itself and on the other parties."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import no, require
from agencies.access.http import member_required
from agencies.models import Agency
from coordination.evaluations import services
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.forms import CrossEvaluationForm, SelfEvaluationForm
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.permissions import can_submit_cross, can_submit_self
from coordination.evaluations.queries import Parties, parties_of
from coordination.evaluations.views.doors import chosen_agency, own_agencies, round_of
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evaluation_self(request: HttpRequest, year: int) -> HttpResponse:
    """An agency evaluates itself."""
    round = round_of(request, year)
    parties = parties_of(round, seen_by=request.actor)
    agency = chosen_agency(request, parties)
    require(can_submit_self(request.actor, round, agency))
    given = _given(round, EvaluationKind.SELF, agency).filter(agency=agency).prefetch_related("scores").first()
    form = SelfEvaluationForm.build(list(round.scheme.criteria.all()), given, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_self(
                round,
                actor=request.actor,
                agency=agency,
                score=form.score,
                remark=form.cleaned_data["remark"],
                scores=form.points,
            )
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The self-evaluation of %(agency)s has been sent.") % _named(agency))
            return redirect("coordination:evaluation-detail", year)
    return _page(request, "evaluation_self.html", round, parties, agency, form, given)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def evaluation_cross(request: HttpRequest, year: int) -> HttpResponse:
    """An agency grades the other parties of its programs."""
    round = round_of(request, year)
    parties = parties_of(round, seen_by=request.actor)
    by_agency = chosen_agency(request, parties)
    peers = [agency for agency in parties.agencies if agency.pk in parties.peers[by_agency.pk]]
    if not peers:
        require(no(_("Only parties of the same program grade each other.")))
    require(can_submit_cross(request.actor, round, peers[0], by_agency))
    given = {mark.agency_id: mark for mark in _given(round, EvaluationKind.CROSS, by_agency)}
    form = CrossEvaluationForm.build(peers, given, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.submit_cross_sheet(round, actor=request.actor, by_agency=by_agency, marks=form.marks)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The cross-evaluation of %(agency)s has been sent.") % _named(by_agency))
            return redirect("coordination:evaluation-detail", year)
    return _page(request, "evaluation_cross.html", round, parties, by_agency, form, given)


def _given(round: EvaluationRound, kind: EvaluationKind, by_agency: Agency):
    return round.evaluations.filter(kind=kind, by_agency=by_agency)


def _named(agency: Agency) -> dict[str, str]:
    return {"agency": agency.current_short_name}


def _page(request, template: str, round: EvaluationRound, parties: Parties, agency: Agency, form, given):
    page = {
        "round": round,
        "agency": agency,
        "own": own_agencies(request, parties),
        "form": form,
        "form_failed": bool(form.errors),
        "given": given,
    }
    status = 422 if form.errors else 200
    return render(request, f"coordination/evaluations/{template}", page, status=status)
