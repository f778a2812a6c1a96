"""Entering a decision and changing what was entered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.models import Reorganisation
from agencies.reorganisation import services
from agencies.reorganisation.enums import ReorganisationState
from agencies.reorganisation.permissions import can_open_reorganisations
from coordination.reorganisation.forms import DecisionForm
from coordination.reorganisation.views.fetch import act_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@member_required
def reorganisation_create(request: HttpRequest) -> HttpResponse:
    """Open an act with its decision; the steps follow on the next page."""
    require(can_open_reorganisations(request.actor))
    form = DecisionForm(posted(request), actor=request.actor, initial={"form_token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            number = once(request, lambda: str(services.prepare(actor=request.actor, **form.decision()).pk))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The decision is saved. Now say step by step what it does."))
            return redirect("coordination:reorganisation-step-kinds", int(number))
    return _page(request, form)


@require_http_methods(_METHODS)
@member_required
def reorganisation_decision(request: HttpRequest, act: int) -> HttpResponse:
    """Change the decision of an act that is still prepared."""
    found = act_or_404(request, act)
    form = DecisionForm(posted(request), actor=request.actor, act=found, initial=_stored(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_decision(
                found, actor=request.actor, revision=form.cleaned_data["revision"] or 0, **form.decision()
            )
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _overtaken(request, form, found, conflict)
        else:
            messages.success(request, _("The decision is saved."))
            return redirect("coordination:reorganisation-detail", found.pk)
    services.must_be_in(found, ReorganisationState.PREPARED)
    return _page(request, form, found)


def _overtaken(request: HttpRequest, form: DecisionForm, act: Reorganisation, conflict: Conflict) -> HttpResponse:
    """Someone else was faster: what was typed stays in the form, to be saved over theirs or not."""
    now = act_or_404(request, act.pk)
    services.must_be_in(now, ReorganisationState.PREPARED)
    form.data = form.data.copy()
    form.data["revision"] = str(now.revision)
    form.add_error(None, str(conflict))
    return _page(request, form, now, status=409)


def _page(
    request: HttpRequest, form: DecisionForm, act: Reorganisation | None = None, *, status: int = 422
) -> HttpResponse:
    page = {"form": form, "act": act}
    status = status if form.errors else 200
    return render(request, "coordination/reorganisation/decision_form.html", page, status=status)


def _stored(act: Reorganisation) -> dict:
    names = ("title", "number", "issuing_body", "decided_on", "effective_on", "revision")
    return {name: getattr(act, name) for name in names}
