"""What a leader does: gives the concluding grades, and corrects a result of a closed round with its reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.evaluations import services
from coordination.evaluations.forms import ConclusionForm, CorrectionForm
from coordination.evaluations.permissions import can_conclude, can_correct
from coordination.evaluations.queries import parties_of, round_page, round_results
from coordination.evaluations.views.doors import page_of, party_named, round_of
from records.errors import RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def evaluation_conclude(request: HttpRequest, key: str) -> HttpResponse:
    """Give the concluding grades, beside what was given before and what the scheme proposes."""
    round = round_of(request, key)
    parties = parties_of(round, seen_by=request.actor).agencies
    others = [agency for agency in parties if not request.actor.acts_for(agency.pk)]
    require(can_conclude(request.actor, round, (others or parties)[0]))
    results = [result for result in round_results(round) if result.agency in others]
    form = ConclusionForm.build(round.scheme, results, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.conclude_sheet(round, actor=request.actor, marks=form.marks)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The concluding grades are saved."))
            return redirect("coordination:evaluation-detail", round.key)
    own = [agency for agency in parties if agency not in others]
    page = round_page(request.actor, round)
    return page_of(request, "evaluation_conclude.html", form, round=round, own=own, page=page)


@require_http_methods(_METHODS)
@member_required
def evaluation_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct the published result of an agency."""
    round = round_of(request, key)
    agency = party_named(request, parties_of(round, seen_by=request.actor))
    require(can_correct(request.actor, round, agency))
    result = next((one for one in round_results(round) if one.agency == agency), None)
    initial = {"total": result.total, "grade": result.grade_label} if result else {}
    form = CorrectionForm.build(round.scheme, initial, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_result(round, actor=request.actor, agency=agency, **form.correction)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            words = {"agency": agency.current_short_name}
            messages.success(
                request, _("The result of %(agency)s is corrected; the old value stays beside it.") % words
            )
            return redirect("coordination:evaluation-detail", round.key)
    return page_of(request, "evaluation_correct.html", form, round=round, agency=agency, result=result)
