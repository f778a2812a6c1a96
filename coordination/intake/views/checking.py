"""Step two and three: the table as it would be taken in, and the word to do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake import services
from coordination.intake.forms import TableForm, TakeInForm, WorkbookForm
from coordination.intake.models import TaskTable
from coordination.intake.permissions import CLOSED_TO_TASKS, can_take_in
from coordination.intake.queries import TablePage, table_page, undo_until
from coordination.intake.views.fetch import table_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, Refusal, RuleBroken

_REFUSED, _CHANGED = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def intake_check(request: HttpRequest, table: int) -> HttpResponse:
    """What each row becomes; with the word to import, all of them are written or none."""
    found = table_or_404(request, table)
    if request.method == "POST":
        return _take_in(request, found)
    if _is_open(found):
        require(can_take_in(request.actor, found))
    return _page(request, found)


def _take_in(request: HttpRequest, table: TaskTable) -> HttpResponse:
    form = TakeInForm(request.POST)
    if not form.is_valid():
        return _page(request, table, RuleBroken(_("Look at the table, then import.")), _REFUSED)
    typed = form.cleaned_data

    def take_in() -> str:
        tasks = services.take_in(table, actor=request.actor, digest=typed["digest"], sheet=typed["sheet"])
        return str(len(tasks))

    try:
        once(request, take_in)
    except Conflict as conflict:
        return _page(request, table_or_404(request, table.pk), conflict, _CHANGED)
    except RuleBroken as refusal:
        return _page(request, table, refusal, _REFUSED)
    return redirect("coordination:intake-check", table.pk)


def _is_open(table: TaskTable) -> bool:
    is_closed = table.program_id and table.program.state in CLOSED_TO_TASKS
    return table.taken_in_at is None and not is_closed


def _page(request: HttpRequest, table: TaskTable, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    shown = None
    if table.taken_in_at is None:
        shown, refusal, status = _shown(request, table, refusal, status)
    page = {
        "table": table,
        "program": table.program,
        "shown": shown,
        "refusal": refusal,
        "is_open": _is_open(table),
        "undo_until": undo_until(table),
        "form": _confirmation(shown),
        "another": _another(table),
    }
    return render(request, "coordination/intake/intake_check.html", page, status=status)


def _shown(
    request: HttpRequest, table: TaskTable, refusal: Refusal | None, status: int
) -> tuple[TablePage | None, Refusal | None, int]:
    asked = request.GET if request.method == "GET" else request.POST
    wanted = {name: asked.get(name, "") for name in ("sheet", "view", "page")}
    try:
        shown = table_page(table, actor=request.actor, sheet=wanted["sheet"], view=wanted["view"], page=wanted["page"])
    except RuleBroken as unreadable:
        return None, unreadable, max(status, _REFUSED)
    return shown, refusal, status


def _another(table: TaskTable) -> TableForm | WorkbookForm:
    if table.program_id is None:
        return WorkbookForm(auto_id="again_%s")
    return TableForm(program=table.program, initial={"section": table.section_id}, auto_id="again_%s")


def _confirmation(shown: TablePage | None) -> TakeInForm | None:
    if shown is None or not shown.preview.can_be_taken_in:
        return None
    first = {"digest": shown.preview.digest, "sheet": shown.sheet, "form_token": new_token()}
    return TakeInForm(initial=first)
