"""What a conference concluded: typed once, ordered, changed, and where a conclusion needs no task of its own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.conferences import services
from coordination.conferences.forms import ConclusionEditForm, ConclusionForm, SettleForm, TaskLinkForm
from coordination.conferences.models import Conclusion, Conference
from coordination.conferences.permissions import can_keep_record, can_settle
from coordination.conferences.queries import conclusion_rows
from coordination.conferences.views.doors import accepted, find, missing_part, show
from records import clock
from records.errors import Conflict, RuleBroken
from records.forms import posted

_METHODS, _CHANGED, _REFUSED = ["GET", "HEAD", "POST"], 409, 422


@require_http_methods(_METHODS)
@member_required
def conference_conclusions(request: HttpRequest, conference: str) -> HttpResponse:
    """The conclusions and the tasks they became; those who keep the record add more."""
    found = find(request, conference)
    may = can_keep_record(request.actor, found)
    if request.method == "POST":
        require(may)
    form = ConclusionForm(posted(request), actor=request.actor, conference=found) if may else None
    if form and accepted(request, form, lambda: services.conclude(found, actor=request.actor, **form.cleaned_data)):
        messages.success(request, _("The conclusion has been saved."))
        page = redirect("coordination:conference-conclusions", found.slug)
        page["Location"] += "#them"  # what is concluded is typed one after the other
        return page
    rows = conclusion_rows(request.actor, found)
    return show(
        request,
        "conference_conclusions.html",
        found,
        form=form,
        conclusions=rows,
        waiting=sum(row.standing.is_waiting for row in rows),
        may_settle=bool(can_settle(request.actor, found)),
        today=clock.today(),
        tab="conclusions",
    )


@require_http_methods(_METHODS)
@member_required
def conference_conclusion(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Change a conclusion; where someone else was faster, both versions are shown."""
    found, conclusion = _at(request, conference, position)
    require(can_keep_record(request.actor, found))
    form = ConclusionEditForm(posted(request), actor=request.actor, conference=found, conclusion=conclusion)
    try:
        if accepted(
            request, form, lambda: services.edit_conclusion(conclusion, actor=request.actor, **form.cleaned_data)
        ):
            messages.success(request, _("The conclusion has been saved."))
            return redirect("coordination:conference-conclusions", found.slug)
    except Conflict as conflict:
        return _overtaken(request, found, conclusion, form, conflict)
    return show(request, "conference_conclusion.html", found, form=form, conclusion=conclusion, tab="conclusions")


@require_POST
@member_required
def conference_conclusion_act(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """One small act on a conclusion: up, down, waiting again."""
    found, conclusion = _at(request, conference, position)
    act = {
        "up": lambda: services.move_conclusion(conclusion, actor=request.actor, up=True),
        "down": lambda: services.move_conclusion(conclusion, actor=request.actor, up=False),
        "wait": lambda: services.unsettle_conclusion(conclusion, actor=request.actor),
    }.get(request.POST.get("act", ""))
    require(can_settle(request.actor, found))
    if act is not None:
        try:
            act()
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
    return redirect("coordination:conference-conclusions", found.slug)


@require_http_methods(_METHODS)
@member_required
def conference_conclusion_remove(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Ask once more, then take a conclusion off that no task carries out."""
    found, conclusion = _at(request, conference, position)
    require(can_keep_record(request.actor, found))
    refusal = ""
    if request.method == "POST":
        try:
            services.remove_conclusion(conclusion, actor=request.actor)
        except RuleBroken as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The conclusion has been removed."))
            return redirect("coordination:conference-conclusions", found.slug)
    page = {"conclusion": conclusion, "refusal": refusal, "tab": "conclusions"}
    answer = show(request, "conference_conclusion_remove.html", found, **page)
    answer.status_code = _REFUSED if refusal else answer.status_code
    return answer


@require_http_methods(_METHODS)
@member_required
def conference_settle(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Say why a conclusion needs no task of its own."""
    found, conclusion = _at(request, conference, position)
    require(can_settle(request.actor, found))
    form = SettleForm(posted(request))
    if accepted(
        request, form, lambda: services.settle_conclusion(conclusion, actor=request.actor, **form.cleaned_data)
    ):
        messages.success(request, _("The conclusion no longer waits for a task; the reason stands beside it."))
        return redirect("coordination:conference-conclusions", found.slug)
    return show(request, "conference_settle.html", found, form=form, conclusion=conclusion, tab="conclusions")


@require_http_methods(_METHODS)
@member_required
def conference_task(request: HttpRequest, conference: str, position: int) -> HttpResponse:
    """Link a conclusion to a task that carries it out, or untie one."""
    found, conclusion = _at(request, conference, position)
    require(can_keep_record(request.actor, found))
    if request.POST.get("untie"):
        return _untied(request, found, conclusion)
    form = TaskLinkForm(posted(request), actor=request.actor, conference=found)
    if accepted(request, form, lambda: services.link_task(conclusion, form.cleaned_data["task"], actor=request.actor)):
        messages.success(request, _("The task has been linked to the conclusion."))
        return redirect("coordination:conference-conclusions", found.slug)
    row = next(one for one in conclusion_rows(request.actor, found) if one.conclusion.pk == conclusion.pk)
    return show(request, "conference_task.html", found, form=form, row=row, conclusion=conclusion, tab="conclusions")


def _untied(request: HttpRequest, conference: Conference, conclusion: Conclusion) -> HttpResponse:
    code = request.POST.get("untie", "")
    task = conclusion.tasks.filter(code=code).first() if "\x00" not in code else None
    if task is None:
        require(unseen())
    try:
        services.unlink_task(conclusion, task, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The task no longer carries the conclusion out. The task itself stays."))
    return redirect("coordination:conference-conclusions", conference.slug)


def _at(request: HttpRequest, address: str, position: int) -> tuple[Conference, Conclusion]:
    """A conference and the conclusion at a place of it."""
    found = find(request, address)
    conclusion = found.conclusions.filter(position=position).first() if position < 1 << 15 else None
    if conclusion is None:
        missing_part(request)
    conclusion.conference = found
    return found, conclusion


def _overtaken(
    request: HttpRequest, conference: Conference, conclusion: Conclusion, form: ConclusionEditForm, conflict: Conflict
) -> HttpResponse:
    """What is saved now beside what was typed, and the form as typed to save over it."""
    fresh = conference.conclusions.get(pk=conclusion.pk)
    again = request.POST.copy()
    again["revision"] = str(fresh.revision)
    mine = ConclusionEditForm(again, actor=request.actor, conference=conference, conclusion=fresh)
    page = {"reason": str(conflict), "conclusion": fresh, "typed": form.cleaned_data["text"]}
    answer = show(request, "conference_conclusion.html", conference, form=mine, tab="conclusions", **page)
    answer.status_code = _CHANGED
    return answer
