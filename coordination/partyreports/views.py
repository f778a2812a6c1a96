from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from agencies.models import Agency
from coordination.partyreports import services
from coordination.partyreports.forms import PartyReportForm, stored_report
from coordination.partyreports.models import TEXTS, PartyReport
from coordination.partyreports.permissions import (
    can_send_party_report,
    can_view_party_reports,
    can_write_party_report,
)
from coordination.partyreports.queries import party_rows, said_in_reports, usual_cut_off, years_reported
from coordination.programs.models import Program
from coordination.programs.views.conflicts import Difference
from records import clock, wording
from records.errors import Conflict, RuleBroken
from records.forms import posted

_INVALID, _OVERTAKEN = 422, 409


@require_safe
@member_required
def party_reports(request: HttpRequest, program: str) -> HttpResponse:
    """The parties of a program and their reports of a year."""
    found = _program(request, program)
    require(can_view_party_reports(request.actor, found))
    years = years_reported(found)
    year = int(request.GET["year"]) if request.GET.get("year") in map(str, years) else _usual_year(years)
    page = {"program": found, "year": year, "years": years, "rows": party_rows(request.actor, found, year)}
    return render(request, "coordination/partyreports/party_reports.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def party_report_write(request: HttpRequest, program: str, agency: str, year: int) -> HttpResponse:
    """Write what a party reports; when somebody was faster both texts are shown."""
    found = _program(request, program)
    party = _party(request, found, agency)
    require(can_write_party_report(request.actor, found, party))
    if year not in years_reported(found):
        raise Http404
    report = PartyReport.objects.visible_to(request.actor).filter(program=found, agency=party, year=year).first()
    form = PartyReportForm(posted(request), initial=_begun(found, party, year, report))
    status, differences = _INVALID, []
    if request.method == "POST" and form.is_valid():
        try:
            services.write_party_report(found, actor=request.actor, agency=party, year=year, **_written(form))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, differences = _overtaken(request, form, found, party, year, conflict)
            status = _OVERTAKEN
        else:
            messages.success(request, _("Saved the report."))
            return redirect("coordination:party-report-write", found.slug, party.code, year)
    page = {"program": found, "party": party, "year": year, "report": report, "form": form, "differences": differences}
    may_send = report is not None and can_send_party_report(request.actor, report)
    return render(
        request,
        "coordination/partyreports/party_report_form.html",
        page | {"may_send": may_send},
        status=status if form.errors else 200,
    )


@require_POST
@member_required
def party_report_send(request: HttpRequest, report: int) -> HttpResponse:
    """Send a report to the other parties."""
    return _moved(request, report, services.send_party_report, _("The report is sent. The other parties read it now."))


@require_POST
@member_required
def party_report_take_back(request: HttpRequest, report: int) -> HttpResponse:
    """Take a sent report back."""
    return _moved(request, report, services.take_back_party_report, _("The report is taken back and can be changed."))


def _moved(request: HttpRequest, number: int, act, done: str) -> HttpResponse:
    report = _report(request, number)
    try:
        act(report, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("coordination:party-report-write", report.program.slug, report.agency.code, report.year)


def _report(request: HttpRequest, number: int) -> PartyReport:
    reports = PartyReport.objects.visible_to(request.actor).select_related("program", "agency")
    found = reports.filter(pk=number).first() if number < 1 << 62 else None
    if found is None:
        require(unseen())
    return found


def _program(request: HttpRequest, slug: str) -> Program:
    programs = Program.objects.visible_to(request.actor).select_related("drafting_agency", "unit")
    found = programs.prefetch_related("parties__agency").filter(code=slug.upper()).first()
    return found or _missing(request)


def _party(request: HttpRequest, program: Program, code: str) -> Agency:
    parties = [party.agency for party in program.parties.all() if party.agency.code == code]
    return parties[0] if parties else _missing(request)


def _missing(request: HttpRequest):
    """Raises: Http404; NotAllowed for what was sent, so that the log tells of it."""
    if request.method == "POST":
        require(unseen())
    raise Http404


def _usual_year(years: list[int]) -> int:
    """This year, or the nearest one the program covers."""
    return min(max(clock.today().year, years[0]), years[-1])


def _begun(program: Program, party: Agency, year: int, report: PartyReport | None) -> dict:
    """What the form begins with: the report as it is kept, otherwise what the progress reports of the year told."""
    if report is not None:
        return stored_report(report)
    said = said_in_reports(program, party, year)
    return said | {"cut_off_on": usual_cut_off(program, year, clock.today()), "revision": 0}


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
    kept = stored_report(stored)
    differences = [
        Difference(str(form.fields[name].label), _shown(form.cleaned_data[name]), _shown(kept[name]))
        for name in ("cut_off_on", *TEXTS)
        if form.cleaned_data[name] != kept[name]
    ]
    return again, differences


def _shown(value) -> str:
    return value if isinstance(value, str) else wording.day(value)
