"""Saying once what the columns of an office's own table hold."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.intake import services
from coordination.intake.enums import REQUIRED_COLUMNS
from coordination.intake.forms import ColumnsForm
from coordination.intake.permissions import can_tell_columns
from coordination.intake.queries.grids import grids_of, likeliest
from coordination.intake.queries.layouts import lines_shown
from coordination.intake.views.fetch import sheet_of, table_or_404
from records.errors import RuleBroken


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def intake_columns(request: HttpRequest, table: int) -> HttpResponse:
    """The columns of a sheet, each with what it holds; the answer is remembered for the agency."""
    found = table_or_404(request, table)
    require(can_tell_columns(request.actor, found))
    asked = request.POST if request.method == "POST" else request.GET
    try:
        grids = grids_of(found.file)
    except RuleBroken as unreadable:
        raise Http404 from unreadable
    place = sheet_of(asked.get("sheet", ""), len(grids))
    place = likeliest(grids) if place is None else place
    shown = lines_shown(grids[place], request.actor, row=asked.get("row", ""))
    first = {"sheet": place, "row": shown.line.number}
    form = ColumnsForm(request.POST if request.method == "POST" else None, shown=shown.columns, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.tell_columns(found, actor=request.actor, shown=shown, columns=form.told())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Columns saved. Tables of your agency with the same head are read this way."))
            return redirect(f"{reverse('coordination:intake-check', args=[found.pk])}?sheet={place}")
    page = {
        "table": found,
        "program": found.program,
        "grids": grids,
        "sheet": place,
        "shown": shown,
        "form": form,
        "required": REQUIRED_COLUMNS,
    }
    return render(request, "coordination/intake/intake_columns.html", page, status=422 if form.errors else 200)
