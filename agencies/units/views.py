"""The record of administrative units, as administrators keep it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.access.http import member_required
from agencies.units import services
from agencies.units.forms import UnitFilter, UnitForm, UnitNameForm, matching_units
from agencies.units.models import AdminUnit
from agencies.units.permissions import can_correct_unit, can_open_units
from agencies.units.queries import life_of, units_below, units_found
from agencies.units.reach import units_kept_by
from records import clock
from records.errors import RuleBroken
from records.forms import posted

PAGE_SIZE = 25


@require_safe
@member_required
def unit_list(request: HttpRequest) -> HttpResponse:
    """The units an administrator keeps, those of one day unless all are asked for."""
    require(can_open_units(request.actor))
    filters = UnitFilter(request.GET, today=clock.today())
    units = Paginator(units_found(request.actor, **filters.asked), PAGE_SIZE)
    page = {"filters": filters, "page_obj": units.get_page(request.GET.get("page")), "day": filters.asked["day"]}
    return render(request, "agencies/unit_list.html", page)


@require_safe
@member_required
def unit_detail(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its names and places over time, what it came from and became, the agencies in it."""
    found = _unit_or_404(request, unit)
    require(can_open_units(request.actor))
    life = life_of(found, request.actor)
    page = {
        "unit": found,
        "life": life,
        "agencies": found.agencies.in_protocol_order(),
        "below": units_below(found, clock.today()),
        "may_correct": can_correct_unit(request.actor, found),
    }
    return render(request, "agencies/unit_detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def unit_create(request: HttpRequest) -> HttpResponse:
    """Enter a unit in the record."""
    require(can_open_units(request.actor))
    kept = units_kept_by(request.actor)
    above = matching_units(kept, request.GET.get("parent", "")[:20])
    form = UnitForm(
        posted(request),
        units=kept,
        must_have_parent=request.actor.role != Role.SYSTEM_ADMIN,
        initial={"parent": above[0] if len(above) == 1 else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            unit = services.add_unit(actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Added %(unit)s.") % {"unit": unit.current_name})
            return redirect("agencies:unit-detail", unit.slug)
    return render(request, "agencies/unit_create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def unit_name(request: HttpRequest, unit: str, name: int) -> HttpResponse:
    """Correct how one name of a unit was written down."""
    unit = _unit_or_404(request, unit)
    require(can_correct_unit(request.actor, unit))
    name = get_object_or_404(unit.names, pk=name)
    form = UnitNameForm(posted(request), unit=unit, name=name)
    if request.method == "POST" and form.is_valid():
        try:
            corrected = services.correct_unit_name(name, actor=request.actor, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Corrected the name: %(name)s.") % {"name": corrected.name})
            return redirect("agencies:unit-detail", unit.slug)
    page = {"form": form, "unit": unit, "name": name}
    return render(request, "agencies/unit_name.html", page, status=422 if form.errors else 200)


def _unit_or_404(request: HttpRequest, code: str) -> AdminUnit:
    units = AdminUnit.objects.visible_to(request.actor).prefetch_related("names")
    return get_object_or_404(units, code=code.upper())
