"""The page on which a clerk reads, before anything is issued, whether a paper is laid out as its rules ask."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from records import clock
from records.errors import RuleBroken
from reports.checking.queries import check_now
from reports.documents.kinds import kind_at
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background


@require_safe
@member_required
@drawn_in_background
def check_paper(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Every rule of layout that applies to a paper as it stands today, with its clause and what was found."""
    row = kind_at(kind)
    subject = row.find(request.actor, key) if row else None
    if subject is None or row.is_table:
        raise Http404
    require(row.can_make(request.actor, subject))
    try:
        paper = row.build(subject, actor=request.actor, day=clock.today())
        check = check_now(paper)
    except (RuleBroken, RenderFailed) as refusal:
        now = isinstance(refusal, RenderFailed)
        status = HTTPStatus.SERVICE_UNAVAILABLE if now else HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "reports/issuing/not_made.html", {"reason": str(refusal)}, status=status)
    page = {"kind": row, "key": key, "paper": paper, "check": check}
    return render(request, "reports/checking/check.html", page)
