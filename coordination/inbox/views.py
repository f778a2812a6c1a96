from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.inbox import queries
from coordination.tasks.forms import ProgressForm
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_report_progress
from coordination.tasks.queries import parts_of, with_everything
from coordination.tasks.views.reporting import progress_form, progress_page, save_progress
from records import clock


@dataclass(frozen=True)
class Opened:
    """The row in which progress is being reported."""

    task: Task
    form: ProgressForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What the member has to do, most pressing first; `?update=` opens the report of one task in its row."""
    opened = _opened(request)
    if opened and save_progress(request, opened.task, opened.form):
        return redirect("coordination:my-work")
    if opened is None and request.method == "POST":
        require(unseen())
    today = clock.today()
    work = queries.my_work(request.actor, today)
    if opened and not work.shows(opened.task):
        return _on_its_own_page(request, opened)
    context = {"work": work, "today": today, "opened": opened}
    failed = opened is not None and opened.form.errors
    return render(request, "coordination/inbox/my_work.html", context, status=422 if failed else 200)


def _on_its_own_page(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A task that has no row here is reported on its own page, with what was typed."""
    if request.method != "POST":
        return redirect("coordination:task-progress", task=opened.task.slug)
    return progress_page(request, opened.task, opened.form, parts_of(request.actor, opened.task))


def _opened(request: HttpRequest) -> Opened | None:
    """The task whose row is open; None where the address names none the member may report on."""
    code = request.GET.get("update", "").upper()
    task = with_everything(Task.objects.visible_to(request.actor)).filter(code=code).first() if code else None
    if task is None:
        return None
    may = can_report_progress(request.actor, task)
    if request.method == "POST":
        require(may)
    return Opened(task, progress_form(request, task, parts_of(request.actor, task))) if may else None
