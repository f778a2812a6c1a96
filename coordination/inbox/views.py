from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from coordination.inbox import queries
from records import clock


@require_safe
@member_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What the member has to do, most pressing first."""
    today = clock.today()
    context = {"work": queries.my_work(request.actor, today), "today": today}
    return render(request, "coordination/inbox/my_work.html", context)
