"""The page where the drafting secretary says by whose rules the paper is laid out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs import services
from coordination.programs.forms import PaperRulesForm
from coordination.programs.permissions import can_choose_paper_rules
from coordination.programs.queries import layout_of
from coordination.programs.services.doors import must_be_in
from coordination.programs.views.fetch import program_or_404
from coordination.programs.workflow import LAYOUT_STATES
from records.errors import RuleBroken
from records.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_paper_rules(request: HttpRequest, program: str) -> HttpResponse:
    """Choose by whose rules the paper of a program is laid out."""
    program = program_or_404(request, program)
    require(can_choose_paper_rules(request.actor, program))
    must_be_in(program, LAYOUT_STATES)
    layout = layout_of(program)
    form = PaperRulesForm(posted(request), layout=layout)
    if form.is_valid():
        try:
            services.choose_paper_rules(program, actor=request.actor, rules=form.cleaned_data["rules"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The layout of the paper is saved."))
            return redirect("coordination:program-signing", program.slug)
    page = {"program": program, "layout": layout, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "coordination/programs/program_paper_rules.html", page, status=status)
