from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from agencies.access.http import member_required
from coordination.lists import services as lists
from coordination.lists.enums import PAGE_SIZES, ListColumn
from coordination.lists.filters import TaskFilters
from coordination.lists.forms import filters_of_view
from coordination.lists.http import filters_asked, options_sought
from coordination.lists.permissions import acts_offered_to
from coordination.lists.queries import pinned_views, task_list
from coordination.tasks.permissions import writes_tasks
from records import clock
from records.files.enums import FileKind


@require_safe
@member_required
def listed(request: HttpRequest) -> HttpResponse:
    """The year's tasks, narrowed by what the address says."""
    filters, form = filters_asked(request)
    saved = [(view, filters_of_view(view.query, year=filters.year)) for view in pinned_views(request.actor)]
    today, page = clock.today(), request.GET.get("page", 1)
    context = {
        "tasks": task_list(request.actor, filters, today=today, page=page, saved=saved, sought=options_sought(request)),
        "filter_form": form,
        "can_create": writes_tasks(request.actor),
        "acts": acts_offered_to(request.actor),
        "all_columns": [column for column in ListColumn if column != ListColumn.TITLE],
        "sizes": PAGE_SIZES,
        "today": today,
    }
    return render(request, "coordination/lists/task_list.html", context)


@require_POST
@member_required
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list shows, all pages of it, as a workbook or as comma-separated text; the filters stand in the address.

    Why a form and no link: taking a list out is written into the log.
    """
    filters, _form = filters_asked(request)
    taken = lists.export_list(filters, actor=request.actor)
    if kind == "csv":
        response = StreamingHttpResponse(taken.as_csv(), content_type="text/csv; charset=utf-8")
    else:
        response = StreamingHttpResponse(taken.as_xlsx(), content_type=FileKind.XLSX.media_type)
    response["Content-Disposition"] = content_disposition_header(True, _file_name(filters, kind))
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(filters: TaskFilters, kind: str) -> str:
    return slugify(f"nhiem-vu-{filters.year}-{clock.today():%Y-%m-%d}") + f".{kind}"
