from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from reports.dashboard.paper import services
from reports.dashboard.paper.asked import Asked, asked_by
from reports.dashboard.paper.sheet import facts_of, sheet_of
from reports.documents.layout_profiles import ND30
from reports.exports.services import Exported
from reports.pdf.errors import RenderFailed
from reports.preparing.http import drawn_in_background

CANNOT_BE_MADE_NOW = 503


@require_safe
@member_required
def dashboard_print(request: HttpRequest) -> HttpResponse:
    """The dashboard on sheets as they would be printed; nothing is made or kept."""
    asked = asked_by(request)
    sheet = sheet_of(asked.dashboard, asked.actor, remarks=asked.remarks)
    return render(
        request, "reports/dashboard/print.html", {**facts_of(sheet), "profile": ND30, "query": _query(request)}
    )


@require_safe
@member_required
@drawn_in_background
def dashboard_pdf(request: HttpRequest) -> HttpResponse:
    """The dashboard as a PDF."""
    return _file(request, services.export_pdf)


@require_safe
@member_required
def dashboard_xlsx(request: HttpRequest) -> HttpResponse:
    """The dashboard as a workbook with live totals."""
    return _file(request, services.export_xlsx)


def _file(request: HttpRequest, make: Callable[[Asked], Exported]) -> HttpResponse:
    try:
        made = make(asked_by(request))
    except RenderFailed as refusal:
        return _refused(request, refusal)
    response = HttpResponse(made.content, content_type=made.kind.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name)
    response["Cache-Control"] = "private, no-cache"
    return response


def _refused(request: HttpRequest, refusal: RenderFailed) -> HttpResponse:
    """A page that says why there is none and leads back."""
    page = {"reason": str(refusal), "back": reverse("reports:dashboard"), "link": _("Back to the dashboard")}
    return render(request, "reports/exports/not_made.html", page, status=CANNOT_BE_MADE_NOW)


def _query(request: HttpRequest) -> str:
    """The address's own filters, to be carried to the files."""
    return f"?{request.GET.urlencode()}" if request.GET else ""
