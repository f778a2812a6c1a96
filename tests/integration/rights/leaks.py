"""A portal with four holes, so that the walk can show that it finds each of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from agencies.access.decisions import no, require
from coordination.models import Program, Task
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401 (Django looks for them here)
from portal.urls import urlpatterns as sound


def tells(request: HttpRequest, task: str) -> HttpResponse:
    """Shows the title of any task to anybody."""
    return HttpResponse(get_object_or_404(Task, code=task.upper()).title)


def hints(request: HttpRequest, task: str) -> HttpResponse:
    """Refuses a hidden task in other words than one that does not exist."""
    if not Task.objects.filter(code=task.upper()).exists():
        raise Http404
    answer = HttpResponse("Not for you", status=404)
    return answer


def writes(request: HttpRequest, program: str) -> HttpResponse:
    """Saves first and refuses afterwards."""
    Program.objects.filter(code=program.upper()).update(place="đã sửa")
    require(no("Too late to say so"))
    return HttpResponse()


def breaks(request: HttpRequest, task: str) -> HttpResponse:
    """Falls over a task that does not exist."""
    return HttpResponse(Task.objects.get(code=task.upper()).pk)


urlpatterns = [
    path("ho/ke/<str:task>/", tells, name="leak-tells"),
    path("ho/goi-y/<str:task>/", hints, name="leak-hints"),
    path("ho/ghi/<slug:program>/", writes, name="leak-writes"),
    path("ho/vo/<str:task>/", breaks, name="leak-breaks"),
    *sound,
]
