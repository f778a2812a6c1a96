"""Step two and three: the table as it would be taken in, and the word to do it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake import services
from coordination.intake.forms import TableForm, TakeInForm
from coordination.intake.models import TaskTable
from coordination.intake.permissions import CLOSED_TO_TASKS, can_take_in
from coordination.intake.queries import TablePage, table_page
from coordination.programs.views.fetch import program_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, Refusal, RuleBroken

_REFUSED, _CHANGED = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def intake_check(request: HttpRequest, program: str, table: int) -> HttpResponse:
    """What each row becomes; with the word to import, all of them are written or none."""
    program = program_or_404(request, program)
    found = table_or_404(request, program.slug, table)
    if request.method == "POST":
        return _take_in(request, found)
    if program.state not in CLOSED_TO_TASKS:
        require(can_take_in(request.actor, found))
    return _page(request, found)


def table_or_404(request: HttpRequest, program: str, table: int) -> TaskTable:
    """A table the actor sent; someone else's is as unknown as one that was never sent."""
    tables = TaskTable.objects.visible_to(request.actor).select_related(
        "file", "section", "program__unit", "program__drafting_agency"
    )
    return get_object_or_404(tables.filter(program__code=program.upper()), pk=table)


def _take_in(request: HttpRequest, table: TaskTable) -> HttpResponse:
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, table, RuleBroken(_("Look at the table, then import.")), _REFUSED)
    typed = form.cleaned_data

    def take_in() -> str:
        tasks = services.take_in(table, actor=request.actor, digest=typed["digest"], sheet=typed["sheet"])
        told = {"count": len(tasks), "code": table.program.code}
        return ngettext("Added %(count)s task to %(code)s.", "Added %(count)s tasks to %(code)s.", len(tasks)) % told

    try:
        messages.success(request, once(request, take_in))
    except Conflict as conflict:
        return _page(request, table_or_404(request, table.program.slug, table.pk), conflict, _CHANGED)
    except RuleBroken as refusal:
        return _page(request, table, refusal, _REFUSED)
    return redirect(f"{reverse('coordination:task-list')}?program={table.program.slug}&year={table.program.year}")


def _page(request: HttpRequest, table: TaskTable, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    asked = request.GET if request.method == "GET" else request.POST
    try:
        shown = table_page(
            table,
            actor=request.actor,
            sheet=asked.get("sheet", ""),
            view=asked.get("view", ""),
            page=asked.get("page", ""),
        )
    except RuleBroken as unreadable:
        shown, refusal, status = None, unreadable, max(status, _REFUSED)
    page = {
        "table": table,
        "program": table.program,
        "shown": shown,
        "refusal": refusal,
        "is_open": table.taken_in_at is None and table.program.state not in CLOSED_TO_TASKS,
        "form": _confirmation(shown),
        "another": TableForm(program=table.program, initial={"section": table.section_id}, auto_id="again_%s"),
    }
    return render(request, "coordination/intake/intake_check.html", page, status=status)


def _confirmation(shown: TablePage | None) -> TakeInForm | None:
    if shown is None or not shown.preview.can_be_taken_in:
        return None
    first = {"digest": shown.preview.digest, "sheet": shown.sheet, "form_token": new_token()}
    return TakeInForm(initial=first)
