"""What is done about a limitation: a task there is, a new one, none for a reason, or all over again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.findings import services
from coordination.findings.forms import ReasonForm, RemedyForm, WaiverForm
from coordination.findings.models import Finding
from coordination.findings.permissions import can_remedy, can_waive
from coordination.findings.queries import programs_after
from coordination.findings.views.doors import accepted, limitation_at, show
from coordination.tasks.enums import TaskOrigin
from coordination.tasks.forms.from_words import WordsForm, WorkOffer, as_title
from coordination.tasks.http import new_token, once
from records.forms import PortalForm, posted

_METHODS = ["GET", "HEAD", "POST"]
# How a task that mends a limitation is called; tasks are written in Vietnamese.
_REMEDY = "Khắc phục: "


@require_http_methods(_METHODS)
@member_required
def limitation_remedy(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Say which task mends a limitation."""
    limitation = limitation_at(request, key, position)
    require(can_remedy(request.actor, limitation))
    form = RemedyForm(posted(request), actor=request.actor, limitation=limitation)

    def name() -> None:
        services.name_remedy(limitation, actor=request.actor, task=form.cleaned_data["task"])

    if accepted(request, form, name):
        return _done(request, limitation, _("The task has been tied to the limitation."))
    return _page(request, "limitation_remedy.html", limitation, form)


@require_http_methods(_METHODS)
@member_required
def limitation_task(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Create a task that mends a limitation; sent twice it is created once."""
    limitation = limitation_at(request, key, position)
    require(can_remedy(request.actor, limitation))
    offer = WorkOffer(programs_after(request.actor, limitation).with_parties())
    form = WordsForm(posted(request), actor=request.actor, offer=offer, initial=_first(limitation, offer))

    def create() -> str:
        draft = form.draft(origin=TaskOrigin.PLANNED, note=limitation.text)
        program = form.cleaned_data["program"]
        return services.create_remedy(limitation, actor=request.actor, program=program, draft=draft).code

    if accepted(request, form, lambda: once(request, create)):
        return _done(request, limitation, _("The task has been created and tied to the limitation."))
    return _page(request, "limitation_task.html", limitation, form, token=new_token(), has_program=bool(offer.programs))


@require_http_methods(_METHODS)
@member_required
def limitation_waive(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Do without a remedy, for a reason."""
    limitation = limitation_at(request, key, position)
    require(can_waive(request.actor, limitation))
    form = WaiverForm(posted(request))

    def waive() -> None:
        services.waive_limitation(limitation, actor=request.actor, reason=form.cleaned_data["reason"])

    if accepted(request, form, waive):
        return _done(request, limitation, _("The limitation is waived; the reason stands beside it."))
    return _page(request, "limitation_waive.html", limitation, form)


@require_http_methods(_METHODS)
@member_required
def limitation_reopen(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """Take the remedy or the waiver back, for a reason."""
    limitation = limitation_at(request, key, position)
    require(can_waive(request.actor, limitation) if limitation.waived_at else can_remedy(request.actor, limitation))
    form = ReasonForm(posted(request))

    def reopen() -> None:
        services.reopen_limitation(limitation, actor=request.actor, reason=form.cleaned_data["reason"])

    if accepted(request, form, reopen):
        return _done(request, limitation, _("The limitation waits for a task again."))
    return _page(request, "limitation_reopen.html", limitation, form)


def _first(limitation: Finding, offer: WorkOffer) -> dict:
    """What a new remedy begins with: the name of the limitation, its own program's successor or the only one."""
    following = [one for one in offer.programs if one.continues_id and one.continues_id == limitation.program_id]
    program = following[0] if following else offer.program_of(None)
    return {"title": as_title(f"{_REMEDY}{limitation.heading or limitation.text}"), "program": program and program.pk}


def _done(request: HttpRequest, limitation: Finding, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("coordination:finding-detail", limitation.round.key, limitation.position)


def _page(request: HttpRequest, template: str, limitation: Finding, form: PortalForm, **more) -> HttpResponse:
    return show(request, template, form=form, round=limitation.round, finding=limitation, **more)
