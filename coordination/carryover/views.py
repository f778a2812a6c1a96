"""The pages of the carry-over: choose, look at what becomes of the choice, create."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.carryover import services
from coordination.carryover.forms import CarryOverForm, ConfirmForm
from coordination.carryover.permissions import can_start_from
from coordination.carryover.queries import offer_of, plan_of
from coordination.programs.models import Program
from coordination.programs.views.fetch import program_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, Refusal, RuleBroken

_REFUSED, _CHANGED = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def carry_over(request: HttpRequest, program: str) -> HttpResponse:
    """Choose what goes over; sent, it comes back as a preview. Nothing is written here."""
    source = _source(request, program)
    form = _form(request, source)
    if request.method == "POST" and form.is_valid():
        try:
            services.must_follow(source, form.choice())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            return _preview(request, source, form)
    return _choosing(request, source, form)


@require_POST
@member_required
def carry_over_start(request: HttpRequest, program: str) -> HttpResponse:
    """Create the program exactly as the preview showed it."""
    source = _source(request, program)
    form, confirmed = _form(request, source), ConfirmForm(request.POST)
    if not form.is_valid():
        return _choosing(request, source, form)
    if not confirmed.is_valid():
        return _preview(request, source, form, RuleBroken(_("Look at what goes over, then create.")), _REFUSED)

    def start() -> str:
        digest = confirmed.cleaned_data["digest"]
        return services.start_from(source, actor=request.actor, choice=form.choice(), digest=digest).slug

    try:
        made = once(request, start)
    except Conflict as conflict:
        return _preview(request, source, form, conflict, _CHANGED)
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return _choosing(request, source, form)
    told = {"code": made.upper(), "source": source.code}
    messages.success(request, _("Created the draft %(code)s from %(source)s. Now read its text.") % told)
    return redirect("coordination:program-edit", made)


def _source(request: HttpRequest, program: str) -> Program:
    source = program_or_404(request, program)
    require(can_start_from(request.actor, source))
    return source


def _form(request: HttpRequest, source: Program) -> CarryOverForm:
    sent = (request.POST,) if request.method == "POST" else ()
    return CarryOverForm(*sent, offer=offer_of(source, request.actor), unit_id=request.actor.unit_id)


def _choosing(request: HttpRequest, source: Program, form: CarryOverForm) -> HttpResponse:
    page = {"program": source, "form": form}
    status = _REFUSED if form.errors else 200
    return render(request, "coordination/carryover/carry_over.html", page, status=status)


def _preview(
    request: HttpRequest, source: Program, form: CarryOverForm, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    plan = plan_of(source, actor=request.actor, choice=form.choice())
    confirmed = ConfirmForm(initial={"digest": plan.digest, "form_token": new_token()})
    page = {"program": source, "form": form, "plan": plan, "confirmed": confirmed, "refusal": refusal}
    return render(request, "coordination/carryover/carry_over_preview.html", page, status=status)
