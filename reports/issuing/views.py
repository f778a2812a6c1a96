import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences.models import Conference
from coordination.programs.http import year_of
from coordination.programs.models import Program
from records import clock
from records.errors import Refusal, RuleBroken
from reports.issuing import services
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_view_reports
from reports.issuing.queries import report_page
from reports.issuing.rendering import Rendered, cut_off_of
from reports.pdf.errors import RenderFailed

CANNOT_BE_MADE, CANNOT_BE_MADE_NOW = 422, 503


@require_safe
@member_required
def report_list(request: HttpRequest) -> HttpResponse:
    """The papers of the working year: to print, and as they were issued."""
    require(can_view_reports(request.actor))
    year = year_of(request)
    page = report_page(request.actor, year)
    return render(request, "reports/issuing/report_list.html", {"page": page, "year": year})


@require_safe
@member_required
def program_pdf(request: HttpRequest, program: str) -> HttpResponse:
    """The program's paper as it stands today."""
    found = _program(request, program)
    return _served(request, lambda: services.export_program(found, actor=request.actor))


@require_safe
@member_required
def conference_report(request: HttpRequest, conference: str) -> HttpResponse:
    """The conference's report, its figures judged on the day of the conference."""
    found = _conference(request, conference)
    cut_off = cut_off_of(found, today=clock.today())
    return _served(request, lambda: services.export_conference_report(found, actor=request.actor, cut_off=cut_off))


@require_safe
@member_required
def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued paper: the very bytes that were kept."""
    papers = IssuedDocument.objects.visible_to(request.actor).select_related("file")
    document = get_object_or_404(papers, pk=pk)
    try:
        content = services.hand_over_document(document, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    return _pdf(request, content, document.file.name)


@require_POST
@member_required
def issue_program(request: HttpRequest, program: str) -> HttpResponse:
    """Issue the program's paper."""
    found = _program(request, program)
    return _issued(request, lambda: services.issue_program(found, actor=request.actor))


@require_POST
@member_required
def issue_conference_report(request: HttpRequest, conference: str) -> HttpResponse:
    """Issue the conference's report."""
    found = _conference(request, conference)
    cut_off = cut_off_of(found, today=clock.today())
    return _issued(request, lambda: services.issue_conference_report(found, actor=request.actor, cut_off=cut_off))


def _program(request: HttpRequest, slug: str) -> Program:
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    return get_object_or_404(programs, code=slug.upper())


def _conference(request: HttpRequest, slug: str) -> Conference:
    conferences = Conference.objects.visible_to(request.actor).select_related("organiser", "unit")
    return get_object_or_404(conferences.at_address(slug))


def _served(request: HttpRequest, make: Callable[[], Rendered]) -> HttpResponse:
    """The PDF, or a page that says why there is none."""
    try:
        made = make()
    except (RuleBroken, RenderFailed) as refusal:
        return _not_made(request, refusal)
    return _pdf(request, made.content, made.file_name)


def _issued(request: HttpRequest, issue: Callable[[], IssuedDocument]) -> HttpResponse:
    """Back to the list with the paper issued, or a page that says why it was not."""
    try:
        document = issue()
    except (RuleBroken, RenderFailed) as refusal:
        return _not_made(request, refusal)
    messages.success(request, _("Issued: %(title)s") % {"title": document.title})
    return redirect("reports:report-list")


def _pdf(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    """Shown in the browser, or handed over as a file with ?download=1; unchanged bytes are not sent twice."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header("download" in request.GET, name)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _not_made(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status = CANNOT_BE_MADE_NOW if isinstance(refusal, RenderFailed) else CANNOT_BE_MADE
    return render(request, "reports/issuing/not_made.html", {"reason": str(refusal)}, status=status)
