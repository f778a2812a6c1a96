from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.forms import TaskForm
from coordination.tasks.forms.beginning import first_values, initial_of
from coordination.tasks.forms.comparing import KEEP_PREFIX, differences, opened_marks, settled, typed_values
from coordination.tasks.forms.unsaved import as_initial, as_sent, mark_of
from coordination.tasks.http import new_token, once
from coordination.tasks.models import Task, UnsavedTask
from coordination.tasks.permissions import can_edit_task
from coordination.tasks.queries import last_change, same_section_tasks
from coordination.tasks.queries.entering import last_entry, unsaved_tasks
from coordination.tasks.queries.lookups import SAME_SECTION_LIMIT
from coordination.tasks.views.choosing import chosen_program, programs_to_write
from coordination.tasks.views.reading import visible_task
from coordination.tasks.views.unsaved import keep_typed
from records.errors import Conflict, RuleBroken

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])
# Buttons that show the form again, with other choices in it, and save nothing.
_SHOW_AGAIN = ("show_parties", "find_agencies")


@_get_and_post
@member_required
def create(request: HttpRequest) -> HttpResponse:
    """A new task in a program the actor's agency is party to."""
    programs = programs_to_write(request)
    kept = _asked_draft(request, None)
    asked = kept.program.slug if kept else (request.POST or request.GET).get("program", "")
    program = chosen_program(request, programs, asked)
    last = _last_entry(request, program)
    form = _new_form(request, program, programs, kept=kept, last=last)
    if _is_sent_by(request, "keep"):
        return _keep(request, form, program)
    if form.is_bound and form.is_valid():
        try:
            where = once(request, lambda: _write(request, program, form))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            _say_saved(request, where.rpartition("-")[2], form)
            return redirect(_after_create(request, program, where))
    return _form_page(request, form, program, kept=kept, last=None if kept else last)


@_get_and_post
@member_required
def edit(request: HttpRequest, task: str) -> HttpResponse:
    """What is planned about a task, changed; a change someone else made meanwhile is shown, never overwritten."""
    found = visible_task(request, task)
    require(can_edit_task(request.actor, found))
    if request.method != "POST" or _is_sent_by(request, *_SHOW_AGAIN):
        kept = _asked_draft(request, found)
        return _form_page(request, _reopened(request, found, kept), found.program, task=found, kept=kept)
    form = _edit_form(request, found, _settled(request, found))
    if _is_sent_by(request, "keep"):
        return _keep(request, form, found.program, found)
    if form.is_valid():
        try:
            once(request, lambda: _change(request, found, form))
        except Conflict:
            return _conflict_page(request, form, found)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            _say_saved(request, found.short_code, form)
            return redirect("coordination:task-detail", task=found.slug)
    return _form_page(request, form, found.program, task=found)


def _asked_draft(request: HttpRequest, task: Task | None) -> UnsavedTask | None:
    """The unsaved text the address asks back, if it is the actor's own and of this task."""
    asked = request.GET.get("draft", "")
    if request.method == "POST" or not (asked.isascii() and asked.isdigit() and len(asked) < 18):
        return None
    return unsaved_tasks(request.actor, task).filter(pk=int(asked)).first()


def _last_entry(request: HttpRequest, program: Program) -> Task | None:
    """The entry whose values the new one begins with; none where the address asks for an empty form."""
    return None if request.method == "POST" or "blank" in request.GET else last_entry(request.actor, program)


def _is_sent_by(request: HttpRequest, *buttons: str) -> bool:
    return request.method == "POST" and any(button in request.POST for button in buttons)


def _new_form(
    request: HttpRequest, program: Program, programs: list[Program], *, kept: UnsavedTask | None, last: Task | None
) -> TaskForm:
    offered = {"actor": request.actor, "program": program, "programs": programs}
    if request.method == "POST" and not _is_sent_by(request, *_SHOW_AGAIN):
        return TaskForm(request.POST, **offered)
    if request.method == "POST" or kept:
        data = as_sent(kept.typed) if kept else request.POST
        first = as_initial(TaskForm(**offered), data) | {"form_token": kept.mark if kept else mark_of(data)}
        return TaskForm(initial=first | {"form_token": first["form_token"] or new_token()}, **offered)
    in_a_row = last is not None and request.GET.get("after", "") == last.slug
    first = first_values(program, actor=request.actor, asked=request.GET.dict(), last=last, in_a_row=in_a_row)
    form = TaskForm(initial={**first, "form_token": new_token()}, **offered)
    if in_a_row:
        form.fields["title"].widget.attrs["autofocus"] = True
    return form


def _edit_form(request: HttpRequest, task: Task, data: QueryDict | None, **initial) -> TaskForm:
    first = {**initial_of(task), "form_token": new_token(), **initial}
    form = TaskForm(data, actor=request.actor, program=task.program, programs=[task.program], task=task, initial=first)
    form.fields["program"].widget = form.fields["program"].hidden_widget()
    if data is None:
        form.initial.setdefault("opened", opened_marks(form))
    return form


def _settled(request: HttpRequest, task: Task) -> QueryDict:
    """What was sent; where it answers the page of both versions, with the saved values its reader chose."""
    answers = any(key.startswith(KEEP_PREFIX) for key in request.POST)
    return settled(request.POST, _edit_form(request, task, None)) if answers else request.POST


def _reopened(request: HttpRequest, task: Task, kept: UnsavedTask | None) -> TaskForm:
    """The form of a saved task, with what was typed in it where there is something to go on from."""
    saved = _edit_form(request, task, None)
    if request.method == "POST":
        return _edit_form(
            request, task, None, **as_initial(saved, request.POST) | {"form_token": mark_of(request.POST)}
        )
    if kept is None:
        return saved
    return _edit_form(request, task, None, **as_initial(saved, as_sent(kept.typed)) | {"form_token": kept.mark})


def _keep(request: HttpRequest, form: TaskForm, program: Program, task: Task | None = None) -> HttpResponse:
    """The button that keeps a draft: the form again, with the text in it."""
    here = reverse("coordination:task-edit", args=[task.slug]) if task else reverse("coordination:task-create")
    try:
        kept = keep_typed(request, program, task)
    except RuleBroken as refusal:
        form.add_refusal(refusal)
        return _form_page(request, form, program, task=task)
    if kept is None:
        messages.info(request, _("Nothing is unsaved"))
        return redirect(here)
    messages.success(request, _("Kept the text as your draft. It is not yet saved as a task."))
    return redirect(f"{here}?draft={kept.pk}")


def _write(request: HttpRequest, program: Program, form: TaskForm) -> str:
    task = tasks.create_task(program, actor=request.actor, draft=form.draft())
    tasks.drop_unsaved_task(request.actor, mark=mark_of(request.POST))
    return task.slug


def _change(request: HttpRequest, task: Task, form: TaskForm) -> str:
    tasks.edit_task(task, actor=request.actor, revision=_revision(form), draft=form.draft())
    tasks.drop_unsaved_task(request.actor, mark=mark_of(request.POST))
    return task.slug


def _say_saved(request: HttpRequest, code: str, form: TaskForm) -> None:
    """That the task is saved, and what in it could be clearer: said once, refused never."""
    messages.success(request, _("Task %(code)s saved.") % {"code": code})
    if advice := form.advice:
        said = " ".join(one.words for one in advice)
        messages.info(request, _("To make task %(code)s clearer: %(advice)s") % {"code": code, "advice": said})


def _after_create(request: HttpRequest, program: Program, where: str) -> str:
    if "again" not in request.POST:
        return reverse("coordination:task-detail", args=[where])
    return f"{reverse('coordination:task-create')}?{urlencode({'program': program.slug, 'after': where})}"


def _revision(form: TaskForm) -> int:
    typed = form.cleaned_data["revision"][:9]
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _form_page(
    request: HttpRequest,
    form: TaskForm,
    program: Program,
    *,
    task: Task | None = None,
    kept: UnsavedTask | None = None,
    last: Task | None = None,
) -> HttpResponse:
    section = form.chosen_section
    beside = same_section_tasks(request.actor, program, section, but=task)
    in_program = urlencode({"year": program.year, "program": program.slug})
    here = form["form_token"].value()
    context = {
        "form": form,
        "program": program,
        "task": task,
        "kept": kept,
        "last": last,
        "unsaved": [] if form.is_bound else list(unsaved_tasks(request.actor, task).exclude(mark=here)),
        "section": section,
        "parties": [party.agency.current_short_name for party in program.parties.all()],
        "same_section": list(beside[:SAME_SECTION_LIMIT]),
        "same_section_count": beside.count(),
        "same_section_url": f"{reverse('coordination:task-list')}?{in_program}",
    }
    return render(request, "coordination/tasks/task_form.html", context, status=422 if form.errors else 200)


def _conflict_page(request: HttpRequest, form: TaskForm, task: Task) -> HttpResponse:
    """What the reader typed beside what is saved now, field by field; nothing typed is lost, even by leaving."""
    with suppress(RuleBroken):  # far longer than any task: the page itself holds it
        keep_typed(request, task.program, task)
    saved = _edit_form(request, task, None)
    context = {
        "task": task,
        "differences": differences(form, saved),
        "typed": typed_values(form),
        "opened": saved["opened"].value(),
        "mark": mark_of(request.POST) or new_token(),
        "keep_prefix": KEEP_PREFIX,
        "last": last_change(task),
    }
    return render(request, "coordination/tasks/task_conflict.html", context, status=409)
