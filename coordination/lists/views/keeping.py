"""Views of the list that are kept: saving the one looked at, and the page of all of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.lists import services as lists
from coordination.lists.forms import ViewForm, filters_of_view
from coordination.lists.http import BACK, address_of, list_to_go_back_to
from coordination.lists.models import SavedView
from coordination.lists.permissions import can_change_view, can_save_view
from coordination.lists.queries import views_kept
from coordination.programs.http import year_of
from coordination.tasks.http import new_token, once
from records.errors import RuleBroken
from records.forms import posted

LARGEST_KEY = 2**63 - 1


@require_safe
@member_required
def view_list(request: HttpRequest) -> HttpResponse:
    """The views the actor keeps and those the agency shares."""
    require(can_save_view(request.actor))
    year = year_of(request)
    views = [(shown, address_of(filters_of_view(shown.view.query, year=year))) for shown in views_kept(request.actor)]
    return render(request, "coordination/lists/view_list.html", {"views": views, "year": year})


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the list the actor comes from under a name."""
    require(can_save_view(request.actor))
    filters = list_to_go_back_to(request)
    form = ViewForm(posted(request), initial={"is_pinned": True, "form_token": new_token()})
    if request.method == "POST" and form.is_valid():
        try:
            where = once(request, lambda: _save(request, form, filters))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("View “%(name)s” saved.") % {"name": form.cleaned_data["name"]})
            return redirect(where)
    page = {"form": form, "back": address_of(filters), "back_key": BACK, "back_query": filters.query}
    return render(request, "coordination/lists/view_form.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def view_edit(request: HttpRequest, view: int) -> HttpResponse:
    """Rename a view, share it, show it above the list or not."""
    found = _view_or_404(request, view)
    require(can_change_view(request.actor, found))
    form = ViewForm.of(found, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            lists.change_view(found, actor=request.actor, **form.values())
        except RuleBroken as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("View “%(name)s” saved.") % {"name": form.cleaned_data["name"]})
            return redirect("coordination:view-list")
    filters = list_to_go_back_to(request)
    page = {"form": form, "view": found, "back": address_of(filters), "back_key": BACK, "back_query": filters.query}
    return render(request, "coordination/lists/view_form.html", page, status=422 if form.errors else 200)


@require_POST
@member_required
def view_delete(request: HttpRequest, view: int) -> HttpResponse:
    """Delete a view; its tasks are not touched."""
    found = _view_or_404(request, view)
    lists.delete_view(found, actor=request.actor)
    messages.success(request, _("View “%(name)s” deleted.") % {"name": found.name})
    return redirect("coordination:view-list")


def _save(request: HttpRequest, form: ViewForm, filters) -> str:
    lists.save_view(actor=request.actor, query=filters.kept_query, **form.values())
    return address_of(filters)


def _view_or_404(request: HttpRequest, pk: int) -> SavedView:
    rows = SavedView.objects.visible_to(request.actor)
    return get_object_or_404(rows if pk <= LARGEST_KEY else rows.none(), pk=pk)
