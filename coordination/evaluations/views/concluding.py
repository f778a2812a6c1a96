"""What a leader does: gives the concluding grades, and corrects a result of a closed round with its reason."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.evaluations import services
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.forms import ConclusionForm, CorrectionForm
from coordination.evaluations.permissions import can_conclude, can_correct
from coordination.evaluations.queries import fingerprint, parties_of, round_page, round_results, snapshot_of
from coordination.evaluations.views.doors import page_of, party_named, round_of, typed_over
from records.errors import Conflict, RuleBroken
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
    build, seen = partial(ConclusionForm.build, round.scheme, results), fingerprint(round, EvaluationKind.CONCLUDED)
    form, overtaken = build(posted(request), seen=seen), False
    if request.method == "POST" and form.is_valid():
        try:
            services.conclude_sheet(round, actor=request.actor, marks=form.marks, seen=form.opened_on)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, seen=seen), True
        else:
            messages.success(request, _("The concluding grades are saved."))
            return redirect("coordination:evaluation-detail", round.key)
    own = [agency for agency in parties if agency not in others]
    page = {"round": round, "own": own, "page": round_page(request.actor, round)}
    return page_of(request, "evaluation_conclude.html", form, overtaken=overtaken, **page)


@require_http_methods(_METHODS)
@member_required
def evaluation_correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct the published result of an agency."""
    round = round_of(request, key)
    agency = party_named(request, parties_of(round, seen_by=request.actor))
    require(can_correct(request.actor, round, agency))
    result = next((one for one in round_results(round) if one.agency == agency), None)
    initial = {"total": result.total, "grade": result.grade_label} if result else {}
    snapshot = snapshot_of(round)
    version = snapshot.version if snapshot else 0
    build = partial(CorrectionForm.build, round.scheme, initial | {"version": version})
    form, overtaken = build(posted(request)), False
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_result(round, actor=request.actor, agency=agency, **form.correction)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, version=version), True
        else:
            words = {"agency": agency.current_short_name}
            messages.success(
                request, _("The result of %(agency)s is corrected; the old value stays beside it.") % words
            )
            return redirect("coordination:evaluation-detail", round.key)
    page = {"round": round, "agency": agency, "result": result, "overtaken": overtaken}
    return page_of(request, "evaluation_correct.html", form, **page)
