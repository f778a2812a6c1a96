"""The groups of agencies: the list, one group kept from day to day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from agencies.groups import services
from agencies.groups.forms import GroupForm
from agencies.groups.models import AgencyGroup
from agencies.groups.permissions import can_add_group, can_change_group
from agencies.groups.queries import group_rows, passages_of
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted


@require_safe
@member_required
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups of one's directory with their members today."""
    unit = request.actor.agency.unit
    page = {"rows": group_rows(request.actor, clock.today()), "may_add": can_add_group(request.actor, unit)}
    return render(request, "agencies/groups/group_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def group_create(request: HttpRequest) -> HttpResponse:
    """Put agencies together under one name."""
    unit = request.actor.agency.unit
    require(can_add_group(request.actor, unit))
    form = GroupForm(posted(request), actor=request.actor)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("name", "since")}
        try:
            group = services.add_group(unit, actor=request.actor, agencies=form.chosen(), **typed)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Added the group “%(group)s”. Tasks can be given to it.") % {"group": group})
            return redirect("agencies:group-list")
    return render(request, "agencies/groups/group_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def group_edit(request: HttpRequest, group: int) -> HttpResponse:
    """Say who belongs to a group from a day on."""
    found = _group_or_404(request, group)
    require(can_change_group(request.actor, found))
    form = GroupForm(posted(request), actor=request.actor, group=found)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("name", "since")} | {"revision": form.kept_revision()}
        try:
            services.change_group(found, actor=request.actor, agencies=form.chosen(), **typed)
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        except Conflict as conflict:
            return _conflict_page(request, group, conflict)
        else:
            messages.success(request, _("Saved the group “%(group)s”.") % {"group": form.cleaned_data["name"]})
            return redirect("agencies:group-list")
    page = {"form": form, "group": found, "passages": passages_of(found)}
    return render(request, "agencies/groups/group_form.html", page, status=422 if form.errors else 200)


@require_POST
@member_required
def group_end(request: HttpRequest, group: int) -> HttpResponse:
    """Use a group for no further task."""
    found = _group_or_404(request, group)
    try:
        services.end_group(found, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("“%(group)s” is not offered any more; tasks that have it keep it.") % {"group": found}
        )
    return redirect("agencies:group-list")


def _conflict_page(request: HttpRequest, group: int, conflict: Conflict) -> HttpResponse:
    """What was typed stays in the form; what is saved now stands beside it. Saving again goes on from there."""
    found = _group_or_404(request, group)
    typed = request.POST.copy()
    typed["revision"] = str(found.revision)
    stored = GroupForm(actor=request.actor, group=found)
    saved = set(stored.initial["agencies"])
    page = {
        "form": GroupForm(typed, actor=request.actor, group=found),
        "group": found,
        "passages": passages_of(found),
        "conflict": str(conflict),
        "saved_members": [agency.current_name for pk, agency in stored.offered.items() if pk in saved],
    }
    return render(request, "agencies/groups/group_form.html", page, status=409)


def _group_or_404(request: HttpRequest, group: int) -> AgencyGroup:
    return get_object_or_404(AgencyGroup.objects.visible_to(request.actor).select_related("unit"), pk=group)
