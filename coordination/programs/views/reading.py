"""Reading a program: its text, its papers, its history."""

from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.programs.models import Program
from coordination.programs.permissions import can_edit_program, can_take_step, can_view_drafting, can_view_paper
from coordination.programs.queries import (
    by_section,
    history_of,
    missing_in_print,
    outline_of,
    overview_of,
    shown_tasks,
)
from coordination.programs.queries.foundation import foundation_lines
from coordination.programs.views.fetch import program_or_404
from records import clock
from records.audit.http import place_in_log


@require_safe
@member_required
def program_detail(request: HttpRequest, program: str) -> HttpResponse:
    """The text with the tasks of each section; beside it signing, progress, facts and what is missing."""
    program = program_or_404(request, program)
    prefetch_related_objects([program], "legal_bases", "sections")
    tasks = list(shown_tasks(program, actor=request.actor))
    below = by_section(tasks)
    page = frame(request, program, "detail", tasks=tasks)
    stand = page["overview"].stand
    page |= {
        "outline": [(entry, below.get(entry.section.pk, [])) for entry in outline_of(program)],
        "bases": program.legal_bases.all(),
        "foundations": foundation_lines(program),
        "missing": missing_in_print(program, stand.slots if stand else ()),
    }
    return render(request, "coordination/programs/program_detail.html", page)


@require_safe
@member_required
def program_tasks(request: HttpRequest, program: str) -> HttpResponse:
    """The tasks of the program are the task list filtered by it, section by section, in the year of it that runs."""
    program = program_or_404(request, program)
    year = min(max(clock.today().year, program.period_start.year), program.period_end.year)
    query = urlencode({"year": year, "program": program.slug, "group": "section"})
    return redirect(f"{reverse('coordination:task-list')}?{query}")


@require_safe
@member_required
def program_documents(request: HttpRequest, program: str) -> HttpResponse:
    """The papers issued of the program, and the paper as it would be printed now."""
    program = program_or_404(request, program)
    documents = program.documents.visible_to(request.actor).select_related("file", "issued_by__agency", "withdrawal")
    may_issue = can_take_step(request.actor, program)
    page = frame(request, program, "documents") | {"documents": documents, "may_issue": may_issue}
    return render(request, "coordination/programs/program_documents.html", page)


@require_safe
@member_required
def program_history(request: HttpRequest, program: str) -> HttpResponse:
    """What happened to the program, newest first, and its versions."""
    program = program_or_404(request, program)
    versions = program.versions.visible_to(request.actor).select_related("locked_by__agency").defer("snapshot")
    page = frame(request, program, "history") | {
        "history": history_of(request.actor, program, **place_in_log(request)),
        "versions": versions.order_by("-locked_at", "-pk"),
        "may_compare": can_view_drafting(request.actor, program),
    }
    return render(request, "coordination/programs/program_history.html", page)


def frame(request: HttpRequest, program: Program, tab: str, **read) -> dict:
    """What the head and the tabs of a program's pages show; `read` is what the page has read of it already."""
    return {
        "program": program,
        "overview": overview_of(program, actor=request.actor, today=clock.today(), **read),
        "may_edit": can_edit_program(request.actor, program),
        "may_read_paper": can_view_paper(request.actor, program),
        "tab": tab,
    }
