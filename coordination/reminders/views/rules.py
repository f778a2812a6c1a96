"""The rules of reminding of one's unit: everyone reads them, its secretaries set them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.reminders import services
from coordination.reminders.forms import RulesForm
from coordination.reminders.permissions import can_be_reminded, can_set_reminder_rules
from coordination.reminders.queries import RulesPage, rules_page
from records.errors import Conflict, RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def reminder_rules(request: HttpRequest) -> HttpResponse:
    """Read when the tasks of the unit's programs are called to mind; for its secretaries, set it."""
    require(can_be_reminded(request.actor))
    unit = request.actor.agency.unit
    if request.method == "POST":
        require(can_set_reminder_rules(request.actor, unit))
    shown = rules_page(request.actor)
    form = RulesForm(posted(request), held=shown.held.rules, revision=shown.held.revision)
    if form.is_bound and form.is_valid():
        try:
            services.set_reminder_rules(unit, form.rules(), actor=request.actor, revision=form.kept_revision())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _conflict_page(request, conflict)
        else:
            messages.success(request, _("Saved the rules of reminding. They hold from now on."))
            return redirect("coordination:reminder-rules")
    return _page(request, shown, form, status=422 if form.errors else 200)


@require_POST
@member_required
def reminder_rules_usual(request: HttpRequest) -> HttpResponse:
    """Go back to the usual rules."""
    require(can_be_reminded(request.actor))
    try:
        services.restore_usual_rules(request.actor.agency.unit, actor=request.actor)
    except RuleBroken as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The usual rules of reminding hold again."))
    return redirect("coordination:reminder-rules")


def _conflict_page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """What was filled in stays in the form; what is saved now stands above it. Saving again goes on from there."""
    shown = rules_page(request.actor)
    filled = request.POST.copy()
    filled["revision"] = str(shown.held.revision)
    form = RulesForm(filled, held=shown.held.rules, revision=shown.held.revision)
    return _page(request, shown, form, status=409, conflict=str(conflict))


def _page(request: HttpRequest, shown: RulesPage, form: RulesForm, *, status: int, conflict: str = "") -> HttpResponse:
    may = can_set_reminder_rules(request.actor, request.actor.agency.unit)
    page = {"shown": shown, "form": form, "may_set": may, "conflict": conflict, "unit": request.actor.agency.unit}
    return render(request, "coordination/reminders/rules.html", page, status=status)
