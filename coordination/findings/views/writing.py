"""Findings written, changed and removed by the secretary who keeps the round."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.evaluations.permissions import can_keep_round
from coordination.evaluations.views.doors import round_of
from coordination.findings import services
from coordination.findings.enums import FindingKind
from coordination.findings.forms import FindingForm, initial_of
from coordination.findings.models import Finding
from coordination.findings.permissions import can_write_finding
from coordination.findings.views.doors import accepted, find, show
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS, _CHANGED = ["GET", "HEAD", "POST"], 409


@require_http_methods(_METHODS)
@member_required
def evaluation_finding(request: HttpRequest, key: str) -> HttpResponse:
    """Write down a finding; the address may say of which kind and of which limitation."""
    round = round_of(request, key)
    require(can_keep_round(request.actor, round))
    asked = request.GET.get("kind", "")
    kind = FindingKind(asked) if asked in FindingKind.values else None
    first = {"of_limitation": request.GET.get("of_limitation", "")}
    form = FindingForm(posted(request), actor=request.actor, round=round, kind=kind, initial=first)
    if accepted(request, form, lambda: services.add_finding(round, actor=request.actor, **form.said())):
        messages.success(request, _("The finding has been saved."))
        return redirect("coordination:evaluation-findings", round.key)
    return show(request, "finding_form.html", form=form, round=round, kind=kind)


@require_http_methods(_METHODS)
@member_required
def finding_edit(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Change a finding while the round is open; where someone else was faster, both versions are shown."""
    finding = find(request, key, position)
    require(can_write_finding(request.actor, finding))
    form = _form(request, finding)

    def save() -> None:
        services.edit_finding(finding, actor=request.actor, revision=form.cleaned_data["revision"], **form.said())

    try:
        if accepted(request, form, save):
            messages.success(request, _("The finding has been saved."))
            return redirect("coordination:finding-detail", finding.round.key, finding.position)
    except Conflict as conflict:
        return _overtaken(request, finding, form, conflict)
    return show(request, "finding_form.html", form=form, round=finding.round, finding=finding)


@require_http_methods(_METHODS)
@member_required
def finding_remove(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Ask once more, then take a finding off the round."""
    finding = find(request, key, position)
    require(can_write_finding(request.actor, finding))
    refusal = ""
    if request.method == "POST":
        try:
            services.remove_finding(finding, actor=request.actor)
        except RuleBroken as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The finding has been removed."))
            return redirect("coordination:evaluation-findings", finding.round.key)
    page = {"round": finding.round, "finding": finding, "refusal": refusal}
    return show(request, "finding_remove.html", status=422 if refusal else 0, **page)


def _form(request: HttpRequest, finding: Finding) -> FindingForm:
    return FindingForm(
        posted(request), actor=request.actor, round=finding.round, finding=finding, initial=initial_of(finding)
    )


def _overtaken(request: HttpRequest, finding: Finding, form: FindingForm, conflict: Conflict) -> HttpResponse:
    """What is saved now beside what was typed, and the form as typed to save over it."""
    fresh = find(request, finding.round.key, finding.position)
    again = request.POST.copy()
    again["revision"] = str(fresh.revision)
    mine = FindingForm(again, actor=request.actor, round=fresh.round, finding=fresh)
    page = {"round": fresh.round, "finding": fresh, "reason": str(conflict), "typed": form.cleaned_data["text"]}
    return show(request, "finding_conflict.html", form=mine, status=_CHANGED, **page)
