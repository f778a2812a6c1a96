"""Gathering the reports of all parties: who has sent, what they say together, asking for them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.partyreports import services
from coordination.partyreports.forms import ReportCallForm, stored_call
from coordination.partyreports.permissions import can_call_for_reports, can_view_party_reports
from coordination.partyreports.queries import call_of, said_by_parties, standing, usual_cut_off, years_reported
from coordination.partyreports.views.doors import missing, program_at, year_asked
from coordination.programs.models import Program
from coordination.programs.views.conflicts import differences
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_INVALID, _OVERTAKEN = 422, 409


@require_safe
@member_required
def party_reports(request: HttpRequest, program: str) -> HttpResponse:
    """The parties of a program and their reports of a year: who has sent, and the counts of each."""
    found = program_at(request, program)
    require(can_view_party_reports(request.actor, found))
    years = years_reported(found)
    year, today = year_asked(request, years), clock.today()
    page = {"program": found, "year": year, "years": years, "today": today}
    page["standing"] = standing(request.actor, found, year, today=today)
    return render(request, "coordination/partyreports/party_reports.html", page)


@require_safe
@member_required
def party_reports_together(request: HttpRequest, program: str) -> HttpResponse:
    """What the parties sent, part by part beside each other."""
    found = program_at(request, program)
    require(can_view_party_reports(request.actor, found))
    years = years_reported(found)
    year = year_asked(request, years)
    page = {"program": found, "year": year, "years": years}
    page["parts"] = said_by_parties(request.actor, found, year)
    page["standing"] = standing(request.actor, found, year, today=clock.today())
    return render(request, "coordination/partyreports/party_reports_together.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def party_report_call(request: HttpRequest, program: str, year: int) -> HttpResponse:
    """Ask the parties for their reports on a year, or change what was asked."""
    found = program_at(request, program)
    require(can_call_for_reports(request.actor, found))
    if year not in years_reported(found):
        raise Http404
    call = call_of(found, year)
    begins = {"cut_off_on": usual_cut_off(found, year, clock.today()), "revision": 0}
    form = ReportCallForm(posted(request), initial=stored_call(call) if call else begins)
    status, beside = _INVALID, []
    if request.method == "POST" and form.is_valid():
        try:
            services.call_for_reports(found, actor=request.actor, year=year, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, beside = _overtaken(request, form, found, year, conflict)
            status = _OVERTAKEN
        else:
            messages.success(request, _("The parties are asked for their reports."))
            return _back_to(found, year)
    page = {"program": found, "year": year, "call": call, "form": form, "differences": beside}
    answer = render(request, "coordination/partyreports/party_report_call.html", page)
    answer.status_code = status if form.errors else 200
    return answer


@require_POST
@member_required
def party_reports_ask(request: HttpRequest, program: str, year: int) -> HttpResponse:
    """Remind the parties that have not sent their report."""
    found = program_at(request, program)
    require(can_call_for_reports(request.actor, found))
    call = call_of(found, year) or missing(request)
    try:
        asked = services.ask_again(call, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Reminded: %(parties)s.") % {"parties": ", ".join(asked)})
    return _back_to(found, year)


def _back_to(program: Program, year: int) -> HttpResponse:
    return redirect(f"{reverse('coordination:party-reports', args=[program.slug])}?year={year}")


def _overtaken(request: HttpRequest, form: ReportCallForm, program: Program, year: int, conflict: Conflict):
    """The form as typed over what was asked meanwhile, beside it."""
    stored = call_of(program, year) or missing(request)
    typed = request.POST.copy()
    typed["revision"] = str(stored.revision)
    again = ReportCallForm(typed)
    again.is_valid()
    again.add_error(None, str(conflict))
    return again, differences(form, stored_call(stored))
