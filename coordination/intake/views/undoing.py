"""Taking an import back, for a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake import services
from coordination.intake.forms import UndoForm
from coordination.intake.models import TaskTable
from coordination.intake.permissions import can_undo_take_in
from coordination.intake.queries.undoing import moved_on_since, rows_that_stay, rows_to_undo, undo_until
from coordination.intake.views.fetch import table_or_404
from coordination.tasks.http import new_token, once
from records.errors import Conflict, Refusal, RuleBroken

_REFUSED, _CHANGED = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def intake_undo(request: HttpRequest, table: int) -> HttpResponse:
    """What undoing takes back, and the word to do it."""
    found = table_or_404(request, table)
    require(can_undo_take_in(request.actor, found))
    if request.method != "POST":
        return _page(request, found)

    def undo() -> str:
        services.undo_take_in(found, actor=request.actor)
        return "undone"

    try:
        once(request, undo)
    except Conflict as conflict:
        return _page(request, table_or_404(request, found.pk), conflict, _CHANGED)
    except RuleBroken as refusal:
        return _page(request, found, refusal, _REFUSED)
    return redirect("coordination:intake-check", found.pk)


def _page(request: HttpRequest, table: TaskTable, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    rows = rows_to_undo(table)
    page = {
        "table": table,
        "program": table.program,
        "added": [row for row in rows if row.is_addition],
        "changed": [row for row in rows if not row.is_addition],
        "reported": rows_that_stay(table),
        "moved": moved_on_since(rows),
        "until": undo_until(table),
        "form": UndoForm(initial={"form_token": new_token()}),
        "refusal": refusal,
    }
    return render(request, "coordination/intake/intake_undo.html", page, status=status)
