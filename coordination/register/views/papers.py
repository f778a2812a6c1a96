"""The paper of a program: its number, its issue, the draft that amends it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.permissions import can_assign_number
from coordination.programs.services.doors import must_be_in
from coordination.programs.views.fetch import program_or_404
from coordination.programs.workflow import NUMBERED_STATES
from coordination.register import services
from coordination.register.forms import AmendForm, IssueForm, NumberForm
from coordination.register.permissions import can_amend, can_issue
from coordination.register.queries import amended_by, next_amendment_number, proposal_for, under_way
from coordination.register.services.amending import AMENDED_STATES
from coordination.register.services.papers import ISSUING_STATES
from coordination.register.views.doors import accepted, form_page
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_number(request: HttpRequest, program: str) -> HttpResponse:
    """Give the paper its number and symbol; the next one of the series is proposed."""
    program = program_or_404(request, program)
    require(can_assign_number(request.actor, program))
    must_be_in(program, NUMBERED_STATES)
    proposal = proposal_for(program)
    form = NumberForm(posted(request), proposal=proposal)
    if accepted(request, form, lambda: services.assign_number(program, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("Saved the number of the paper."))
        return redirect("coordination:program-signing", program.slug)
    return form_page(request, "number_form.html", form, program=program, proposal=proposal)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_issue(request: HttpRequest, program: str) -> HttpResponse:
    """Record when and to whom the program was sent out."""
    program = program_or_404(request, program)
    require(can_issue(request.actor, program))
    must_be_in(program, ISSUING_STATES)
    form = IssueForm(posted(request), program=program)
    if accepted(request, form, lambda: services.issue(program, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The issue of %(code)s is recorded.") % {"code": program.code})
        return redirect("coordination:program-detail", program.slug)
    return form_page(request, "issue_form.html", form, program=program)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_amend(request: HttpRequest, program: str) -> HttpResponse:
    """Begin the draft that amends the program."""
    program = program_or_404(request, program)
    require(can_amend(request.actor, program))
    must_be_in(program, AMENDED_STATES)
    first = amended_by(program)
    number, open_one = next_amendment_number(first), under_way(first)
    form = AmendForm(posted(request), first=first, number=number, open_one=open_one)
    drafts = []
    if accepted(
        request, form, lambda: drafts.append(services.amend(program, actor=request.actor, **form.cleaned_data))
    ):
        words = _("Created the draft %(code)s. Now write what changes.")
        messages.success(request, words % {"code": drafts[0].code})
        return redirect("coordination:program-edit", drafts[0].slug)
    return form_page(request, "amend_form.html", form, program=program, first=first, number=number, open_one=open_one)
