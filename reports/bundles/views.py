from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies.access.http import member_required
from records.errors import RuleBroken
from reports.bundles import services


@require_POST
@member_required
def take_papers(request: HttpRequest, year: int) -> HttpResponse:
    """Have all papers of a year packed into one file; the page of the job tells how far it is and hands it over."""
    try:
        job = services.ask_for_papers(year, actor=request.actor, asked_from=reverse("reports:report-list"))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report-list")
    return redirect("job", job.pk)
