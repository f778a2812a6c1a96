from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer import services
from reports.composer.drafting import Counted, counted
from reports.composer.permissions import can_keep_report, can_write_report
from reports.composer.queries import contents_of, shifts
from reports.composer.views.frame import frame, report_or_404
from reports.documents.report_annexes import from_json, rows_changed


@dataclass(frozen=True)
class Reworded:
    """A block the portal would write otherwise now; an edited one keeps its text."""

    block: ReportBlock
    is_kept: bool


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def report_figures(request: HttpRequest, composed: int) -> HttpResponse:
    """What changed since the figures were frozen, number by number; applied when the writer says so."""
    found = report_or_404(request, composed)
    require(can_keep_report(request.actor, found))
    if request.method == "POST":
        require(can_write_report(request.actor, found))
        done = services.refresh_report(found, actor=request.actor)
        words = ngettext(
            "The figures are those of now; the portal wrote %(count)s part anew. What was edited by hand is kept.",
            "The figures are those of now; the portal wrote %(count)s parts anew. What was edited by hand is kept.",
            done.changed,
        )
        messages.success(request, words % {"count": done.changed})
        return redirect("reports:report-compose", found.pk)
    now, contents = counted(found, actor=request.actor), contents_of(found)
    frozen = found.frozen.first()
    page = frame(request, found, contents) | {
        "changed": shifts(contents.facts, now.facts),
        "rows_changed": [
            (contents_title(contents, key), count)
            for key, count in rows_changed(from_json(frozen.annexes), now.tables).items()
            if count
        ],
        "reworded": _reworded(found, now),
    }
    return render(request, "reports/composer/report_figures.html", page)


def contents_title(contents, key: str) -> str:
    """The heading of a block by its key."""
    return next((str(row.block) for row in contents.rows if row.block.key == key), key)


def _reworded(report: ComposedReport, now: Counted) -> list[Reworded]:
    words = {one.key: one.text for one in now.draft}
    return [
        Reworded(block, block.is_own)
        for block in report.blocks.all()
        if block.key in words and words[block.key] != block.generated
    ]
