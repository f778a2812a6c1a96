"""Criteria and scales: the grading schemes of a unit, read by those who are graded, written by secretaries."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.enums import Role
from agencies.access.http import member_required
from coordination.evaluations import services
from coordination.evaluations.forms import SchemeForm
from coordination.evaluations.models import GradingScheme
from coordination.evaluations.permissions import can_edit_scheme, can_keep_schemes
from coordination.evaluations.queries import schemes_of, shown_lines, wording
from coordination.evaluations.views.doors import missing, page_of, typed_over
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]
_LARGEST_KEY = 1 << 62


@require_safe
@member_required
def scheme_list(request: HttpRequest) -> HttpResponse:
    """The grading schemes of the unit with their versions."""
    page = {"schemes": schemes_of(request.actor), "may_write": request.actor.role == Role.SECRETARY}
    return render(request, "coordination/evaluations/scheme_list.html", page)


@require_safe
@member_required
def scheme_detail(request: HttpRequest, scheme: int) -> HttpResponse:
    """One scheme in full: weights, criteria, grades, limits, who sees what."""
    found = _scheme(request, scheme)
    may = can_edit_scheme(request.actor, found)
    page = {
        "scheme": found,
        "formula": wording.formula(found),
        "points_rule": wording.points_rule(found),
        "bands": found.bands.all(),
        "shown": shown_lines(found),
        "may_edit": may,
        "may_copy": bool(can_keep_schemes(request.actor, found.unit)),
        "rounds": found.rounds.visible_to(request.actor).order_by("-year", "pk"),
    }
    return render(request, "coordination/evaluations/scheme_detail.html", page)


@require_http_methods(_METHODS)
@member_required
def scheme_create(request: HttpRequest) -> HttpResponse:
    """Write a new scheme, beginning with the usual points."""
    unit = request.actor.agency.unit
    require(can_keep_schemes(request.actor, unit))
    form = SchemeForm(posted(request), draft=services.SchemeDraft(name="", bands=()))
    if request.method == "POST" and form.is_valid():
        try:
            written = services.create_scheme(unit, actor=request.actor, draft=form.draft)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("The scheme is saved: %(scheme)s.") % {"scheme": written})
            return redirect("coordination:scheme-detail", written.pk)
    return page_of(request, "scheme_form.html", form, scheme=None)


@require_http_methods(_METHODS)
@member_required
def scheme_edit(request: HttpRequest, scheme: int) -> HttpResponse:
    """Change a scheme under which nothing has been scored; when somebody was faster, what was typed is kept."""
    found = _scheme(request, scheme)
    require(can_edit_scheme(request.actor, found))
    kept = services.draft_of(found)
    build = partial(SchemeForm, draft=kept, revision=found.revision)
    form, overtaken = build(posted(request)), False
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_scheme(
                found, actor=request.actor, draft=form.draft, revision=form.cleaned_data["revision"] or 0
            )
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            form, overtaken = typed_over(request, conflict, build, revision=found.revision), True
        else:
            messages.success(request, _("The scheme is saved: %(scheme)s.") % {"scheme": found})
            return redirect("coordination:scheme-detail", found.pk)
    return page_of(request, "scheme_form.html", form, scheme=found, overtaken=overtaken, kept=kept)


@require_POST
@member_required
def scheme_copy(request: HttpRequest, scheme: int) -> HttpResponse:
    """Make the next version of a scheme and go on to change it."""
    written = services.copy_scheme(_scheme(request, scheme), actor=request.actor)
    messages.success(
        request, _("Version %(version)s is made. Change it before it is used.") % {"version": written.version}
    )
    return redirect("coordination:scheme-edit", written.pk)


def _scheme(request: HttpRequest, number: int) -> GradingScheme:
    schemes = GradingScheme.objects.visible_to(request.actor).select_related("unit")
    found = schemes.filter(pk=number).first() if number < _LARGEST_KEY else None
    return found if found is not None else missing(request)
