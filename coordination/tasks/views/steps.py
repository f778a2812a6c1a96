from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.tasks import services as tasks
from coordination.tasks.forms.steps import ReopenStepForm, StepForm
from coordination.tasks.http import new_token
from coordination.tasks.models import Task, TaskStep
from coordination.tasks.permissions import can_reopen_step, can_report_step
from coordination.tasks.views.posting import act_page, done
from coordination.tasks.views.reading import visible_task
from records import clock
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def step(request: HttpRequest, task: str, step: int) -> HttpResponse:
    """Saying that a step is done; where it is said already, taking it back."""
    found = visible_task(request, task)
    one = _step_of(found, step)
    if one.done_on is not None:
        require(can_reopen_step(request.actor, one))
        return _reopen(request, found, one)
    require(can_report_step(request.actor, one))
    first = {"done_on": clock.today(), "form_token": new_token()}
    form = StepForm(posted(request), initial=first)

    def report() -> str:
        typed = {name: form.cleaned_data[name] for name in ("done_on", "result")}
        tasks.report_step(one, actor=request.actor, **typed)
        return _("Saved: “%(step)s” is done.") % {"step": one.name}

    if request.method == "POST" and done(request, form, report):
        return redirect("coordination:task-detail", task=found.slug)
    return act_page(request, "task_step.html", found, form, step=one)


def _reopen(request: HttpRequest, task: Task, step: TaskStep) -> HttpResponse:
    form = ReopenStepForm(posted(request), initial={"form_token": new_token()})

    def reopen() -> str:
        tasks.reopen_step(step, actor=request.actor, reason=form.cleaned_data["reason"])
        return _("“%(step)s” is open again.") % {"step": step.name}

    if request.method == "POST" and done(request, form, reopen):
        return redirect("coordination:task-detail", task=task.slug)
    return act_page(request, "task_step.html", task, form, step=step)


def _step_of(task: Task, pk: int) -> TaskStep:
    """The step of an address, where it is one of this task's."""
    found = next((step for step in task.steps.all() if step.pk == pk), None)
    if found is None:
        raise Http404
    found.task = task
    return found
