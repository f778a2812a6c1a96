from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from reports.composer.queries import contents_of, history_of
from reports.composer.views.blocks import block_page
from reports.composer.views.frame import report_or_404, title_of


@require_safe
@member_required
def report_compose(request: HttpRequest, composed: int) -> HttpResponse:
    """The report opened where something is missing, otherwise at its beginning."""
    found = report_or_404(request, composed)
    contents = contents_of(found)
    row = next(iter(contents.missing), contents.rows[0])
    return block_page(request, found, row.block, contents=contents)


@require_safe
@member_required
def report_history(request: HttpRequest, composed: int) -> HttpResponse:
    """What happened to a report and to its blocks."""
    found = report_or_404(request, composed)
    told = history_of(found, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    page = {"report": found, "title": title_of(found), "history": told}
    return render(request, "reports/composer/report_history.html", page)
