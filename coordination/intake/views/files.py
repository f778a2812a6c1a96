"""The workbooks handed out: the template of a program, and a table sent in with notes on what to mend."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake.permissions import can_import_tasks, can_take_in
from coordination.intake.queries import areas_for, names_for, table_page
from coordination.intake.views.fetch import table_or_404
from coordination.programs.views.fetch import program_or_404
from records.errors import RuleBroken
from records.files.enums import FileKind


@require_safe
@member_required
def intake_template(request: HttpRequest, program: str) -> HttpResponse:
    """The workbook to fill in for a program, with its agencies and areas as drop-downs."""
    from coordination.intake.writing.template import template_workbook

    program = program_or_404(request, program)
    require(can_import_tasks(request.actor, program))
    names = names_for(request.actor, program)
    content = template_workbook(
        code=program.code,
        year=max(program.year, program.period_start.year),
        parties=[agency.current_name for agency in names.parties],
        agencies=[agency.current_name for agency in [*names.parties, *names.others]],
        areas=[area.name for area in areas_for(program).areas],
    )
    return workbook_response(content, f"mau-nhiem-vu-{program.slug}.xlsx")


@require_safe
@member_required
def intake_notes(request: HttpRequest, table: int) -> HttpResponse:
    """The table as it was sent, with every fault at its cell, to mend and send again."""
    from coordination.intake.writing.notes import notes_workbook

    found = table_or_404(request, table)
    require(can_take_in(request.actor, found))
    try:
        shown = table_page(found, actor=request.actor, sheet=request.GET.get("sheet", ""))
    except RuleBroken as unreadable:
        raise Http404 from unreadable
    name = f"can-sua-{found.file.name.rpartition('.')[0]}.xlsx"
    return workbook_response(notes_workbook(shown.grid, shown.preview), name)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download under its name."""
    response = HttpResponse(content, content_type=FileKind.XLSX.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
