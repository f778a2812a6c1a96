from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.enums import SIGNED_STATES
from coordination.tasks import services as tasks
from coordination.tasks.enums import Stop, TaskState
from coordination.tasks.forms import StopForm
from coordination.tasks.http import new_token
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_cancel_task, can_resume_task, can_suspend_task
from coordination.tasks.queries import following_of, waiting_extension_of
from coordination.tasks.views.posting import act_page, done
from coordination.tasks.views.reading import visible_task
from records.forms import posted

_ASKED = {Stop.SUSPEND: can_suspend_task, Stop.RESUME: can_resume_task, Stop.CANCEL: can_cancel_task}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def stop(request: HttpRequest, task: str) -> HttpResponse:
    """Suspending a task, letting it go on, cancelling it: one page with what can be decided now."""
    found = visible_task(request, task)
    require(can_cancel_task(request.actor, found))
    form = StopForm(
        posted(request),
        initial={"form_token": new_token()},
        offered=[one for one, may in _ASKED.items() if may(request.actor, found)],
        is_signed=found.program.state in SIGNED_STATES,
        takes_deadline=found.state == TaskState.SUSPENDED and found.due_on is not None,
    )
    if request.method == "POST" and done(request, form, lambda: _decide(request, found, form)):
        return redirect("coordination:task-detail", task=found.slug)
    more = {"waiting": waiting_extension_of(found), "following": following_of(request.actor, found)}
    return act_page(request, "task_stop.html", found, form, **more)


def _decide(request: HttpRequest, task: Task, form: StopForm) -> str:
    """Do what was chosen; the answer says what follows from it."""
    chosen, code = Stop(form.cleaned_data["stop"]), {"code": task.short_code}
    grounds = {name: form.cleaned_data[name] for name in ("reason", "decision")}
    if chosen == Stop.SUSPEND:
        tasks.suspend(task, actor=request.actor, **grounds)
        return _("Task %(code)s is suspended; nothing is reported or reminded of until it is resumed.") % code
    if chosen == Stop.CANCEL:
        tasks.cancel(task, actor=request.actor, **grounds)
        return _("Task %(code)s is cancelled.") % code
    tasks.resume(task, actor=request.actor, new_due_on=form.cleaned_data.get("new_due_on"), **grounds)
    return _("Task %(code)s goes on.") % code
