from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from records.errors import RuleBroken
from records.forms import posted
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer import services
from reports.composer.drafting import Counted, counted
from reports.composer.forms import FiguresForm
from reports.composer.permissions import can_keep_report, can_write_report
from reports.composer.queries import Contents, contents_of, shifts
from reports.composer.services.rewriting import Rewritten
from reports.composer.views.frame import frame, report_or_404
from reports.documents.report_annexes import from_json, rows_changed

INVALID = 422


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
    form = FiguresForm(posted(request), initial={"cut_off_on": found.cut_off_on})
    if request.method == "POST":
        require(can_write_report(request.actor, found))
        if done := _refreshed(request, found, form):
            _tell(request, done)
            return redirect("reports:report-compose", found.pk)
    now, contents = counted(found, actor=request.actor), contents_of(found)
    titles = _titles(contents, now)
    frozen = found.frozen.first()
    page = frame(request, found, contents) | {
        "changed": shifts(contents.facts, now.facts),
        "rows_changed": [
            (titles[key], count) for key, count in rows_changed(from_json(frozen.annexes), now.tables).items() if count
        ],
        "reworded": _reworded(found, now),
        "form": form,
        "form_failed": bool(form.errors),
    }
    status = INVALID if form.errors else 200
    return render(request, "reports/composer/report_figures.html", page, status=status)


def _refreshed(request: HttpRequest, report: ComposedReport, form: FiguresForm) -> Rewritten | None:
    """What the portal wrote anew; None where the day is refused, which the form then says."""
    if form.is_valid():
        try:
            return services.refresh_report(report, actor=request.actor, cut_off_on=form.cleaned_data["cut_off_on"])
        except RuleBroken as refusal:
            form.add_refusal(refusal)
    return None


def _tell(request: HttpRequest, done: Rewritten) -> None:
    words = ngettext(
        "The figures are those of now; the portal wrote %(count)s part anew. What was edited by hand is kept.",
        "The figures are those of now; the portal wrote %(count)s parts anew. What was edited by hand is kept.",
        done.changed,
    )
    messages.success(request, words % {"count": done.changed})


def _titles(contents: Contents, now: Counted) -> dict[str, str]:
    """The headings of all parts by key, of those the report has and of those it would get."""
    return {one.key: one.heading for one in now.draft} | {row.block.key: str(row.block) for row in contents.rows}


def _reworded(report: ComposedReport, now: Counted) -> list[Reworded]:
    words = {one.key: one.text for one in now.draft}
    return [
        Reworded(block, block.is_own)
        for block in report.blocks.all()
        if block.key in words and words[block.key] != block.generated
    ]
