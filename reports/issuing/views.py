import hashlib
from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.programs.http import year_of
from coordination.programs.models import Program
from records import clock
from records.errors import Refusal, RuleBroken
from records.forms import posted
from reports.documents.enums import PaperKind
from reports.documents.kinds import Kind, kind_at, kind_of
from reports.issuing import services
from reports.issuing.forms import PaperNumberForm
from reports.issuing.models import IssuedDocument
from reports.issuing.permissions import can_issue_paper, can_view_reports
from reports.issuing.proposals import issue_of, proposal_for
from reports.issuing.queries import report_page
from reports.issuing.rendering import Rendered
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background

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
@drawn_in_background
def program_pdf(request: HttpRequest, program: str) -> HttpResponse:
    """The program's paper as it stands today."""
    found = _program(request, program)
    return _served(request, lambda: services.export_program(found, actor=request.actor))


@require_safe
@member_required
@drawn_in_background
def conference_report(request: HttpRequest, conference: str) -> HttpResponse:
    """The conference's report, its figures judged on the day of the conference."""
    row, subject = asked(request, kind_of(PaperKind.CONFERENCE_REPORT).slug, conference)
    return _served(request, lambda: services.export_paper(row, subject, actor=request.actor))


@require_safe
@member_required
@drawn_in_background
def paper_pdf(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A paper of any kind as it stands today."""
    row, subject = asked(request, kind, key)
    return _served(request, lambda: services.export_paper(row, subject, actor=request.actor))


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
@drawn_in_background
def issue_program(request: HttpRequest, program: str) -> HttpResponse:
    """Issue the program's paper."""
    found = _program(request, program)
    return _issued(request, lambda: services.issue_program(found, actor=request.actor))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
@drawn_in_background
def issue_paper(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Give an agency's own paper its number, day and signer, then issue it under them."""
    row, subject = asked(request, kind, key)
    require(can_issue_paper(request.actor, row, subject))
    if row.series is None:
        raise Http404
    issue = issue_of(row, subject)
    proposal = proposal_for(row, subject, issue.given, today=clock.today())
    form = PaperNumberForm(posted(request), kind=row.code, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            document = _numbered_and_issued(request, row, subject, form)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except RenderFailed as refusal:
            return _not_made(request, refusal)
        else:
            messages.success(request, _("Issued: %(title)s") % {"title": document.title})
            return redirect("reports:report-list")
    page = {"kind": row, "key": key, "form": form, "form_failed": bool(form.errors), "issue": issue}
    status = CANNOT_BE_MADE if form.errors else HTTPStatus.OK
    return render(request, "reports/issuing/issue_paper.html", page | {"proposal": proposal}, status=status)


def asked(request: HttpRequest, kind: str, key: str) -> tuple[Kind, Model]:
    """The kind and the subject an address names, where the reader sees it.

    Raises: Http404; NotAllowed for what was sent, so that the log tells of it.
    """
    row = kind_at(kind)
    subject = row.find(request.actor, key) if row else None
    if subject is None:
        if request.method == "POST":
            require(unseen())
        raise Http404
    return row, subject


@transaction.atomic
def _numbered_and_issued(request: HttpRequest, kind: Kind, subject: Model, form: PaperNumberForm) -> IssuedDocument:
    """Both or neither: a paper that cannot be issued takes no number."""
    services.number_paper(kind, subject, actor=request.actor, **form.values())
    return services.issue_paper(kind, subject, actor=request.actor)


def _program(request: HttpRequest, slug: str) -> Program:
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    return get_object_or_404(programs, code=slug.upper())


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
