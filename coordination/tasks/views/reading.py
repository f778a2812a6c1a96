from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.tasks import services
from coordination.tasks.models import Evidence, Task
from coordination.tasks.queries import history_of, task_page
from coordination.tasks.queries.whole import whole_task
from records import clock
from records.audit.http import place_in_log
from records.files.enums import FileKind


@require_safe
@member_required
def detail(request: HttpRequest, task: str) -> HttpResponse:
    """One task with all that happened to it."""
    found = visible_task(request, task)
    page = task_page(request.actor, found, today=clock.today())
    return render(request, "coordination/tasks/task_detail.html", {"task": found, "page": page, "today": clock.today()})


@require_safe
@member_required
def history(request: HttpRequest, task: str) -> HttpResponse:
    """What happened to one task, newest first, with the values before and after."""
    found = visible_task(request, task)
    page = {
        "task": found,
        "standing": found.standing_on(clock.today()),
        "history": history_of(found, **place_in_log(request)),
    }
    return render(request, "coordination/tasks/task_history.html", page)


@require_safe
@member_required
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of evidence, always as a download under its own name."""
    rows = Evidence.objects.visible_to(request.actor).select_related(
        "file", "report__task__program", "part__role__task"
    )
    found = get_object_or_404(rows, pk=pk)
    try:
        content = services.hand_over_evidence(found, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        content, as_attachment=True, filename=found.file.name, content_type=FileKind(found.file.kind).media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def visible_task(request: HttpRequest, slug: str) -> Task:
    """The task of an address, if the actor sees it."""
    found = whole_task(request.actor, slug.upper())
    if found is None:
        raise Http404
    return found
