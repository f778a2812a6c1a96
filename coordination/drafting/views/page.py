"""The drafting page: the facts of the program, the contents of its text and the next step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.drafting.views.frame import frame
from coordination.programs import services as programs
from coordination.programs.forms import EditForm
from coordination.programs.forms.facts import stored_facts
from coordination.programs.models import Program
from coordination.programs.permissions import can_edit_program
from coordination.programs.views.conflicts import conflict_page
from coordination.programs.views.fetch import program_or_404
from coordination.programs.views.steps import next_steps, take_step
from records.errors import Conflict, RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_edit(request: HttpRequest, program: str) -> HttpResponse:
    """The drafting page: facts, text and the next step."""
    program = program_or_404(request, program)
    require(can_edit_program(request.actor, program))
    form = EditForm(posted(request), actor=request.actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            programs.edit_program(program, actor=request.actor, revision=form.cleaned_data["revision"], **form.facts())
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


def edit_page(request: HttpRequest, program: Program, form: EditForm, failed=None) -> HttpResponse:
    """The drafting page with the facts form and, where a step failed, the form of that step."""
    page = frame(request, program) | {
        "form": form,
        "failed": failed,
        "steps": next_steps(request.actor, program, failed),
    }
    bad = form.errors or failed is not None
    return render(request, "coordination/drafting/program_edit.html", page, status=422 if bad else 200)


def _facts_conflict(request: HttpRequest, program: Program, form: EditForm, conflict: Conflict) -> HttpResponse:
    program = program_or_404(request, program.slug)
    again = request.POST.copy()
    again["revision"] = str(program.revision)
    return conflict_page(
        request,
        program,
        reason=conflict,
        mine=form,
        stored=stored_facts(program),
        again=EditForm(again, actor=request.actor, program=program),
        url=reverse("coordination:program-edit", args=[program.slug]),
    )
