"""What the task form does by itself while someone types: keeping the text, saying what is vague, finding agencies.

Readers without scripts have buttons of the form for it.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.forms import TaskForm
from coordination.tasks.forms.unsaved import mark_of, typed_so_far
from coordination.tasks.forms.wording import WordingForm
from coordination.tasks.http import new_token, unless_answered
from coordination.tasks.models import Task, UnsavedTask
from coordination.tasks.permissions import can_edit_task
from coordination.tasks.views.choosing import chosen_program, programs_to_write
from coordination.tasks.views.reading import visible_task
from records import clock
from records.errors import RuleBroken


@require_POST
@member_required
def new_task_draft(request: HttpRequest) -> HttpResponse:
    """Keep what was typed into the form of a new task, or let it go where the button says so."""
    program = chosen_program(request, programs_to_write(request), request.POST.get("program", ""))
    return _kept(request, program, None, where=reverse("coordination:task-create"))


@require_POST
@member_required
def task_draft(request: HttpRequest, task: str) -> HttpResponse:
    """Keep what was typed into the form of a task, or let it go where the button says so."""
    found = visible_task(request, task)
    require(can_edit_task(request.actor, found))
    return _kept(request, found.program, found, where=reverse("coordination:task-edit", args=[found.slug]))


@require_safe
@member_required
def find_agencies(request: HttpRequest) -> HttpResponse:
    """The boxes of the agencies outside a program that the words find, and of those ticked already."""
    programs = programs_to_write(request)
    program = chosen_program(request, programs, request.GET.get("program", ""))
    asked = {
        "find_agency": request.GET.get("find_agency", "")[:100],
        "other_coordinators": request.GET.getlist("other_coordinators")[:200],
    }
    form = TaskForm(actor=request.actor, program=program, programs=programs, initial=asked)
    return render(request, "coordination/tasks/_found_agencies.html", {"form": form})


def keep_typed(request: HttpRequest, program: Program, task: Task | None) -> UnsavedTask | None:
    """What was typed, kept under the mark of its form; None where it says nothing yet or is saved already.

    Raises: NotAllowed; RuleBroken when it is too long.
    """
    mark, typed = mark_of(request.POST) or new_token(), typed_so_far(request.POST)
    return unless_answered(
        request, lambda: tasks.keep_unsaved_task(program, actor=request.actor, mark=mark, typed=typed, task=task)
    )


def _kept(request: HttpRequest, program: Program, task: Task | None, *, where: str) -> HttpResponse:
    """By script the line that tells when the text was kept, and what in it is vague; otherwise the form again."""
    if "drop" in request.POST:
        tasks.drop_unsaved_task(request.actor, mark=mark_of({"form_token": request.POST["drop"]}))
        messages.success(request, _("Dropped the text that was not saved."))
        return redirect(where)
    try:
        kept = keep_typed(request, program, task)
    except RuleBroken as refusal:
        page = {"reason": str(refusal), "advice": ()}
        return render(request, "coordination/tasks/_autosaved.html", page, status=422)
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(f"{where}?draft={kept.pk}" if kept else where)
    at = clock.told(kept.saved_at) if kept else None
    page = {"at": at, "advice": WordingForm(request.POST).advice}
    return render(request, "coordination/tasks/_autosaved.html", page)
