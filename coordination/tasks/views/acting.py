from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.tasks import services as tasks
from coordination.tasks.forms import ConfirmForm, ExtendForm, ProgressForm, ReturnForm
from coordination.tasks.http import new_token, once
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_confirm_task, can_move_due_date, can_report_progress
from coordination.tasks.queries import task_page
from coordination.tasks.views.reading import visible_task
from records import clock
from records.errors import RuleBroken
from records.forms import PortalForm
from records.wording import number

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@_get_and_post
@member_required
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """Reporting progress with evidence."""
    found = visible_task(request, task)
    require(can_report_progress(request.actor, found))
    target = next(iter(found.targets.all()), None)
    first = {"value": found.last_value, "percent": found.last_percent, "form_token": new_token()}
    form = ProgressForm(request.POST or None, request.FILES or None, target=target, initial=first)

    def report() -> str:
        told = tasks.report_progress(found, actor=request.actor, **form.reported())
        quantity = f"{number(told.value)}/{target}" if told.value is not None else f"{told.percent}%"
        return _("Progress of task %(code)s saved: %(quantity)s.") % {"code": found.short_code, "quantity": quantity}

    if request.method == "POST" and _done(request, form, report):
        return redirect("coordination:task-detail", task=found.slug)
    return _page(request, "task_progress.html", found, form)


@_get_and_post
@member_required
def confirm(request: HttpRequest, task: str) -> HttpResponse:
    """Confirming a result or sending it back with a reason."""
    found = visible_task(request, task)
    require(can_confirm_task(request.actor, found))
    returns = "return" in request.POST
    first = {"form_token": new_token()}
    confirm_form = ConfirmForm(request.POST if request.POST and not returns else None, initial=first)
    return_form = ReturnForm(request.POST if returns else None, initial=first, auto_id="return_%s")

    def decide() -> str:
        if returns:
            tasks.return_for_rework(found, actor=request.actor, reason=return_form.cleaned_data["reason"])
            return _("Task %(code)s returned to the lead agency.") % {"code": found.short_code}
        tasks.confirm_completion(found, actor=request.actor, remark=confirm_form.cleaned_data["remark"])
        return _("Result of task %(code)s confirmed.") % {"code": found.short_code}

    form = return_form if returns else confirm_form
    if request.method == "POST" and _done(request, form, decide):
        return redirect("coordination:task-detail", task=found.slug)
    return _page(request, "task_confirm.html", found, form, confirm_form=confirm_form, return_form=return_form)


@_get_and_post
@member_required
def extend(request: HttpRequest, task: str) -> HttpResponse:
    """Moving a deadline with its reason."""
    found = visible_task(request, task)
    require(can_move_due_date(request.actor, found))
    form = ExtendForm(request.POST or None, initial={"form_token": new_token()})

    def move() -> str:
        typed = form.cleaned_data
        tasks.move_due_date(
            found,
            actor=request.actor,
            new_due_on=typed["new_due_on"],
            reason=typed["reason"],
            decision=typed["decision"],
        )
        return _("Deadline of task %(code)s moved.") % {"code": found.short_code}

    if request.method == "POST" and _done(request, form, move):
        return redirect("coordination:task-detail", task=found.slug)
    return _page(request, "task_extend.html", found, form)


def _done(request: HttpRequest, form: PortalForm, act: Callable[[], str]) -> bool:
    """Whether the form was well filled and its act went through; a refusal is shown at its field."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, once(request, act))
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    return True


def _page(request: HttpRequest, template: str, task: Task, form: PortalForm, **more) -> HttpResponse:
    today = clock.today()
    context = {"task": task, "page": task_page(request.actor, task, today=today), "form": form, "today": today, **more}
    return render(request, f"coordination/tasks/{template}", context, status=422 if form.errors else 200)
