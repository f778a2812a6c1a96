"""The page of working days."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.calendar import services
from agencies.calendar.forms import DayInListForm, SpecialDayForm, YearForm
from agencies.calendar.permissions import can_set_workdays
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted
from records.wording import day as day_in_words
from records.workdays.queries import workdays, year_of_work, years_offered
from records.workdays.shipped import shipped_years


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def workday_list(request: HttpRequest) -> HttpResponse:
    """Show a year's days off and days worked instead, and take in one more."""
    require(can_set_workdays(request.actor))
    form = SpecialDayForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            special = services.set_workday(actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Saved: %(day)s.") % {"day": day_in_words(special.day)})
            return _to_year(special.day.year)
    return _page(request, form)


@require_POST
@member_required
def workday_clear(request: HttpRequest) -> HttpResponse:
    """Take a day out of the list."""
    require(can_set_workdays(request.actor))
    form = DayInListForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("This day is no longer in the list."))
    day = form.cleaned_data["listed"]
    services.clear_workday(day, actor=request.actor)
    messages.success(request, _("Taken out of the list: %(day)s.") % {"day": day_in_words(day)})
    return _to_year(day.year)


@require_POST
@member_required
def workday_follow(request: HttpRequest) -> HttpResponse:
    """Let a year follow the portal's own list again."""
    require(can_set_workdays(request.actor))
    form = YearForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("This year follows the list of the portal already."))
    year = form.cleaned_data["year"]
    services.follow_shipped_workdays(year, actor=request.actor)
    messages.success(request, _("The year %(year)s follows the list of the portal again.") % {"year": year})
    return _to_year(year)


def _page(request: HttpRequest, form: SpecialDayForm) -> HttpResponse:
    today = clock.today()
    years = years_offered(today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 and int(asked) in years else today.year
    counted = workdays()
    first = today.replace(year=year, month=1, day=1)
    last = today.replace(year=year, month=12, day=31)
    shown = year_of_work(year)
    page = {
        "form": form,
        "shown": shown,
        "may_follow": shown.is_own and year in shipped_years(),
        "years": years,
        "worked": counted.between(first - timedelta(days=1), last),
    }
    return render(request, "agencies/calendar/workday_list.html", page, status=422 if form.errors else 200)


def _to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('agencies:workday-list')}?year={year}")
