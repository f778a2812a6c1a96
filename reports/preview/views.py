import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from records import clock
from records.errors import RuleBroken
from reports.documents.layout_profiles import PROFILES
from reports.exports import services
from reports.issuing.permissions import can_issue_paper
from reports.issuing.views import asked
from reports.preview.sheets import preview_of
from reports.preview.stylesheet import sheet_css

CANNOT_BE_MADE = 422


@require_safe
@member_required
def paper_preview(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A paper on the screen as it would be printed today; nothing is made or kept."""
    row, subject = asked(request, kind, key)
    require(row.can_make(request.actor, subject))
    may_issue = row.series is not None and can_issue_paper(request.actor, row, subject)
    page = {"kind": row, "key": key, "subject": subject, "may_issue": may_issue}
    try:
        paper = row.build(subject, actor=request.actor, day=clock.today())
    except RuleBroken as refusal:
        return render(request, "reports/preview/preview.html", {**page, "reason": str(refusal)}, status=CANNOT_BE_MADE)
    preview = preview_of(paper)
    return render(request, "reports/preview/preview.html", {**page, **preview.facts, "preview": preview})


@require_safe
@member_required
def paper_word(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """A paper as a Word file, to go on working on it."""
    row, subject = asked(request, kind, key)
    try:
        made = services.export_word(row, subject, actor=request.actor)
    except RuleBroken as refusal:
        back = reverse("reports:paper-preview", args=[kind, key])
        page = {"reason": str(refusal), "back": back, "link": _("Back to the paper")}
        return render(request, "reports/exports/not_made.html", page, status=CANNOT_BE_MADE)
    response = HttpResponse(made.content, content_type=made.kind.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def paper_style(request: HttpRequest, profile: str) -> HttpResponse:
    """The rules by which papers of a family are laid out, for the screen. It tells nothing of any paper."""
    rules = PROFILES.get(profile.upper())
    if rules is None:
        raise Http404
    css = sheet_css(rules)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, no-cache"
    response["ETag"] = f'"{hashlib.sha256(css.encode()).hexdigest()}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
