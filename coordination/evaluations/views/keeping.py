"""What the secretary who keeps a round does: opens it, sets its days, verifies, closes it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.evaluations import services
from coordination.evaluations.enums import EvaluationKind
from coordination.evaluations.forms import ChangeForm, CloseForm, OpenForm, SheetForm
from coordination.evaluations.permissions import can_keep_round, can_keep_schemes
from coordination.evaluations.queries import (
    fingerprint,
    given_to,
    missing_before_closing,
    parties_of,
    prefilled,
    round_page,
    wrong_sums,
)
from coordination.evaluations.views.doors import page_of, party_named, round_of, typed_over
from coordination.programs.http import year_of
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def evaluation_open(request: HttpRequest) -> HttpResponse:
    """Open the evaluation of a year, a half-year or a quarter."""
    unit = request.actor.agency.unit
    require(can_keep_schemes(request.actor, unit))
    form = OpenForm(posted(request), actor=request.actor, initial={"year": year_of(request)})
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_round(form.unit or unit, actor=request.actor, **form.opening)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("%(evaluation)s is open.") % {"evaluation": opened.title})
            return redirect("coordination:evaluation-detail", opened.key)
    offered = {f"has_{name}": form.fields[name].queryset.exists() for name in ("programs", "scheme")}
    return page_of(request, "evaluation_open.html", form, **offered)


@require_http_methods(_METHODS)
@member_required
def evaluation_change(request: HttpRequest, key: str) -> HttpResponse:
    """Set other days of an open round."""
    round = round_of(request, key)
    require(can_keep_round(request.actor, round))
    build = partial(ChangeForm, round=round)
    form, overtaken = build(posted(request)), False
    if request.method == "POST" and form.is_valid():
        chosen = {"scheme": form.cleaned_data["scheme"], "revision": form.cleaned_data["revision"]}
        try:
            services.change_round(round, actor=request.actor, days=form.days, **chosen)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, revision=round.revision), True
        else:
            messages.success(request, _("The evaluation has been changed."))
            return redirect("coordination:evaluation-detail", round.key)
    return page_of(request, "evaluation_change.html", form, round=round, overtaken=overtaken)


@require_http_methods(_METHODS)
@member_required
def evaluation_verify(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what was verified about an agency."""
    round = round_of(request, key)
    require(can_keep_round(request.actor, round))
    parties = parties_of(round, seen_by=request.actor)
    agency = party_named(request, parties)
    own = _sent(given_to(round, EvaluationKind.SELF, agency))
    given = given_to(round, EvaluationKind.VERIFIED, agency)
    filled = prefilled(round, agency)
    build = partial(SheetForm.build, round.scheme, given, filled.points, own=own, cites=False)
    seen = fingerprint(round, EvaluationKind.VERIFIED, agency=agency)
    form, overtaken = build(posted(request), seen=seen), False
    if request.method == "POST" and form.is_valid():
        try:
            services.verify(round, actor=request.actor, agency=agency, **form.written)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, seen=seen), True
        else:
            words = {"agency": agency.current_short_name}
            messages.success(request, _("The verification of %(agency)s is saved.") % words)
            address = reverse("coordination:evaluation-verify", args=[round.key])
            return redirect(f"{address}?agency={_next(parties.agencies, agency).code}")
    page = {"round": round, "agency": agency, "agencies": parties.agencies, "self_sheet": own, "filled": filled}
    page |= {"given": given, "verified": _verified(round), "overtaken": overtaken}
    return page_of(request, "evaluation_verify.html", form, **page)


@require_http_methods(_METHODS)
@member_required
def evaluation_close(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once more, then close the results."""
    round = round_of(request, key)
    require(can_keep_round(request.actor, round))
    missing = missing_before_closing(round)
    form = CloseForm(posted(request), is_complete=not missing)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_round(round, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The results are closed: %(evaluation)s.") % {"evaluation": round.title})
            return redirect("coordination:evaluation-detail", round.key)
    page = {"missing": missing, "page": round_page(request.actor, round)}
    return page_of(request, "evaluation_close.html", form, round=round, sums=wrong_sums(round), **page)


def _verified(round) -> set[int]:
    """The agencies verified already."""
    return set(round.evaluations.filter(kind=EvaluationKind.VERIFIED).values_list("agency_id", flat=True))


def _sent(given):
    return given if given is not None and not given.is_draft else None


def _next(agencies: list, agency):
    """The agency after this one, in protocol order; after the last one itself."""
    place = agencies.index(agency) + 1
    return agencies[place] if place < len(agencies) else agency
