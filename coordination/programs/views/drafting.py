"""Writing a draft and moving it on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs import services
from coordination.programs.forms import EditForm, SectionForm
from coordination.programs.forms.facts import stored_facts
from coordination.programs.forms.text import stored_section
from coordination.programs.models import Program, Section
from coordination.programs.permissions import can_edit_program
from coordination.programs.queries import outline_of
from coordination.programs.views.conflicts import conflict_page
from coordination.programs.views.fetch import program_or_404
from coordination.programs.views.steps import next_steps, take_step
from coordination.programs.workflow import EDITABLE_STATES
from records.errors import Conflict, RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_edit(request: HttpRequest, program: str) -> HttpResponse:
    """The drafting page: facts, text and the next step."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    form = EditForm(request.POST or None, actor=request.actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_program(program, actor=request.actor, revision=form.cleaned_data["revision"], **form.facts())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _facts_conflict(request, program, form, conflict)
        else:
            messages.success(request, _("Saved the facts of %(code)s.") % {"code": program.code})
            return redirect("coordination:program-edit", program.slug)
    return edit_page(request, program, form)


@require_POST
@member_required
def program_step(request: HttpRequest, program: str) -> HttpResponse:
    """Take the step the button names; what stops it is shown on the drafting page."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    step, form = take_step(request, program)
    if step is None:
        return edit_page(request, program, EditForm(actor=request.actor, program=program), failed=form)
    messages.success(request, step.done)
    target = "coordination:program-signing" if step.opens_signing else "coordination:program-edit"
    return redirect(target, program.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section_add(request: HttpRequest, program: str) -> HttpResponse:
    """Add a section to the text."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    form = SectionForm(request.POST or None, program=program)
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        try:
            section = services.write_section(program, actor=request.actor, **values)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved section %(section)s.") % {"section": section})
            return redirect(f"{_edit_url(program)}#noi-dung-chuong-trinh")
    return _section_page(request, program, form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def section_edit(request: HttpRequest, program: str, section: int) -> HttpResponse:
    """Change one section of the text."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    section = get_object_or_404(program.sections, pk=section)
    form = SectionForm(request.POST or None, program=program, section=section)
    if request.method == "POST" and form.is_valid():
        try:
            section = services.edit_section(section, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _section_conflict(request, program, section, form, conflict)
        else:
            messages.success(request, _("Saved section %(section)s.") % {"section": section})
            return redirect(f"{_edit_url(program)}#noi-dung-chuong-trinh")
    return _section_page(request, program, form, section)


def edit_page(request: HttpRequest, program: Program, form: EditForm, failed=None) -> HttpResponse:
    """The drafting page with the facts form and, where a step failed, the form of that step."""
    page = {
        "program": program,
        "form": form,
        "failed": failed,
        "is_open": program.state in EDITABLE_STATES,
        "outline": outline_of(program),
        "steps": next_steps(request.actor, program, failed),
    }
    bad = form.errors or failed is not None
    return render(request, "coordination/programs/program_edit.html", page, status=422 if bad else 200)


def _section_page(
    request: HttpRequest, program: Program, form: SectionForm, section: Section | None = None
) -> HttpResponse:
    page = {
        "program": program,
        "form": form,
        "section": section,
        "is_open": program.state in EDITABLE_STATES,
        "outline": outline_of(program),
    }
    return render(request, "coordination/programs/section_form.html", page, status=422 if form.errors else 200)


def _facts_conflict(request: HttpRequest, program: Program, form: EditForm, conflict: Conflict) -> HttpResponse:
    program = program_or_404(request, program.slug)
    again = _with_revision(request, program.revision)
    return conflict_page(
        request,
        program,
        reason=conflict,
        mine=form,
        stored=stored_facts(program),
        again=EditForm(again, actor=request.actor, program=program),
        url=_edit_url(program),
    )


def _section_conflict(
    request: HttpRequest, program: Program, section: Section, form: SectionForm, conflict: Conflict
) -> HttpResponse:
    program, section = program_or_404(request, program.slug), program.sections.get(pk=section.pk)
    again = _with_revision(request, section.revision)
    return conflict_page(
        request,
        program,
        reason=conflict,
        mine=form,
        stored=stored_section(section),
        again=SectionForm(again, program=program, section=section),
        url=reverse("coordination:program-section-edit", args=[program.slug, section.pk]),
    )


def _with_revision(request: HttpRequest, revision: int):
    """What was typed, over the newest revision: saving it again is then a choice, no accident."""
    typed = request.POST.copy()
    typed["revision"] = str(revision)
    return typed


def _edit_url(program: Program) -> str:
    return reverse("coordination:program-edit", args=[program.slug])
