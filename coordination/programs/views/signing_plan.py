"""How a version is signed: order, ways, last day; comparing scans; taking the version back; reminding."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs import services
from coordination.programs.enums import ProgramState
from coordination.programs.forms import LastDayForm, PlanForm, ReasonForm
from coordination.programs.models import Program
from coordination.programs.permissions import can_attest_scan, can_plan_signing, can_recall_version
from coordination.programs.queries import signing_stand
from coordination.programs.services.doors import must_be_in
from coordination.programs.views.fetch import program_or_404, slot_or_404
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_signing_plan(request: HttpRequest, program: str) -> HttpResponse:
    """Set in which order and how the parties sign."""
    found = _plannable(request, program)
    stand = signing_stand(found)
    form = PlanForm(posted(request), slots=stand.slots)
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_signing(found, actor=request.actor, plans=form.plans())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved the order and the ways of signing."))
            return redirect("coordination:program-signing", found.slug)
    return _page(request, found, stand, plan=form)


@require_POST
@member_required
def program_last_day(request: HttpRequest, program: str) -> HttpResponse:
    """Set until when the parties sign."""
    found = _plannable(request, program)
    stand = signing_stand(found)
    form = LastDayForm(request.POST, version=stand.version)
    if form.is_valid():
        try:
            services.set_last_day(found, actor=request.actor, until=form.cleaned_data["until"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved the last day for signing."))
            return redirect("coordination:program-signing", found.slug)
    return _page(request, found, stand, last_day=form)


@require_POST
@member_required
def program_recall(request: HttpRequest, program: str) -> HttpResponse:
    """Take the version out for signing back."""
    found = program_or_404(request, program)
    require(can_recall_version(request.actor, found))
    must_be_in(found, (ProgramState.SIGNING,))
    stand = signing_stand(found)
    form = ReasonForm(request.POST, prefix="recall")
    if form.is_valid():
        services.recall_version(found, actor=request.actor, reason=form.cleaned_data["reason"])
        told = {"version": stand.version.label}
        messages.success(request, _("Signing version %(version)s is taken back; no signature on it counts.") % told)
        return redirect("coordination:program-signing", found.slug)
    return _page(request, found, stand, recall=form)


@require_POST
@member_required
def program_attest(request: HttpRequest, program: str, slot: int) -> HttpResponse:
    """Say that the scan of a paper signature was compared with the version."""
    found = program_or_404(request, program)
    place = slot_or_404(request, found, slot)
    require(can_attest_scan(request.actor, found))
    try:
        services.attest_scan(place, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The scan of %(agency)s is compared.") % {"agency": place.agency_name})
    return redirect("coordination:program-signing", found.slug)


def _plannable(request: HttpRequest, slug: str) -> Program:
    """The program of an address while it is being signed, for whoever sets how.

    Raises: NotAllowed; Conflict.
    """
    found = program_or_404(request, slug)
    require(can_plan_signing(request.actor, found))
    must_be_in(found, (ProgramState.SIGNING,))
    return found


def _page(request: HttpRequest, program: Program, stand, **sent) -> HttpResponse:
    """The three forms, the one that was sent among them."""
    page = {
        "program": program,
        "stand": stand,
        "plan": sent.get("plan", PlanForm(slots=stand.slots)),
        "last_day": sent.get("last_day", LastDayForm(version=stand.version)),
        "recall": sent.get("recall", ReasonForm(prefix="recall")),
        "failed": [form for form in sent.values() if form.errors],
    }
    status = 422 if page["failed"] else 200
    return render(request, "coordination/programs/program_signing_plan.html", page, status=status)
