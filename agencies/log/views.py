"""The system log for administrators, and the history of an agency for everyone who sees it."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.log import services
from agencies.log.forms import filters_from
from agencies.log.permissions import can_export_log, can_view_log
from agencies.log.queries import MOST_COUNTED, counted, entries_found, history_of, log_seen_by, row_of
from agencies.models import Agency
from records import clock
from records.audit.http import place_in_log
from records.audit.queries import stretch_of


@require_safe
@member_required
def log_list(request: HttpRequest) -> HttpResponse:
    """The entries the actor sees, newest first, narrowed by what the address says."""
    require(can_view_log(request.actor))
    filters, form = filters_from(request.GET)
    entries = entries_found(request.actor, filters)
    stretch = stretch_of(entries, **place_in_log(request))
    number = counted(entries)
    page = {
        "rows": [row_of(entry) for entry in stretch.entries],
        "stretch": stretch,
        "number": min(number, MOST_COUNTED),
        "is_more": number > MOST_COUNTED,
        "filters": filters,
        "form": form,
        "may_export": can_export_log(request.actor),
    }
    return render(request, "agencies/log/log_list.html", page)


@require_safe
@member_required
def log_entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """All that one entry tells."""
    require(can_view_log(request.actor))
    entry = get_object_or_404(log_seen_by(request.actor), sequence=sequence)
    return render(request, "agencies/log/log_entry.html", {"row": row_of(entry), "entry": entry})


@require_POST
@member_required
def log_export(request: HttpRequest) -> StreamingHttpResponse:
    """The entries the page shows, as a file; the filters stand in the address."""
    filters, _form = filters_from(request.GET)
    lines = services.export_log(filters, actor=request.actor)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"nhat-ky-{clock.today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@member_required
def agency_history(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """What happened to one agency, its posts and their holders, newest first."""
    rows = Agency.objects.visible_to(request.actor).select_related("unit")
    found = get_object_or_404(rows, unit__code__iexact=unit, code=agency)
    page = {"agency": found, "history": history_of(found, **place_in_log(request))}
    return render(request, "agencies/log/agency_history.html", page)
