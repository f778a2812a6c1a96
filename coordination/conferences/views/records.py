"""What stays of a conference: the page, the press accounts, the reports that were heard."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import HeardForm, PressForm, stored_heard, stored_press
from coordination.conferences.models import Conference, HeardReport, PressAccount
from coordination.conferences.permissions import can_keep_record
from coordination.conferences.queries import commended_at
from coordination.conferences.queries.heard import paper_under
from coordination.conferences.views.doors import accepted, find, missing_part, show
from coordination.conferences.views.overtaken import overtaken, typed_again
from records.errors import Conflict
from records.forms import PortalForm, posted

_METHODS = ["GET", "HEAD", "POST"]
_LARGEST = 1 << 62


@require_safe
@member_required
def conference_records(request: HttpRequest, conference: str) -> HttpResponse:
    """Commendations, photos, what the press wrote."""
    found = find(request, conference)
    keeps = bool(can_keep_record(request.actor, found))
    return show(
        request,
        "conference_records.html",
        found,
        commended=commended_at(request.actor, found, keeps=keeps),
        photos=found.photos.select_related("file", "small"),
        press=found.press_accounts.order_by("pk"),
        tab="records",
    )


@require_http_methods(_METHODS)
@member_required
def conference_press_add(request: HttpRequest, conference: str) -> HttpResponse:
    """Record a published account."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    form = PressForm(posted(request))
    if accepted(request, form, lambda: services.record_press(found, actor=request.actor, **form.account())):
        messages.success(request, _("The press account has been saved."))
        return _to("records", found, "#bao-chi")
    return show(request, "conference_press.html", found, form=form, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_press_edit(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Correct what was recorded about an account."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    account = _part_at(request, found, PressAccount, pk)
    form = PressForm(posted(request), initial=stored_press(account))

    def change():
        return services.change_press(
            account, actor=request.actor, revision=form.cleaned_data["revision"], **form.account()
        )

    try:
        if accepted(request, form, change):
            messages.success(request, _("The press account has been saved."))
            return _to("records", found, "#bao-chi")
    except Conflict as conflict:
        stored = stored_press(_part_at(request, found, PressAccount, pk))
        return _overtaken(request, found, conflict, form, stored, lambda sent: PressForm(sent), "records")
    return show(request, "conference_press.html", found, form=form, account=account, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_press_remove(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Keep an account no longer, after it was asked."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    account = _part_at(request, found, PressAccount, pk)
    if request.method == "POST":
        services.remove_press(account, actor=request.actor)
        messages.success(request, _("The press account has been removed."))
        return _to("records", found, "#bao-chi")
    return show(request, "conference_press_remove.html", found, account=account, tab="records")


@require_http_methods(_METHODS)
@member_required
def conference_heard_add(request: HttpRequest, conference: str) -> HttpResponse:
    """Record that a report was heard; an item of the agenda fills in what it says already."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    given = {"actor": request.actor, "conference": found}
    form = HeardForm(posted(request), initial=_of_item(request, found), **given)
    if accepted(request, form, lambda: services.hear_report(found, actor=request.actor, heard=form.heard())):
        messages.success(request, _("The report has been recorded."))
        return _to("documents", found, "#da-nghe")
    return show(request, "conference_heard.html", found, form=form, tab="documents")


@require_http_methods(_METHODS)
@member_required
def conference_heard_edit(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Correct what was recorded about a report that was heard."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    row = _part_at(request, found, HeardReport, pk)
    given = {"actor": request.actor, "conference": found, "kept": row}
    form = HeardForm(posted(request), initial=stored_heard(row), **given)

    def change():
        return services.change_heard(
            row, actor=request.actor, heard=form.heard(), revision=form.cleaned_data["revision"]
        )

    try:
        if accepted(request, form, change):
            messages.success(request, _("The report has been recorded."))
            return _to("documents", found, "#da-nghe")
    except Conflict as conflict:
        stored = stored_heard(_part_at(request, found, HeardReport, pk))
        return _overtaken(request, found, conflict, form, stored, lambda sent: HeardForm(sent, **given), "documents")
    return show(request, "conference_heard.html", found, form=form, row=row, tab="documents")


@require_http_methods(_METHODS)
@member_required
def conference_heard_remove(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Take back that a report was heard, after it was asked."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    row = _part_at(request, found, HeardReport, pk)
    if request.method == "POST":
        services.remove_heard(row, actor=request.actor)
        messages.success(request, _("The report is no longer recorded as heard."))
        return _to("documents", found, "#da-nghe")
    return show(request, "conference_heard_remove.html", found, row=row, tab="documents")


def _of_item(request: HttpRequest, conference: Conference) -> dict:
    """What an item of the agenda says of its report already."""
    number = request.GET.get("muc", "")
    numbered = conference.agenda.filter(number=int(number)) if number.isascii() and number.isdigit() else None
    item = numbered.first() if numbered is not None and len(number) < 6 else None
    if item is None:
        return {"revision": 0}
    of_item = {"title": item.title, "program": item.program_id, "presenter": item.presenter}
    of_item["paper"] = paper_under(request.actor, item)
    return of_item | {"agenda_item": item.pk, "presented_by": item.presenter_agency_id, "revision": 0}


def _part_at(request: HttpRequest, conference: Conference, model, pk: int):
    rows = model.objects.visible_to(request.actor).filter(conference=conference)
    found = rows.filter(pk=pk).first() if pk < _LARGEST else None
    if found is None:
        missing_part(request)
    found.conference = conference
    return found


def _overtaken(
    request: HttpRequest,
    conference: Conference,
    conflict: Conflict,
    mine: PortalForm,
    stored: dict,
    made: Callable[[dict], PortalForm],
    tab: str,
) -> HttpResponse:
    again = made(typed_again(request, stored["revision"]))
    back = _to(tab, conference)["Location"]
    page = {"mine": mine, "stored": stored, "again": again, "url": request.path, "back": back, "tab": tab}
    return overtaken(request, conference, conflict=conflict, **page)


def _to(tab: str, conference: Conference, at: str = "") -> HttpResponse:
    page = redirect(f"coordination:conference-{tab}", conference.slug)
    page["Location"] += at
    return page
