"""The jobs one has asked for: how far they are, what came of them, trying again what failed."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access.http import member_required
from portal.whom_to_ask import keepers_of_the_portal
from records import clock
from records.errors import RuleBroken
from records.jobs import services
from records.jobs.enums import KEPT, MOST_TRIES
from records.jobs.http import MADE_BY_KEY, WAITING_KEY
from records.jobs.models import Job
from records.jobs.queries import ahead_of, unattended_since


@require_safe
@member_required
def job_list(request: HttpRequest) -> HttpResponse:
    """What one has asked for in the last week, the newest first."""
    jobs = [_told(job) for job in Job.objects.visible_to(request.actor)]
    return render(request, "portal/job_list.html", {"jobs": jobs, "kept_days": KEPT.days})


@require_safe
@member_required
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One job. Whoever waits for a page is led to it as soon as it can be opened."""
    job = _job(request, pk)
    if job.is_done and WAITING_KEY in request.GET and _leads_on(job):
        return redirect(_after(job))
    return render(request, "portal/job.html", {**_told(job), **_awaited(job), "kept_days": KEPT.days})


@require_safe
@member_required
def job_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a job is: the part of its page that changes while it is looked at."""
    job = _job(request, pk)
    return render(request, "portal/_job_state.html", {**_told(job), **_awaited(job)})


@require_safe
@member_required
def job_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that came of a job, always as a download under its own name."""
    job = _job(request, pk)
    try:
        content = services.hand_over_result(job, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=job.result_name, content_type=job.result_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@member_required
def job_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again what could not be made."""
    job = _job(request, pk)
    try:
        services.retry(job, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('job', args=[job.pk])}?{WAITING_KEY}=1")


def _job(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.actor), pk=pk)


def _told(job: Job) -> dict[str, Any]:
    """What the pages say of a job."""
    left = job.time_left(clock.machine_now())
    return {
        "job": job,
        "asked_at": clock.told(job.asked_at),
        "tries_again_at": clock.told(job.due_at) if job.is_unfinished and not job.is_running and job.reason else None,
        "tries_left": MOST_TRIES - job.attempts,
        "time_left": _spoken(left.total_seconds()) if left else "",
        "leads_on": _leads_on(job),
        "after": _after(job),
        "posted": job.values.get("posted"),
        "can_be_retried": job.is_failed or job.is_gone,
    }


def _awaited(job: Job) -> dict[str, Any]:
    """What comes before a job, or whom to tell that nobody takes it up."""
    since = unattended_since(job)
    if since is None:
        return {"ahead": ahead_of(job)}
    return {"unattended_since": clock.told(since), "keepers": keepers_of_the_portal()}


def _leads_on(job: Job) -> bool:
    """Whether a page waits behind the job that is opened by going there; a form has to be sent by a person."""
    return bool(_after(job)) and "posted" not in job.values


def _after(job: Job) -> str:
    """The page behind the job, told which job made it ready; nothing where it does not lie within the portal."""
    if not job.leads_to or not url_has_allowed_host_and_scheme(job.leads_to, allowed_hosts=None):
        return ""
    return f"{job.leads_to}{'&' if '?' in job.leads_to else '?'}{MADE_BY_KEY}={job.pk}"


def _spoken(seconds: float) -> str:
    """About how long something still takes, in whole minutes above one."""
    if seconds < 60:
        return _("less than a minute")
    return _("about %(minutes)s minutes") % {"minutes": round(seconds / 60)}
