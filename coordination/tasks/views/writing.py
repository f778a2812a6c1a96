from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import no, require
from agencies.access.http import member_required
from coordination.programs.http import year_of
from coordination.programs.models import Program
from coordination.tasks import services as tasks
from coordination.tasks.filters import TaskFilters
from coordination.tasks.forms import TaskForm
from coordination.tasks.forms.comparing import KEEP_PREFIX, differences, settled, typed_values
from coordination.tasks.forms.writing import initial_of
from coordination.tasks.http import new_token, once
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_create_task, can_edit_task
from coordination.tasks.queries import last_change, programs_open_to, same_section_tasks
from coordination.tasks.queries.lookups import SAME_SECTION_LIMIT
from coordination.tasks.views.reading import visible_task
from records.errors import Conflict, RuleBroken

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@_get_and_post
@member_required
def create(request: HttpRequest) -> HttpResponse:
    """A new task in a program the actor's agency is party to."""
    programs = list(programs_open_to(request.actor).prefetch_related("parties__agency", "sections"))
    if not programs:
        require(no(_("There is no program your agency may add tasks to.")))
    program = _chosen(programs, request)
    require(can_create_task(request.actor, program))
    form = _new_form(request, program, programs)
    if request.method == "POST" and form.is_bound and form.is_valid():
        try:
            where = once(request, lambda: _write(request, program, form))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Task %(code)s saved.") % {"code": where.rpartition("-")[2]})
            return redirect(_after_create(request, program, form, where))
    return _form_page(request, form, program)


@_get_and_post
@member_required
def edit(request: HttpRequest, task: str) -> HttpResponse:
    """What is planned about a task, changed; a change someone else made meanwhile is shown, never overwritten."""
    found = visible_task(request, task)
    require(can_edit_task(request.actor, found))
    saved = _edit_form(request, found, None)
    if request.method != "POST":
        return _form_page(request, saved, found.program, task=found)
    form = _edit_form(request, found, settled(request.POST, saved))
    if form.is_valid():
        try:
            tasks.edit_task(found, actor=request.actor, revision=_revision(form), draft=form.draft())
        except Conflict:
            return _conflict_page(request, form, found)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Task %(code)s saved.") % {"code": found.short_code})
            return redirect("coordination:task-detail", task=found.slug)
    return _form_page(request, form, found.program, task=found)


def _chosen(programs: list[Program], request: HttpRequest) -> Program:
    """The program asked for, else the first of the working year, else the newest."""
    asked = (request.POST or request.GET).get("program", "").lower()
    year = year_of(request)
    ranked = sorted(programs, key=lambda program: (program.slug != asked, program.year != year))
    return ranked[0]


def _new_form(request: HttpRequest, program: Program, programs: list[Program]) -> TaskForm:
    offered = {"actor": request.actor, "program": program, "programs": programs}
    if request.method == "POST" and "show_parties" not in request.POST:
        return TaskForm(request.POST, **offered)
    first = {"program": program.slug, "section": request.GET.get("section"), "area": request.GET.get("area")}
    if request.method == "POST":
        fields = TaskForm(**offered).fields
        first = {name: field.widget.value_from_datadict(request.POST, {}, name) for name, field in fields.items()}
    return TaskForm(initial={**first, "form_token": new_token()}, **offered)


def _edit_form(request: HttpRequest, task: Task, data: QueryDict | None) -> TaskForm:
    form = TaskForm(
        data, actor=request.actor, program=task.program, programs=[task.program], task=task, initial=initial_of(task)
    )
    form.fields["program"].widget = form.fields["program"].hidden_widget()
    return form


def _write(request: HttpRequest, program: Program, form: TaskForm) -> str:
    return tasks.create_task(program, actor=request.actor, draft=form.draft()).slug


def _after_create(request: HttpRequest, program: Program, form: TaskForm, where: str) -> str:
    if "again" not in request.POST:
        return reverse("coordination:task-detail", args=[where])
    same = {"program": program.slug, "section": form.cleaned_data["section"], "area": form.cleaned_data["area"]}
    return f"{reverse('coordination:task-create')}?{urlencode(same)}"


def _revision(form: TaskForm) -> int:
    typed = form.cleaned_data["revision"][:9]
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _form_page(request: HttpRequest, form: TaskForm, program: Program, task: Task | None = None) -> HttpResponse:
    section = form.chosen_section
    beside = same_section_tasks(request.actor, program, section, but=task)
    in_program = TaskFilters(year=program.year, programs=(program.slug,))
    context = {
        "form": form,
        "program": program,
        "task": task,
        "section": section,
        "parties": [party.agency.current_short_name for party in program.parties.all()],
        "same_section": list(beside[:SAME_SECTION_LIMIT]),
        "same_section_count": beside.count(),
        "same_section_url": f"{reverse('coordination:task-list')}{in_program.query}",
    }
    return render(request, "coordination/tasks/task_form.html", context, status=422 if form.errors else 200)


def _conflict_page(request: HttpRequest, form: TaskForm, task: Task) -> HttpResponse:
    """What the reader typed beside what is saved now, field by field; nothing typed is lost."""
    saved = _edit_form(request, task, None)
    context = {
        "task": task,
        "differences": differences(form, saved),
        "typed": typed_values(form),
        "keep_prefix": KEEP_PREFIX,
        "last": last_change(task),
    }
    return render(request, "coordination/tasks/task_conflict.html", context, status=409)
