"""The report of one party: written, sent, taken back by its agency, returned by whoever asked for it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.models import Agency
from coordination.partyreports import services
from coordination.partyreports.forms import PartyReportForm, ReturnForm, stored_report
from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.permissions import (
    can_return_party_report,
    can_send_party_report,
    can_write_party_report,
)
from coordination.partyreports.queries import (
    PartyFigures,
    call_of,
    party_figures,
    said_in_reports,
    usual_cut_off,
    years_reported,
)
from coordination.partyreports.views.doors import party_at, program_at, report_at
from coordination.programs.models import Program
from coordination.programs.views.conflicts import Difference, differences
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_INVALID, _OVERTAKEN = 422, 409
_SENT = gettext_lazy("The report is sent. The other parties read it now.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def party_report_write(request: HttpRequest, program: str, agency: str, year: int) -> HttpResponse:
    """Write what a party reports, beside the counts of its tasks; when somebody was faster both texts are shown.

    Why sending saves first: whoever has typed and sends means what stands in front of them.
    """
    found = program_at(request, program)
    party = party_at(request, found, agency)
    require(can_write_party_report(request.actor, found, party))
    if year not in years_reported(found):
        raise Http404
    report = PartyReport.objects.visible_to(request.actor).filter(program=found, agency=party, year=year).first()
    begun = _begun(found, party, year, report)
    form = PartyReportForm(posted(request), initial=begun)
    status, beside = _INVALID, []
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.write_party_report(found, actor=request.actor, agency=party, year=year, **_written(form))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, beside = _overtaken(request, form, found, party, year, conflict)
            status = _OVERTAKEN
        else:
            if "send" in request.POST:
                return _moved(request, saved.pk, services.send_party_report, str(_SENT))
            messages.success(request, _("Saved the report."))
            return redirect("coordination:party-report-write", found.slug, party.code, year)
    page = {"program": found, "party": party, "year": year, "report": report, "form": form, "differences": beside}
    page |= {
        "is_begun_for_it": report is None and any(begun.get(name) for name in TEXTS),
        "may_send": report is not None and can_send_party_report(request.actor, report),
        "call": (call := call_of(found, year)),
        "call_late": call is not None and call.is_late_on(clock.today()),
        "figures": _figures(request, found, party, year, report, begun),
    }
    answer = render(request, "coordination/partyreports/party_report_form.html", page)
    answer.status_code = status if form.errors else 200
    return answer


@require_POST
@member_required
def party_report_send(request: HttpRequest, report: int) -> HttpResponse:
    """Send a report to the other parties."""
    return _moved(request, report, services.send_party_report, str(_SENT))


@require_POST
@member_required
def party_report_take_back(request: HttpRequest, report: int) -> HttpResponse:
    """Take a sent report back."""
    return _moved(request, report, services.take_back_party_report, _("The report is taken back and can be changed."))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def party_report_return(request: HttpRequest, report: int) -> HttpResponse:
    """Give a report back to its party with the reason."""
    found = report_at(request, report)
    require(can_return_party_report(request.actor, found))
    form = ReturnForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.return_party_report(found, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            done = _("The report is returned to %(agency)s, which reads the reason.")
            messages.success(request, done % {"agency": found.agency.current_short_name})
            return redirect("coordination:party-reports", found.program.slug)
    page = {"program": found.program, "report": found, "form": form}
    answer = render(request, "coordination/partyreports/party_report_return.html", page)
    answer.status_code = _INVALID if form.errors else 200
    return answer


def _moved(request: HttpRequest, number: int, act: Callable, done: str) -> HttpResponse:
    report = report_at(request, number)
    try:
        act(report, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("coordination:party-report-write", report.program.slug, report.agency.code, report.year)


def _figures(
    request: HttpRequest, program: Program, party: Agency, year: int, report: PartyReport | None, begun: dict
) -> PartyFigures:
    """The counts that were sent with the report, otherwise those of the day it is cut off."""
    kept = PartyFigures.kept_in(report) if report else None
    return kept or party_figures(request.actor, program, party, year, as_of=begun["cut_off_on"])


def _begun(program: Program, party: Agency, year: int, report: PartyReport | None) -> dict:
    """What the form begins with: the report as it is kept, otherwise what the progress reports of the year told."""
    if report is not None:
        return stored_report(report)
    return said_in_reports(program, party, year) | {"cut_off_on": _cut_off(program, year), "revision": 0}


def _cut_off(program: Program, year: int):
    """The day that was asked for, as far as it has come; otherwise the usual one."""
    call = call_of(program, year)
    return min(call.cut_off_on, clock.today()) if call else usual_cut_off(program, year, clock.today())


def _written(form: PartyReportForm) -> dict:
    data = form.cleaned_data
    return {"cut_off_on": data["cut_off_on"], "revision": data["revision"], "texts": form.words()}


def _overtaken(
    request: HttpRequest, form: PartyReportForm, program: Program, party: Agency, year: int, conflict: Conflict
) -> tuple[PartyReportForm, list[Difference]]:
    """The form as typed, over the newest revision, beside what is kept now: saving it again is then a choice."""
    stored = get_object_or_404(PartyReport.objects.visible_to(request.actor), program=program, agency=party, year=year)
    typed = request.POST.copy()
    typed["revision"] = str(stored.revision)
    again = PartyReportForm(typed)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again, differences(form, stored_report(stored))
