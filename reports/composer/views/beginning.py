from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.models import Conference, EvaluationRound, Program
from records import clock
from records.errors import RuleBroken
from records.forms import posted
from reports.composed.models import ComposedReport
from reports.composer import services
from reports.composer.forms import BeginForm
from reports.composer.permissions import can_begin_conference_report, can_begin_year_report
from reports.composer.queries import issuers_of

_REFUSED = 422
_CUT_OFF = (12, 14)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def begin_on_conference(request: HttpRequest, conference: str) -> HttpResponse:
    """Begin the report of a conference: the day of its figures, then the draft writes itself."""
    seen = Conference.objects.visible_to(request.actor).select_related("organiser", "unit")
    found = seen.at_address(conference).first() or _missing(request)
    require(can_begin_conference_report(request.actor, found))
    if begun := ComposedReport.objects.visible_to(request.actor).filter(conference=found).first():
        return redirect("reports:report-compose", begun.pk)
    programs = found.program_links.values("program_id")
    day = _usual_day(request, found.review_year, programs, last=found.held_on)
    form = BeginForm(posted(request), initial={"cut_off_on": day})
    return _page(
        request,
        form,
        found.title,
        lambda typed: services.begin_conference_report(found, actor=request.actor, cut_off_on=typed["cut_off_on"]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def begin_on_program(request: HttpRequest, program: str, year: int) -> HttpResponse:
    """Begin an agency's report on one year of a program."""
    seen = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    found = seen.prefetch_related("parties__agency").filter(code=program.upper()).first() or _missing(request)
    if not found.period_start.year <= year <= found.period_end.year:
        _missing(request)
    issuers = issuers_of(request.actor, found)
    require(can_begin_year_report(request.actor, found, issuers[0] if issuers else found.drafting_agency))
    day = _usual_day(request, year, [found.pk], last=clock.today())
    form = BeginForm(posted(request), issuers=issuers, initial={"cut_off_on": day, "issuer": issuers[0]})
    return _page(
        request,
        form,
        found.title,
        lambda typed: services.begin_year_report(found, actor=request.actor, year=year, **typed),
    )


def _page(request: HttpRequest, form: BeginForm, about: str, begin: Callable[[dict], ComposedReport]) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            report = begin(form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The first draft is written. Read it, change what you like."))
            return redirect("reports:report-compose", report.pk)
    page = {"form": form, "about": about}
    return render(request, "reports/composer/report_begin.html", page, status=_REFUSED if form.errors else 200)


def _usual_day(request: HttpRequest, year: int, programs, *, last: date) -> date:
    """The cut-off of the evaluation of the year where there is one, otherwise 14/12; never after today.

    Source: Decree 09/2019/NĐ-CP on the periods of reports.
    """
    rounds = EvaluationRound.objects.visible_to(request.actor).filter(year=year, programs__in=programs)
    held = rounds.order_by("-cut_off_on").values_list("cut_off_on", flat=True).first()
    return min(held or date(year, *_CUT_OFF), last, clock.today())


def _missing(request: HttpRequest):
    """Raises: Http404; NotAllowed for what was sent, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404
