"""The directory: the list of agencies and one agency through time."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.access.http import member_required
from agencies.directory.enums import AgencyKind, Family, Standing
from agencies.directory.models import Agency
from agencies.directory.permissions import can_add_agency, can_change_agency
from agencies.directory.queries import (
    Narrowing,
    by_block,
    in_one_block,
    life_of,
    own_unit,
    row_of,
    search_directory,
    seats_of,
    with_heads,
)
from agencies.units.forms import LONGEST_WORDS, matching_units
from agencies.units.models import AdminUnit
from agencies.units.queries import unit_passings
from records import clock

LONGEST_SEARCH = LONGEST_WORDS
_UNITS_IN_A_LIST = 30


@require_safe
@member_required
def agency_list(request: HttpRequest) -> HttpResponse:
    """One's own unit by block, and below it; or what words and filters find, in protocol order."""
    actor, today, query = request.actor, clock.today(), request.GET
    words, after = query.get("q", "").strip()[:LONGEST_SEARCH], _agency_after(request)
    narrowing = _narrowing(request)
    searching = bool(words or after or narrowing.is_narrow)
    if searching:
        found, below = search_directory(actor, words, after, narrowing=narrowing, day=today), None
    else:
        found = own_unit(actor.agency.unit, today, page=_page(query.get("page", "")))
        below = search_directory(actor, narrowing=replace(narrowing, but=actor.unit_id), day=today)
    rows = with_heads([*found.rows, *(below.rows if below else ())], today)
    first, further = rows[: len(found.rows)], rows[len(found.rows) :]
    page = {
        "blocks": in_one_block(first) if searching else by_block(first),
        "found": found,
        "searching": searching,
        "below": below,
        "below_blocks": in_one_block(further),
        "asked": words,
        "narrowing": narrowing,
        "unit_typed": query.get("unit", "").strip()[:LONGEST_SEARCH],
        "units": list(AdminUnit.objects.visible_to(actor).by_name()[: _UNITS_IN_A_LIST + 1]),
        "units_in_a_list": _UNITS_IN_A_LIST,
        "kinds": AgencyKind,
        "families": Family,
        "statuses": Standing.choices,
        "is_later_page": after is not None,
        "next_page": _page(query.get("page", "")) + 1,
        "unit_name": actor.agency.unit.current_name,
        "may_add": can_add_agency(actor, actor.agency.unit),
        "passings": [] if searching else unit_passings(actor.agency.unit),
    }
    return render(request, "agencies/agency_list.html", page)


@require_safe
@member_required
def agency_detail(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """One agency: its names over time, its posts, its programs and tasks, what became of it."""
    rows = Agency.objects.visible_to(request.actor).select_related("unit").prefetch_related("names", "unit__names")
    found = get_object_or_404(rows, unit__code=unit.upper(), code=agency)
    today = clock.today()
    life = life_of(found, request.actor)
    page = {
        "agency": found,
        "naming": found.name_on(today),
        "life": life,
        "names": life.names,
        "unit_name": found.unit.name_on(today),
        "seats": seats_of(found, today),
        "serves": [service.served for service in found.services.on(today).select_related("served__unit")],
        "passings": unit_passings(found.unit),
        "ended_on": row_of(found, found.name_on(today), today).ended_on,
        "may_change": can_change_agency(request.actor, found),
    }
    return render(request, "agencies/agency_detail.html", page)


def _narrowing(request: HttpRequest) -> Narrowing:
    """What the address narrows the directory to; what makes no sense narrows nothing."""
    query = request.GET
    kind, family, standing = (query.get(key, "") for key in ("kind", "family", "status"))
    typed = query.get("unit", "").strip()[:LONGEST_SEARCH]
    units = matching_units(AdminUnit.objects.visible_to(request.actor), typed) if typed else []
    return Narrowing(
        unit=units[0] if len(units) == 1 else None,
        kind=kind if kind in AgencyKind.values else None,
        family=family if family in Family.values else None,
        standing=Standing(standing) if standing in Standing.values else Standing.ACTIVE,
        but=request.actor.unit_id if query.get("where") == "below" else None,
    )


def _agency_after(request: HttpRequest) -> Agency | None:
    """The last agency of the page before; one the actor does not see begins anew, as an unknown one does."""
    typed = request.GET.get("after", "")
    known = Agency.objects.visible_to(request.actor)
    return known.filter(pk=typed).first() if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _page(typed: str) -> int:
    return max(1, min(int(typed), 1000)) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 1
