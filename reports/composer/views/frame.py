"""What stands around every page of a report being written, and how its rows are fetched."""

from django.http import Http404, HttpRequest
from django.urls import reverse

from agencies.access.decisions import require, unseen
from reports.composed.models import ComposedReport, ReportBlock
from reports.composer.drafting import facts_now
from reports.composer.permissions import can_decide_report, can_submit_report, can_write_report
from reports.composer.queries import Contents, contents_of, is_issued, paper_address, shifts
from reports.issuing.permissions import issues_for

_LARGEST = 1 << 62


def report_or_404(request: HttpRequest, number: int) -> ComposedReport:
    """The report of an address among those the reader sees.

    Raises: Http404; NotAllowed for what was sent, so that the log tells of it.
    """
    seen = ComposedReport.objects.visible_to(request.actor)
    rows = seen.select_related("issuer", "unit", "conference", "program__drafting_agency", "moved_by__agency")
    found = rows.filter(pk=number).first() if number < _LARGEST else None
    return found or _missing(request)


def block_or_404(request: HttpRequest, report: ComposedReport, number: int) -> ReportBlock:
    """A block of a report.

    Raises: as `report_or_404`.
    """
    return block_of(request, report, number) or _missing(request)


def block_of(request: HttpRequest, report: ComposedReport, number: int) -> ReportBlock | None:
    """A block of a report the reader sees; None where it has none such."""
    seen = ReportBlock.objects.visible_to(request.actor).filter(report=report)
    return seen.filter(pk=number).first() if number < _LARGEST else None


def _missing(request: HttpRequest):
    if request.method == "POST":
        require(unseen())
    raise Http404


def frame(request: HttpRequest, report: ComposedReport, contents: Contents | None = None) -> dict:
    """The report with its contents, when its figures were frozen, what changed since, and what the reader may do."""
    contents = contents or contents_of(report)
    may_write = can_write_report(request.actor, report)
    frozen = report.frozen.defer("annexes", "counts").first()
    slug, key = paper_address(report)
    issued = not report.status.is_open and is_issued(report)
    waits = report.status.value == "submitted" and not issued
    return {
        "report": report,
        "title": title_of(report),
        "contents": contents,
        "frozen": frozen,
        "shifts": shifts(contents.facts, facts_now(report, actor=request.actor)) if may_write else [],
        "may_write": may_write,
        "may_submit": bool(can_submit_report(request.actor, report)),
        "may_decide": waits and bool(can_decide_report(request.actor, report)),
        "may_issue": report.status.value == "approved" and not issued and issues_for(request.actor, report.issuer_id),
        "is_issued": issued,
        "paper": {"slug": slug, "key": key, "url": reverse("reports:paper-preview", args=[slug, key])},
    }


def title_of(report: ComposedReport) -> str:
    """How the report is called on its pages."""
    return str(report.about.title if report.conference_id else report.program.short_title)
