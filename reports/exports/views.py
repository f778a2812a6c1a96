from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.views.doors import find
from coordination.consultation.models import ConsultationRound
from coordination.consultation.permissions import can_view_consultation
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_drafting
from coordination.versions.queries import chosen, editions_of
from records.errors import RuleBroken
from records.files.enums import FileKind
from reports.exports import services
from reports.exports.services import Exported
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background

CANNOT_BE_MADE, CANNOT_BE_MADE_NOW = 422, 503


@require_safe
@member_required
def comment_table_docx(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """The table of comments and answers as a Word file."""
    return _exported(request, program, round, FileKind.DOCX)


@require_safe
@member_required
@drawn_in_background
def comment_table_pdf(request: HttpRequest, program: str, round: int) -> HttpResponse:
    """The table of comments and answers as a PDF."""
    return _exported(request, program, round, FileKind.PDF)


@require_safe
@member_required
@drawn_in_background
def comparison_pdf(request: HttpRequest, program: str, older: str, newer: str) -> HttpResponse:
    """Two versions of a program set side by side, as a PDF."""
    found = _program(request, program)
    require(can_view_drafting(request.actor, found))
    pair = chosen(editions_of(found, actor=request.actor), older, newer)
    if pair is None:
        raise Http404
    back = reverse("coordination:program-comparison", args=[found.slug])
    return _file(
        request,
        lambda: services.export_comparison(found, *pair, actor=request.actor),
        back=f"{back}?{urlencode({'from': older, 'to': newer})}",
        link=_("Back to the comparison"),
    )


@require_safe
@member_required
@drawn_in_background
def invitations_pdf(request: HttpRequest, conference: str) -> HttpResponse:
    """The invitations of all seats of a conference in one PDF."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    return _file(
        request,
        lambda: services.export_invitations(found, actor=request.actor),
        back=reverse("coordination:conference-people", args=[found.slug]),
        link=_("Back to the conference"),
    )


def _exported(request: HttpRequest, slug: str, number: int, kind: FileKind) -> HttpResponse:
    round = _round(request, slug, number)
    return _file(
        request,
        lambda: services.export_comments(round, actor=request.actor, kind=kind),
        back=f"{reverse('coordination:consultation', args=[round.program.slug])}?round={round.number}",
        link=_("Back to the comments"),
    )


def _file(request: HttpRequest, make: Callable[[], Exported], *, back: str, link: str) -> HttpResponse:
    """The file, or a page that says why there is none and leads back."""
    try:
        made = make()
    except (RuleBroken, RenderFailed) as refusal:
        status = CANNOT_BE_MADE_NOW if isinstance(refusal, RenderFailed) else CANNOT_BE_MADE
        page = {"reason": str(refusal), "back": back, "link": link}
        return render(request, "reports/exports/not_made.html", page, status=status)
    response = HttpResponse(made.content, content_type=made.kind.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["Cache-Control"] = "private, no-cache"
    return response


def _program(request: HttpRequest, slug: str) -> Program:
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    return get_object_or_404(programs.prefetch_related("parties__agency"), code=slug.upper())


def _round(request: HttpRequest, slug: str, number: int) -> ConsultationRound:
    program = _program(request, slug)
    require(can_view_consultation(request.actor, program))
    rounds = ConsultationRound.objects.visible_to(request.actor).select_related("version")
    round = get_object_or_404(rounds, program=program, number=number)
    round.program = program
    return round
