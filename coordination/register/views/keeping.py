"""The register of numbers: its series, the numbers of one, and what their keepers do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.programs.queries import working_year
from coordination.register import services
from coordination.register.enums import DocumentType, NumberState
from coordination.register.forms import GapForm, ReserveForm, SeriesForm, UseForm, VoidForm
from coordination.register.permissions import can_keep_register, can_open_register
from coordination.register.queries import agencies_with_series, entries_of, gaps_of, series_rows, years_with_series
from coordination.register.views.doors import accepted, entry_or_404, form_page, series_or_404
from records import clock
from records.forms import posted

PAGE_ROWS = 50


@require_safe
@member_required
def register_list(request: HttpRequest) -> HttpResponse:
    """The series of a year, filtered by agency and type in the address."""
    years = years_with_series(request.actor)
    year = working_year(request.GET.get("year"), years)
    agencies = list(agencies_with_series(request.actor))
    agency = next((one for one in agencies if str(one.pk) == request.GET.get("agency")), None)
    kind = request.GET.get("type", "")
    kind = kind if kind in DocumentType.values else ""
    page = {
        "year": year,
        "years": sorted({*years, year}, reverse=True),
        "agencies": agencies,
        "agency": agency,
        "types": DocumentType,
        "type": kind,
        "is_filtered": bool(agency or kind),
        "rows": series_rows(request.actor, year=year, agency=agency and agency.pk, document_type=kind),
        "may_open": can_open_register(request.actor),
    }
    return render(request, "coordination/register/register_list.html", page)


@require_safe
@member_required
def series_detail(request: HttpRequest, series: int) -> HttpResponse:
    """The numbers of a series, newest first, filtered by state and words in the address; what is unexplained."""
    series = series_or_404(request, series)
    state, words = request.GET.get("status", ""), request.GET.get("q", "")[:200]
    state = state if state in NumberState.values else ""
    entries = Paginator(entries_of(series, actor=request.actor, state=state, words=words), PAGE_ROWS)
    keeps = can_keep_register(request.actor, series.agency)
    page = {
        "series": series,
        "page_obj": entries.get_page(request.GET.get("page")),
        "states": NumberState,
        "state": state,
        "words": words,
        "is_filtered": bool(state or words.strip()),
        "keeps": keeps,
        "gaps": gaps_of(series) if keeps else [],
    }
    return render(request, "coordination/register/series_detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def series_open(request: HttpRequest) -> HttpResponse:
    """Begin to keep a series in the portal."""
    require(can_open_register(request.actor))
    form = SeriesForm(posted(request), actor=request.actor, initial={"year": clock.today().year})
    opened = []
    if accepted(request, form, lambda: opened.append(services.open_series(actor=request.actor, **form.values()))):
        messages.success(request, _("The series is open: %(series)s.") % {"series": opened[0]})
        return redirect("coordination:series-detail", opened[0].pk)
    return form_page(request, "series_form.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def series_reserve(request: HttpRequest, series: int) -> HttpResponse:
    """Take a number for a paper kept outside the portal."""
    series = series_or_404(request, series)
    require(can_keep_register(request.actor, series.agency))
    form = ReserveForm(posted(request), series=series)
    taken = []

    def reserve() -> None:
        taken.append(services.reserve_number(series, actor=request.actor, **form.cleaned_data))

    if accepted(request, form, reserve):
        messages.success(request, _("Number %(number)s is reserved.") % {"number": taken[0].printed})
        return redirect("coordination:series-detail", series.pk)
    return form_page(request, "reserve_form.html", form, series=series)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def series_explain(request: HttpRequest, series: int) -> HttpResponse:
    """Say what became of numbers that have no entry."""
    series = series_or_404(request, series)
    require(can_keep_register(request.actor, series.agency))
    gaps = gaps_of(series)
    proposed = {"first": gaps[0].first, "last": gaps[0].last} if gaps else {"first": series.next_number}
    form = GapForm(posted(request), initial=proposed)
    if accepted(request, form, lambda: services.explain_gap(series, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The numbers are explained in the register."))
        return redirect("coordination:series-detail", series.pk)
    return form_page(request, "gap_form.html", form, series=series, gaps=gaps)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def number_use(request: HttpRequest, series: int, number: int) -> HttpResponse:
    """Note that the paper with a reserved number left the office."""
    entry = entry_or_404(request, series_or_404(request, series), number)
    require(can_keep_register(request.actor, entry.series.agency))
    form = UseForm(posted(request), initial={"used_on": entry.dated_on or clock.today()})
    if accepted(request, form, lambda: services.use_number(entry, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("Number %(number)s is used.") % {"number": entry.printed})
        return redirect("coordination:series-detail", entry.series_id)
    return form_page(request, "use_form.html", form, entry=entry)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def number_void(request: HttpRequest, series: int, number: int) -> HttpResponse:
    """Void a reserved number with a reason."""
    entry = entry_or_404(request, series_or_404(request, series), number)
    require(can_keep_register(request.actor, entry.series.agency))
    form = VoidForm(posted(request))
    if accepted(request, form, lambda: services.void_number(entry, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("Number %(number)s is void.") % {"number": entry.printed})
        return redirect("coordination:series-detail", entry.series_id)
    return form_page(request, "void_form.html", form, entry=entry)
