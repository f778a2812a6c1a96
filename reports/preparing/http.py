"""Views whose paper may have to be drawn first: then by a job, while the reader sees how far it is.

A paper that was drawn before is served at once. Any other is written down and asked for; the reader is sent to the page
of the job, which leads back here as soon as it is done.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from records.errors import RuleBroken
from records.jobs.http import MADE_BY_KEY, WAITING_KEY
from records.jobs.models import Job
from records.jobs.services import enqueue
from reports.pdf import store
from reports.pdf.errors import NotDrawnYet
from reports.pdf.store import Order
from reports.preparing.drawing import DRAW_PAPER

View = Callable[..., HttpResponse]
_TOO_MANY = 503
_MOST_FIELDS, _MOST_LETTERS, _LONGEST_NUMBER = 40, 20_000, 18


def drawn_in_background(view: View) -> View:
    """Let a job draw what the view needs drawn; the view itself draws nothing while somebody waits for the answer.

    Rule: R-JOB-6. A form that was sent is sent again by its writer once the paper is drawn, with the same fields.
    Why the view may draw after all: for one who comes back from the job, a second wait would be a wait without end;
    and files or long texts that were sent cannot be sent again.
    """

    @wraps(view)
    def prepared(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if _comes_from_its_job(request) or not _can_be_sent_again(request):
            return view(request, *args, **kwargs)
        try:
            with store.drawing_later():
                return view(request, *args, **kwargs)
        except NotDrawnYet as needed:
            order = needed.order
        try:
            job = _asked(request, order)
        except RuleBroken as refusal:
            page = {"reason": str(refusal), "back": reverse("job-list"), "link": _("Files asked for")}
            return render(request, "reports/exports/not_made.html", page, status=_TOO_MANY)
        if job.is_done:
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('job', args=[job.pk])}?{WAITING_KEY}=1")

    return prepared


def _asked(request: HttpRequest, order: Order) -> Job:
    """The job that draws what is ordered; one that is done begins again, since the paper is no longer there."""
    came_from, goes_to = urlsplit(request.headers.get("Referer", "")), request.get_full_path()
    sent = {"posted": _sent(request)} if request.method == "POST" else {}
    return enqueue(
        DRAW_PAPER,
        actor=request.actor,
        key=f"{store.lay_down(order)} {hashlib.sha256(f'{request.method} {goes_to}'.encode()).hexdigest()}",
        title=order.title,
        asked_from=came_from.path if came_from.netloc == request.get_host() else "",
        leads_to=goes_to,
        anew=True,
        digest=order.digest,
        **sent,
    )


def _comes_from_its_job(request: HttpRequest) -> bool:
    number = request.GET.get(MADE_BY_KEY, "")
    if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
        return False
    jobs = Job.objects.visible_to(request.actor).filter(
        pk=int(number), name=DRAW_PAPER, leads_to__startswith=request.path
    )
    return any(job.is_done for job in jobs)


def _can_be_sent_again(request: HttpRequest) -> bool:
    if request.method != "POST":
        return True
    fields = _sent(request)
    return (
        not request.FILES
        and len(fields) <= _MOST_FIELDS
        and sum(len(value) for _name, value in fields) <= _MOST_LETTERS
    )


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form as they were sent, without its token."""
    return [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
