"""Acts on ticked tasks: the page that says what will happen, what happened, taking it back, the bin."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access.decisions import require, unseen
from agencies.access.http import member_required
from coordination.lists import services as lists
from coordination.lists.enums import UNDO_DAYS, BulkAct
from coordination.lists.forms import FORMS, BulkForm
from coordination.lists.http import BACK, address_of, list_to_go_back_to
from coordination.lists.models import BulkChange
from coordination.lists.permissions import can_act_in_bulk, can_undo
from coordination.lists.queries import areas_for, binned_tasks, changes_undoable, chosen_tasks, rows_of_change
from coordination.lists.queries.kept import Chosen
from coordination.lists.services.bulk import MOST_TASKS
from coordination.tasks.http import answer_given, new_token, once
from coordination.tasks.models import Task
from records import text
from records.errors import RuleBroken
from records.forms import posted

LARGEST_KEY = 2**63 - 1
_DO: dict[BulkAct, Callable] = {
    BulkAct.REMIND: lists.remind_leads,
    BulkAct.EXTEND: lists.extend_tasks,
    BulkAct.CHANGE_AREA: lists.change_area,
    BulkAct.CONFIRM: lists.confirm_tasks,
    BulkAct.BIN: lists.bin_tasks,
}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def act(request: HttpRequest) -> HttpResponse:
    """What an act would do with the ticked tasks and with which it cannot be done; sent from here, it is done."""
    asked = request.POST or request.GET
    if asked.get("act") not in BulkAct.values:
        require(unseen())
    kind = BulkAct(asked["act"])
    require(can_act_in_bulk(request.actor, kind))
    if request.method == "POST":
        return _sent(request, kind)
    chosen = _chosen(request, kind)
    return _act_page(request, kind, chosen, _form(request, kind, chosen))


@require_safe
@member_required
def change_detail(request: HttpRequest, change: int) -> HttpResponse:
    """What one act did with each task, and the way to take it back."""
    found = _change_or_404(request, change)
    page = {
        "change": found,
        "act": BulkAct(found.act),
        "rows": rows_of_change(request.actor, found),
        "undoable": can_undo(request.actor, found),
        "back": address_of(list_to_go_back_to(request)),
    }
    return render(request, "coordination/lists/change_detail.html", page)


@require_POST
@member_required
def undo(request: HttpRequest, change: int) -> HttpResponse:
    """Take an act on many tasks back."""
    found = _change_or_404(request, change)
    try:
        count = lists.undo_change(found, actor=request.actor)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("Taken back for %(count)s task.", "Taken back for %(count)s tasks.", count)
        messages.success(request, told % {"count": count})
    return redirect("coordination:task-change", change=found.pk)


@require_safe
@member_required
def bin_and_changes(request: HttpRequest) -> HttpResponse:
    """What was deleted or changed in many tasks in the last 30 days, with the way to take each back."""
    page = {
        "binned": binned_tasks(request.actor),
        "changes": changes_undoable(request.actor),
        "days": UNDO_DAYS,
    }
    return render(request, "coordination/lists/task_bin.html", page)


@require_POST
@member_required
def restore(request: HttpRequest, task: str) -> HttpResponse:
    """Bring one task back from the bin."""
    seen = Task.with_binned.visible_to(request.actor).filter(binned_at__isnull=False)
    found = lists.restore_task(get_object_or_404(seen, code=task.upper()), actor=request.actor)
    messages.success(request, _("Task %(code)s is back in the list.") % {"code": found.short_code})
    return redirect("coordination:task-detail", task=found.slug)


@transaction.atomic
def _sent(request: HttpRequest, kind: BulkAct) -> HttpResponse:
    """The page of an act sent back: done with all its tasks or with none.

    Why one transaction: the same page sent twice waits here, and finds the answer before the tasks are looked at.
    """
    if answer := answer_given(request):
        return redirect(answer)
    chosen = _chosen(request, kind)
    require(chosen.decision)
    form = _form(request, kind, chosen)
    if form.is_valid():
        try:
            return redirect(once(request, lambda: _do(request, kind, chosen, form)))
        except RuleBroken as refusal:
            form.add_refusal(refusal)
    return _act_page(request, kind, chosen, form)


def _chosen(request: HttpRequest, kind: BulkAct) -> Chosen:
    """The ticked tasks. One more than may be is looked at, so that too many are refused and none is passed over; what
    is no code at all is a task nobody sees.
    """
    codes = (request.POST or request.GET).getlist("task")[: MOST_TASKS + 1]
    return chosen_tasks(request.actor, ["" if text.has_forbidden(code) else code[:40] for code in codes], kind)


def _form(request: HttpRequest, kind: BulkAct, chosen: Chosen) -> BulkForm:
    return FORMS[kind](posted(request), initial={"form_token": new_token()}, area_choices=areas_for(chosen))


def _do(request: HttpRequest, kind: BulkAct, chosen: Chosen, form: BulkForm) -> str:
    if chosen.refused:
        raise RuleBroken(
            _("Nothing was done: some of these tasks no longer allow it. Look through them and send again.")
        )
    tasks = [one.task for one in chosen.allowed]
    change = _DO[kind](tasks, actor=request.actor, **form.values())
    count = change.rows.count()
    told = ngettext("%(act)s: done for %(count)s task.", "%(act)s: done for %(count)s tasks.", count)
    messages.success(request, told % {"act": kind.label, "count": count})
    back = urlencode({BACK: list_to_go_back_to(request).query})
    return f"{reverse('coordination:task-change', args=[change.pk])}?{back}"


def _act_page(request: HttpRequest, kind: BulkAct, chosen: Chosen, form: BulkForm) -> HttpResponse:
    filters = list_to_go_back_to(request)
    page = {
        "act": kind,
        "chosen": chosen,
        "form": form,
        "back": address_of(filters),
        "back_key": BACK,
        "back_query": filters.query,
    }
    return render(request, "coordination/lists/task_act.html", page, status=422 if form.errors else 200)


def _change_or_404(request: HttpRequest, pk: int) -> BulkChange:
    rows = BulkChange.objects.visible_to(request.actor).select_related("by__agency", "by__user", "undone_by__agency")
    return get_object_or_404(rows if pk <= LARGEST_KEY else rows.none(), pk=pk)
