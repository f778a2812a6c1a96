"""The posts of an agency, who holds them and held them, and what is done about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.directory.models import Agency
from agencies.people import services
from agencies.people.forms import (
    AppointForm,
    CloseOfficeForm,
    CorrectHoldingForm,
    EndHoldingForm,
    NewOfficeForm,
    OfficeForm,
)
from agencies.people.models import Office, OfficeHolding
from agencies.people.permissions import can_keep_offices
from agencies.people.queries import posts_of
from records import clock
from records.errors import RuleBroken
from records.forms import PortalForm, posted

_form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@member_required
def office_list(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """The posts in protocol order, with who holds them today and who did before."""
    found = _agency(request, unit, agency)
    today = clock.today()
    page = {
        "agency": found,
        "posts": posts_of(found, today),
        "may_keep": can_keep_offices(request.actor, found),
        "is_over": found.valid_to is not None and found.valid_to < today,
        "today": today,
    }
    return render(request, "agencies/people/office_list.html", page)


@_form_methods
@member_required
def office_add(request: HttpRequest, unit: str, agency: str) -> HttpResponse:
    """Add a post."""
    found = _kept_agency(request, unit, agency)

    def add(form: NewOfficeForm) -> str:
        office = services.set_up_office(found, actor=request.actor, **form.cleaned_data)
        return _("Added the post “%(title)s”.") % {"title": office.title}

    words = {"title": _("Add a post"), "button": _("Save post")}
    return _form_page(request, found, NewOfficeForm(posted(request)), add, words)


@_form_methods
@member_required
def office_edit(request: HttpRequest, unit: str, agency: str, office: int) -> HttpResponse:
    """Call a post otherwise from a day on, give it another place or more holders."""
    found = _kept_agency(request, unit, agency)
    post = _office(found, office)

    def change(form: OfficeForm) -> str:
        services.change_office(post, actor=request.actor, **form.facts())
        return _("Saved the post “%(title)s”.") % {"title": form.cleaned_data["title"]}

    words = {"title": _("Edit the post “%(title)s”") % {"title": post.title}, "button": _("Save post")}
    return _form_page(request, found, OfficeForm(posted(request), office=post), change, words)


@_form_methods
@member_required
def office_close(request: HttpRequest, unit: str, agency: str, office: int) -> HttpResponse:
    """Say until when there is such a post."""
    found = _kept_agency(request, unit, agency)
    post = _office(found, office)

    def close(form: CloseOfficeForm) -> str:
        services.close_office(post, actor=request.actor, **form.cleaned_data)
        return _("Closed the post “%(title)s”.") % {"title": post.title}

    words = {"title": _("Close the post “%(title)s”?") % {"title": post.title}, "button": _("Close post")}
    return _form_page(request, found, CloseOfficeForm(posted(request)), close, words)


@_form_methods
@member_required
def office_appoint(request: HttpRequest, unit: str, agency: str, office: int) -> HttpResponse:
    """Record who takes a post: a person found by name, or someone new."""
    found = _kept_agency(request, unit, agency)
    post = _office(found, office)

    def appoint(form: AppointForm) -> str:
        if form.chosen is None:
            name = form.cleaned_data["full_name"]
            held = services.appoint_new_person(name, post, actor=request.actor, **form.terms())
        else:
            held = services.appoint(form.chosen, post, actor=request.actor, **form.terms())
        return _("%(person)s now holds the post “%(title)s”.") % {"person": held.person, "title": post.title}

    words = {
        "title": _("Who takes the post “%(title)s”") % {"title": post.title},
        "button": _("Save appointment"),
        "hint": _("The last day of the holder before must be recorded first.") if post.seats == 1 else "",
    }
    form = AppointForm(posted(request), actor=request.actor, office=post)
    return _form_page(request, found, form, appoint, words)


@_form_methods
@member_required
def holding_end(request: HttpRequest, unit: str, agency: str, holding: int) -> HttpResponse:
    """Record until when a person holds a post."""
    found = _kept_agency(request, unit, agency)
    held = _holding(request, found, holding)

    def end(form: EndHoldingForm) -> str:
        services.end_holding(held, actor=request.actor, **form.cleaned_data)
        return _("Saved the last day of %(person)s in the post “%(title)s”.") % _names(held)

    words = {
        "title": _("%(person)s leaves the post “%(title)s”") % _names(held),
        "button": _("Save last day"),
    }
    return _form_page(request, found, EndHoldingForm(posted(request)), end, words)


@_form_methods
@member_required
def holding_correct(request: HttpRequest, unit: str, agency: str, holding: int) -> HttpResponse:
    """Put right what was recorded wrongly."""
    found = _kept_agency(request, unit, agency)
    held = _holding(request, found, holding)

    def correct(form: CorrectHoldingForm) -> str:
        services.correct_holding(held, actor=request.actor, **form.facts())
        return _("Corrected: %(person)s, %(title)s.") % _names(held)

    words = {"title": _("Correct: %(person)s, %(title)s") % _names(held), "button": _("Save correction")}
    return _form_page(request, found, CorrectHoldingForm(posted(request), holding=held), correct, words)


def _form_page(
    request: HttpRequest, agency: Agency, form: PortalForm, act: Callable[[PortalForm], str], words: dict
) -> HttpResponse:
    """A form about the posts of an agency; what was done is said on the list of posts."""
    if request.method == "POST" and form.is_valid():
        try:
            done = act(form)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, done)
            return redirect("agencies:office-list", agency.unit.code.lower(), agency.code)
    page = {"agency": agency, "form": form, **words}
    return render(request, "agencies/people/office_form.html", page, status=422 if form.errors else 200)


def _agency(request: HttpRequest, unit: str, agency: str) -> Agency:
    rows = Agency.objects.visible_to(request.actor).select_related("unit")
    return get_object_or_404(rows, unit__code__iexact=unit, code=agency)


def _kept_agency(request: HttpRequest, unit: str, agency: str) -> Agency:
    """The agency, whose posts the actor may keep."""
    found = _agency(request, unit, agency)
    require(can_keep_offices(request.actor, found))
    return found


def _office(agency: Agency, pk: int) -> Office:
    return get_object_or_404(agency.offices.select_related("agency").prefetch_related("titles"), pk=pk)


def _holding(request: HttpRequest, agency: Agency, pk: int) -> OfficeHolding:
    rows = OfficeHolding.objects.visible_to(request.actor).filter(office__agency=agency)
    return get_object_or_404(rows.select_related("person", "office__agency"), pk=pk)


def _names(held: OfficeHolding) -> dict:
    return {"person": held.person, "title": held.office.title}
