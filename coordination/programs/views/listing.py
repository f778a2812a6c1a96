"""The list of programs and the page that creates one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs import services
from coordination.programs.enums import ProgramState
from coordination.programs.forms import CreateForm
from coordination.programs.http import year_of
from coordination.programs.permissions import can_create_program
from coordination.programs.queries import program_rows, years_of
from records.errors import RuleBroken


@require_safe
@member_required
def program_list(request: HttpRequest) -> HttpResponse:
    """The programs of a year, filtered by state and words in the address."""
    year = year_of(request)
    states = [state for state in request.GET.getlist("status") if state in ProgramState.values]
    words = request.GET.get("q", "")[:200]
    page = {
        "year": year,
        "years": sorted({*years_of(request.actor, to_come=True), year}, reverse=True),
        "rows": program_rows(request.actor, year=year, states=states, words=words),
        "states": ProgramState,
        "chosen": states,
        "words": words,
        "is_filtered": bool(states or words.strip()),
        "may_create": can_create_program(request.actor),
    }
    return render(request, "coordination/programs/program_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def program_create(request: HttpRequest) -> HttpResponse:
    """Open the draft of a program; its text is written on the page that follows."""
    require(can_create_program(request.actor))
    form = CreateForm(request.POST or None, actor=request.actor, initial=CreateForm.usual(year_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            program = services.create_program(actor=request.actor, **form.facts())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Created the draft %(code)s. Now write its text.") % {"code": program.code})
            return redirect("coordination:program-edit", program.slug)
    status = 422 if form.errors else 200
    page = {"form": form, "year": year_of(request)}
    return render(request, "coordination/programs/program_create.html", page, status=status)
