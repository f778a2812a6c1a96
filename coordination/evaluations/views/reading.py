"""Reading evaluations: the years there are, and one year in full."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access.enums import Role
from agencies.access.http import member_required
from coordination.evaluations.models import EvaluationRound
from coordination.evaluations.queries import history_of, round_page, round_rows
from coordination.evaluations.views.doors import round_of
from coordination.programs.http import year_of
from records.audit.http import place_in_log


@require_safe
@member_required
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """The years evaluated; a year chosen in the address leads straight to it."""
    if "year" in request.GET:
        return _to_year(year_of(request))
    page = {
        "rows": round_rows(request.actor),
        "year": year_of(request),
        "may_open": request.actor.role == Role.SECRETARY,
    }
    return render(request, "coordination/evaluations/evaluation_list.html", page)


@require_safe
@member_required
def evaluation_detail(request: HttpRequest, year: int) -> HttpResponse:
    """One year: forms sent and missing, scores, results and findings, as far as the reader may see them."""
    if request.GET.get("year", str(year)) != str(year):
        return _to_year(year_of(request))
    round = _round_of(request, year)
    if round is None:
        page = {"year": year, "may_open": request.actor.role == Role.SECRETARY}
        return render(request, "coordination/evaluations/evaluation_missing.html", page)
    page = {"page": round_page(request.actor, round), "round": round}
    return render(request, "coordination/evaluations/evaluation_detail.html", page)


@require_safe
@member_required
def evaluation_history(request: HttpRequest, year: int) -> HttpResponse:
    """What happened to the evaluation of a year, newest first, as far as the reader may see it."""
    round = round_of(request, year)
    page = {"round": round, "history": history_of(request.actor, round, **place_in_log(request))}
    return render(request, "coordination/evaluations/evaluation_history.html", page)


def _round_of(request: HttpRequest, year: int) -> EvaluationRound | None:
    rounds = EvaluationRound.objects.visible_to(request.actor).select_related("scheme")
    return (
        rounds.prefetch_related("programs", "scheme__parts", "scheme__bands", "scheme__criteria")
        .filter(year=year)
        .first()
    )


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('coordination:evaluation-detail', args=[year])}?year={year}")
