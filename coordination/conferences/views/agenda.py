"""The agenda: items changed, put in order, taken off, run in session, with the papers that lie under them."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import AgendaChangeForm, PaperForm, StepForm
from coordination.conferences.forms.agenda import planned
from coordination.conferences.models import AgendaItem, AgendaPaper, Conference
from coordination.conferences.permissions import can_keep_record, can_run_conference
from coordination.conferences.queries.agenda import agenda_rows
from coordination.conferences.views.doors import accepted, find, show
from coordination.conferences.views.overtaken import overtaken, typed_again
from records import clock
from records.errors import Conflict, RuleBroken
from records.files.enums import FileKind
from records.forms import posted

_METHODS = ["GET", "HEAD", "POST"]


def item_at(conference: Conference, number: int) -> AgendaItem:
    """An item of the conference by its number, which stays when the agenda is put in another order."""
    found = get_object_or_404(conference.agenda.select_related("presenter_agency", "program"), number=number)
    found.conference = conference
    return found


@require_http_methods(_METHODS)
@member_required
def conference_agenda_item(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Change an item of the agenda."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    item = item_at(found, number)
    form = AgendaChangeForm(posted(request), actor=request.actor, conference=found, initial=planned(item))
    try:
        if accepted(request, form, lambda: services.edit_agenda_item(item, actor=request.actor, **form.cleaned_data)):
            messages.success(request, _("The agenda item has been saved."))
            return _to_agenda(found, number)
    except Conflict as conflict:
        fresh = item_at(found, number)
        return overtaken(
            request,
            found,
            conflict=conflict,
            mine=form,
            stored=planned(fresh),
            again=AgendaChangeForm(typed_again(request, fresh.revision), actor=request.actor, conference=found),
            url=reverse("coordination:conference-agenda-item", args=[found.slug, number]),
            back=reverse("coordination:conference-detail", args=[found.slug]),
            tab="agenda",
        )
    return show(request, "conference_agenda_item.html", found, form=form, tab="agenda", item=item)


@require_POST
@member_required
def conference_agenda_move(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Put an item one place up or down."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    services.move_agenda_item(item_at(found, number), actor=request.actor, up=request.POST.get("to") == "up")
    return _to_agenda(found, number)


@require_http_methods(_METHODS)
@member_required
def conference_agenda_remove(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """Ask once more, then take an item off the agenda."""
    found = find(request, conference)
    require(can_run_conference(request.actor, found))
    item = item_at(found, number)
    if request.method != "POST":
        return show(request, "conference_agenda_remove.html", found, tab="agenda", item=item)
    _said(request, lambda: services.remove_agenda_item(item, actor=request.actor), _("The item is off the agenda."))
    return redirect("coordination:conference-detail", found.slug)


@require_POST
@member_required
def conference_step(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """One button: the item begins, is done, is taken up again or waits."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    item, form = item_at(found, number), StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the listed values"))
        return _to_agenda(found, number)
    state = form.cleaned_data["state"]
    told = _("“%(item)s” is now: %(state)s") % {"item": item.title, "state": dict(form.fields["state"].choices)[state]}
    _said(request, lambda: services.advance_agenda(item, actor=request.actor, state=state), told)
    return _to_agenda(found, number)


@require_http_methods(_METHODS)
@member_required
def conference_item_papers(request: HttpRequest, conference: str, number: int) -> HttpResponse:
    """The papers under an item; those who keep the record lay one more."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    item = item_at(found, number)
    form = PaperForm(posted(request), request.FILES or None, actor=request.actor, conference=found)
    if accepted(request, form, lambda: _lay(form, item, request)):
        messages.success(request, _("The paper lies under the item."))
        return redirect("coordination:conference-item-papers", found.slug, number)
    row = next(row for row in agenda_rows(request.actor, found, clock.now()) if row.item.pk == item.pk)
    return show(request, "conference_item_papers.html", found, form=form, tab="agenda", item=item, row=row)


@require_safe
@member_required
def conference_paper(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """A file that lies under an item, always as a download under its own name."""
    paper = _paper_at(request, find(request, conference), pk)
    if paper.file is None:
        raise Http404
    try:
        content = services.hand_over_paper(paper, actor=request.actor)
    except FileNotFoundError as lost:
        raise Http404 from lost
    kind = FileKind(paper.file.kind).media_type
    response = FileResponse(content, as_attachment=True, filename=paper.file.name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@member_required
def conference_paper_detach(request: HttpRequest, conference: str, pk: int) -> HttpResponse:
    """Take a paper away from its item."""
    found = find(request, conference)
    require(can_keep_record(request.actor, found))
    paper = _paper_at(request, found, pk)
    services.detach_paper(paper, actor=request.actor)
    messages.success(request, _("The paper no longer lies under the item."))
    return redirect("coordination:conference-item-papers", found.slug, paper.agenda_item.number)


def _paper_at(request: HttpRequest, conference: Conference, pk: int) -> AgendaPaper:
    rows = AgendaPaper.objects.visible_to(request.actor).filter(agenda_item__conference=conference)
    return get_object_or_404(rows.select_related("file", "agenda_item__conference", "party_report"), pk=pk)


def _lay(form: PaperForm, item: AgendaItem, request: HttpRequest) -> AgendaPaper:
    chosen = form.cleaned_data
    if upload := form.upload():
        return services.attach_file(item, actor=request.actor, file=upload, title=chosen["title"])
    if chosen["report"]:
        return services.attach_report(item, chosen["report"], actor=request.actor)
    return services.attach_issued(item, chosen["issued"], actor=request.actor)


def _said(request: HttpRequest, act, told: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)


def _to_agenda(conference: Conference, number: int) -> HttpResponse:
    page = redirect("coordination:conference-detail", conference.slug)
    page["Location"] += f"#muc-{number}"
    return page
