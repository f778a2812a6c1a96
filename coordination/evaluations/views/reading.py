"""Reading evaluations: the years there are, one round in full, a single sheet, what the chair should decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.access.http import member_required
from coordination.evaluations.permissions import can_view_differences, standing_of
from coordination.evaluations.queries import (
    history_of,
    parties_of,
    round_page,
    round_rows,
    sheet_page,
    wrong_sums,
)
from coordination.evaluations.views.doors import missing, party_named, round_of, seen_at
from coordination.evaluations.workflow import Span, read_key
from coordination.programs.http import year_of
from records.audit.http import place_in_log


@require_safe
@member_required
def evaluation_list(request: HttpRequest) -> HttpResponse:
    """The rounds of all years; a year chosen in the address leads straight to it."""
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
def evaluation_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One round: forms sent and missing, scores and results, as far as the reader may see them.

    The address of a year is that of its evaluation as a whole; where there is none, it lists the other rounds of it.
    """
    span, number = read_key(key)
    if request.GET.get("year", str(span.year)) != str(span.year):
        return _to_year(year_of(request))
    round = seen_at(request, key)
    if round is None:
        return _year(request, span, number) if (span, number) == (Span(span.year), 1) else missing(request)
    page = {"page": round_page(request.actor, round, program=request.GET.get("program", "")), "round": round}
    return render(request, "coordination/evaluations/evaluation_detail.html", page)


@require_safe
@member_required
def evaluation_differences(request: HttpRequest, key: str) -> HttpResponse:
    """The disagreements and the figures that do not add up, on one page for the chair; it prints on its own."""
    round = round_of(request, key)
    require(can_view_differences(request.actor, round))
    standing = standing_of(request.actor, round)
    decides = standing.keeps or standing.leads
    sums = wrong_sums(round) if decides and round.is_open else []  # of a closed round they are among its flags
    page = {"page": round_page(request.actor, round), "round": round, "sums": sums}
    return render(request, "coordination/evaluations/evaluation_differences.html", page)


@require_safe
@member_required
def evaluation_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """All that was said of one agency, layer by layer, as far as the reader may see it, and the tasks it led."""
    round = round_of(request, key)
    parties = parties_of(round, seen_by=request.actor)
    agency = party_named(request, parties)
    page = {
        "round": round,
        "agency": agency,
        "agencies": parties.agencies,
        "sheet": sheet_page(request.actor, round, agency),
    }
    return render(request, "coordination/evaluations/evaluation_sheet.html", page)


@require_safe
@member_required
def evaluation_history(request: HttpRequest, key: str) -> HttpResponse:
    """What happened to an evaluation, newest first, as far as the reader may see it."""
    round = round_of(request, key)
    page = {"round": round, "history": history_of(request.actor, round, **place_in_log(request))}
    return render(request, "coordination/evaluations/evaluation_history.html", page)


def _year(request: HttpRequest, span: Span, number: int) -> HttpResponse:
    """A year without an evaluation of the whole of it: the other rounds the reader sees, or that there are none."""
    rows = round_rows(request.actor, year=span.year)
    if len(rows) == 1 and rows[0].round.span == span:
        return redirect("coordination:evaluation-detail", rows[0].round.key)
    page = {"rows": rows, "year": span.year, "may_open": request.actor.role == Role.SECRETARY}
    return render(request, "coordination/evaluations/evaluation_missing.html", page)


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('coordination:evaluation-detail', args=[year])}?year={year}")
