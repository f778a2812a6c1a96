"""Step one: the page a table is sent from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake import services
from coordination.intake.enums import OWN_TABLE_COLUMNS, REQUIRED_COLUMNS
from coordination.intake.forms import TableForm
from coordination.intake.models import TaskTable
from coordination.intake.permissions import can_import_tasks
from coordination.programs.models import Program
from coordination.programs.views.fetch import program_or_404
from records.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def intake(request: HttpRequest, program: str) -> HttpResponse:
    """Send a file with a task table; it is looked at on the page that follows."""
    program = program_or_404(request, program)
    require(can_import_tasks(request.actor, program))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TableForm(*sent, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            table = _send(request, program, form)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("coordination:intake-check", table.pk)
    page = {"program": program, "form": form, "columns": OWN_TABLE_COLUMNS, "required": REQUIRED_COLUMNS}
    return render(request, "coordination/intake/intake_send.html", page, status=422 if form.errors else 200)


def _send(request: HttpRequest, program: Program, form: TableForm) -> TaskTable:
    upload, section = form.cleaned_data["file"], form.cleaned_data["section"]
    if not upload:
        pasted = form.cleaned_data["pasted"]
        return services.send_pasted(program, actor=request.actor, text=pasted, section=section)
    return services.send_table(
        program,
        actor=request.actor,
        name=upload.name,
        content=upload.file,
        size_bytes=upload.size,
        section=section,
    )
