"""What every act on a task does with a form that was sent."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coordination.tasks.http import once
from coordination.tasks.models import Task
from coordination.tasks.queries import task_page
from records import clock
from records.errors import RuleBroken
from records.forms import PortalForm


def done(request: HttpRequest, form: PortalForm, act: Callable[[], str]) -> bool:
    """Whether the form was well filled and its act went through; a refusal is shown at its field."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, once(request, act))
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return False
    return True


def act_page(request: HttpRequest, template: str, task: Task, form: PortalForm, **more) -> HttpResponse:
    """The page of an act, beside the facts of its task; with errors it says so by its status."""
    today = clock.today()
    context = {"task": task, "page": task_page(request.actor, task, today=today), "form": form, "today": today, **more}
    return render(request, f"coordination/tasks/{template}", context, status=422 if form.errors else 200)
