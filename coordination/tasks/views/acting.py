from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.tasks import services as tasks
from coordination.tasks.forms import AskExtensionForm, ConfirmForm, ExtendForm, RefuseExtensionForm, ReturnForm
from coordination.tasks.http import new_token
from coordination.tasks.models import ExtensionRequest, Task
from coordination.tasks.permissions import can_ask_extension, can_confirm_task, can_move_due_date
from coordination.tasks.queries import open_extension_of, parts_of
from coordination.tasks.views.posting import act_page, done
from coordination.tasks.views.reading import visible_task
from records.forms import posted
from records.wording import day

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@_get_and_post
@member_required
def confirm(request: HttpRequest, task: str) -> HttpResponse:
    """Confirming a result or sending it back with a reason."""
    found = visible_task(request, task)
    require(can_confirm_task(request.actor, found))
    returns = "return" in request.POST
    first = {"form_token": new_token()}
    confirm_form = ConfirmForm(None if returns else posted(request), initial=first)
    return_form = ReturnForm(request.POST if returns else None, initial=first, auto_id="return_%s")

    def decide() -> str:
        if returns:
            tasks.return_for_rework(found, actor=request.actor, reason=return_form.cleaned_data["reason"])
            return _("Task %(code)s returned to the lead agency.") % {"code": found.short_code}
        tasks.confirm_completion(found, actor=request.actor, remark=confirm_form.cleaned_data["remark"])
        return _("Result of task %(code)s confirmed.") % {"code": found.short_code}

    form = return_form if returns else confirm_form
    if request.method == "POST" and done(request, form, decide):
        return redirect("coordination:task-detail", task=found.slug)
    more = {"confirm_form": confirm_form, "return_form": return_form, "parts": parts_of(request.actor, found)}
    return act_page(request, "task_confirm.html", found, form, **more)


@_get_and_post
@member_required
def extend(request: HttpRequest, task: str) -> HttpResponse:
    """A later deadline: asked for by the lead agency, decided or moved at once by whoever may."""
    found = visible_task(request, task)
    may_move = can_move_due_date(request.actor, found)
    if not may_move and can_ask_extension(request.actor, found):
        return _ask(request, found, open_extension_of(found))
    require(may_move)
    return _move(request, found, open_extension_of(found))


def _move(request: HttpRequest, task: Task, waiting: ExtensionRequest | None) -> HttpResponse:
    """Moving the deadline, which grants the request that waits, or refusing to."""
    refuses = "refuse" in request.POST
    if refuses and waiting is None:
        return _settled_already(request, task)
    first = {"form_token": new_token()}
    asked = {"new_due_on": waiting.wanted_due_on, "reason": waiting.reason} if waiting else {}
    form = ExtendForm(None if refuses else posted(request), initial={**first, **asked})
    refuse_form = RefuseExtensionForm(request.POST if refuses else None, initial=first, auto_id="refuse_%s")

    def decide() -> str:
        if refuses:
            tasks.refuse_extension(waiting, actor=request.actor, answer=refuse_form.cleaned_data["answer"])
            return _("The deadline of task %(code)s stays; the lead agency reads why.") % {"code": task.short_code}
        typed = {name: form.cleaned_data[name] for name in ("new_due_on", "reason", "decision")}
        moved = tasks.move_due_date(task, actor=request.actor, **typed)
        told = {"code": task.short_code, "day": day(moved.due_on)}
        return _("Deadline of task %(code)s moved to %(day)s.") % told

    sent = refuse_form if refuses else form
    if request.method == "POST" and done(request, sent, decide):
        return redirect("coordination:task-detail", task=task.slug)
    more = {"move_form": form, "refuse_form": refuse_form, "waiting": waiting}
    return act_page(request, "task_extend.html", task, sent, **more)


def _ask(request: HttpRequest, task: Task, waiting: ExtensionRequest | None) -> HttpResponse:
    """Asking for a later deadline, or taking back what was asked."""
    if "withdraw" in request.POST:
        return _withdraw(request, task, waiting) if waiting else _settled_already(request, task)
    form = AskExtensionForm(posted(request), initial={"form_token": new_token()})

    def ask() -> str:
        wanted = form.cleaned_data["new_due_on"]
        tasks.ask_extension(task, actor=request.actor, wanted_due_on=wanted, reason=form.cleaned_data["reason"])
        told = {"code": task.short_code, "day": day(wanted)}
        return _("Later deadline %(day)s asked for task %(code)s; the present one holds until it is decided.") % told

    if request.method == "POST" and done(request, form, ask):
        return redirect("coordination:task-detail", task=task.slug)
    return act_page(request, "task_extension.html", task, form, waiting=waiting)


def _withdraw(request: HttpRequest, task: Task, waiting: ExtensionRequest) -> HttpResponse:
    tasks.withdraw_extension(waiting, actor=request.actor)
    messages.success(
        request, _("Request for a later deadline of task %(code)s taken back.") % {"code": task.short_code}
    )
    return redirect("coordination:task-detail", task=task.slug)


def _settled_already(request: HttpRequest, task: Task) -> HttpResponse:
    messages.info(request, _("The request has been decided or taken back already."))
    return redirect("coordination:task-detail", task=task.slug)
