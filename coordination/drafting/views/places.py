"""Moving sections in the text, and tasks between sections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting import services
from coordination.drafting.forms import MoveForm, PlaceForm, TaskPlaceForm
from coordination.drafting.queries import tasks_in
from coordination.drafting.views.sections import section_page
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.fetch import program_or_404
from records.errors import RuleBroken

_LARGEST = 2**62


@require_POST
@member_required
def section_place(request: HttpRequest, program: str, section: int) -> HttpResponse:
    """Move a section one step, or into the section that was chosen."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    section = get_object_or_404(program.sections, pk=min(section, _LARGEST))
    is_step = "move" in request.POST
    form = MoveForm(request.POST) if is_step else PlaceForm(request.POST, program=program, section=section)
    if form.is_valid():
        act = services.move_section if is_step else services.place_section
        try:
            act(section, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Moved section %(section)s.") % {"section": section})
            return redirect("coordination:program-section-edit", program.slug, section.pk)
    return section_page(request, program, section, form)


@require_POST
@member_required
def section_task(request: HttpRequest, program: str, section: int) -> HttpResponse:
    """Move a task of this section to another one."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    section = get_object_or_404(program.sections, pk=min(section, _LARGEST))
    tasks = [task for task in tasks_in(request.actor, program) if task.section_id == section.pk]
    form = TaskPlaceForm(request.POST, program=program, tasks=tasks)
    if form.is_valid():
        task, target = form.chosen, form.cleaned_data["section"]
        try:
            services.move_task(task, actor=request.actor, revision=task.revision, section=target)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Moved task %(task)s.") % {"task": task.short_code})
            return redirect("coordination:program-section-edit", program.slug, section.pk)
    return section_page(request, program, section, form)
