"""Pages on which the record of agencies is kept."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.directory.models import Agency
from agencies.directory.permissions import can_add_agency, can_change_agency
from agencies.registry import services
from agencies.registry.forms import AddForm, ChangeForm, ContactForm, CorrectForm
from agencies.units.forms import LONGEST_WORDS, matching_units
from agencies.units.models import AdminUnit
from agencies.units.permissions import KEEPERS
from agencies.units.reach import units_kept_by
from records import wording
from records.errors import Conflict, RuleBroken
from records.forms import PortalForm, posted

_UNITS_OFFERED = 12


@dataclass(frozen=True)
class Difference:
    """One field: what the actor typed and what is stored now."""

    label: str
    mine: str
    theirs: str


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def agency_create(request: HttpRequest) -> HttpResponse:
    """Enter an agency in the directory of a unit: one's own, or one an administrator keeps."""
    asked = request.GET.get("unit", "").strip()[:LONGEST_WORDS]
    offered = _units_asked_for(request, asked)
    if asked and len(offered) != 1:
        page = {"units": offered, "asked": asked}
        return render(request, "agencies/agency_create_where.html", page)
    unit = offered[0] if asked else request.actor.agency.unit
    require(can_add_agency(request.actor, unit))
    form = AddForm(posted(request), unit=unit)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("valid_from", "valid_to", "code")}
        try:
            agency = services.add_agency(unit, form.facts(), actor=request.actor, contact=form.contact(), **days)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Added %(agency)s. It can be chosen from now on.") % {"agency": agency})
            return redirect("agencies:agency-detail", unit.slug, agency.code)
    page = {"form": form, "unit": unit, "may_choose": units_kept_by(request.actor).exclude(pk=unit.pk).exists()}
    return render(request, "agencies/agency_create.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def agency_edit(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """Say what an agency is called, ranked and printed by from a day on."""
    found = _agency_or_404(request, unit, agency)

    def change(form: ChangeForm) -> str:
        days = {name: form.cleaned_data[name] for name in ("since", "revision")}
        named = services.change_agency(found, form.facts(), actor=request.actor, **days)
        told = {"agency": named.name, "day": wording.day(named.valid_from)}
        return _("Saved what holds for %(agency)s from %(day)s on.") % told

    return _kept(request, found, ChangeForm, change, "agencies/agency_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def agency_correct(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """Mend what was typed wrong in the present naming of an agency."""
    found = _agency_or_404(request, unit, agency)

    def correct(form: CorrectForm) -> str:
        why = {name: form.cleaned_data[name] for name in ("reason", "revision")}
        named = services.correct_agency(found, form.facts(), actor=request.actor, **why)
        return _("Corrected the record of %(agency)s.") % {"agency": named.name}

    return _kept(request, found, CorrectForm, correct, "agencies/agency_correct.html")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def agency_contact(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """Keep where an agency is reached."""
    found = _agency_or_404(request, unit, agency)

    def keep(form: ContactForm) -> str:
        revision = form.cleaned_data["revision"]
        services.set_contact(found, form.contact(), actor=request.actor, revision=revision)
        return _("Saved how %(agency)s is reached.") % {"agency": found}

    return _kept(request, found, ContactForm, keep, "agencies/agency_contact.html")


def _kept(request: HttpRequest, agency: Agency, form_class: type, act, template: str) -> HttpResponse:
    """One page over one agency: the form, what stops it, the page of a conflict, or back to the agency."""
    require(can_change_agency(request.actor, agency))
    form = form_class(posted(request), agency=agency)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _conflict_page(request, agency, form, conflict)
        else:
            messages.success(request, done)
            return redirect("agencies:agency-detail", agency.unit.slug, agency.code)
    page = {"form": form, "agency": agency, "unit": agency.unit}
    return render(request, template, page, status=422 if form.errors else 200)


def _conflict_page(request: HttpRequest, agency: Agency, form: PortalForm, conflict: Conflict) -> HttpResponse:
    """Both versions side by side, and the form as typed to save once more over the newest one."""
    agency = _agency_or_404(request, agency.unit.code, agency.code)
    stored = type(form)(agency=agency)
    typed = request.POST.copy()
    typed["revision"] = str(agency.revision)
    mine, theirs = ({name: _words(one, name) for name in form.fields} for one in (form, stored))
    page = {
        "agency": agency,
        "unit": agency.unit,
        "reason": str(conflict),
        "differences": [
            Difference(str(field.label), mine[name] or "–", theirs[name] or "–")
            for name, field in form.fields.items()
            if name in stored.initial and name != "revision" and mine[name] != theirs[name]
        ],
        "form": type(form)(typed, agency=agency),
    }
    return render(request, "agencies/agency_conflict.html", page, status=409)


def _words(form: PortalForm, name: str) -> str:
    """A field's value as a reader knows it."""
    field, value = form.fields[name], form[name].value()
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return labels.get(str(value or ""), str(value or "")).replace("\r\n", "\n").strip()


def _units_asked_for(request: HttpRequest, asked: str) -> list[AdminUnit]:
    """The units a typed code or name may mean, among those the actor keeps or sees; the first few where many fit."""
    if not asked:
        return []
    keeps = request.actor.role in KEEPERS
    units = units_kept_by(request.actor) if keeps else AdminUnit.objects.visible_to(request.actor)
    return matching_units(units, asked, _UNITS_OFFERED)


def _agency_or_404(request: HttpRequest, unit: str, code: str) -> Agency:
    agencies = Agency.objects.visible_to(request.actor).select_related("unit")
    return get_object_or_404(agencies, unit__code=unit.upper(), code=code)
