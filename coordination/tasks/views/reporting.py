from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access.decisions import require
from agencies.access.http import member_required
from coordination.tasks import services as tasks
from coordination.tasks.forms import PartForm, ProgressForm
from coordination.tasks.http import new_token
from coordination.tasks.models import ProgressReport, Target, Task, TaskRole
from coordination.tasks.permissions import can_report_part, can_report_progress
from coordination.tasks.queries import Parts, last_figures, parts_of
from coordination.tasks.targets import quantity
from coordination.tasks.views.posting import act_page, done
from coordination.tasks.views.reading import visible_task
from records.forms import posted
from records.wording import number

_get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@_get_and_post
@member_required
def progress(request: HttpRequest, task: str) -> HttpResponse:
    """Reporting progress with evidence."""
    found = visible_task(request, task)
    require(can_report_progress(request.actor, found))
    parts = parts_of(request.actor, found)
    form = progress_form(request, found, parts)
    if save_progress(request, found, form):
        return redirect("coordination:task-detail", task=found.slug)
    return progress_page(request, found, form, parts)


def progress_page(request: HttpRequest, task: Task, form: ProgressForm, parts: Parts) -> HttpResponse:
    """The page of the report, with the form as it was opened or sent."""
    return act_page(request, "task_progress.html", task, form, parts=parts)


def save_progress(request: HttpRequest, task: Task, form: ProgressForm) -> bool:
    """Whether the form was sent and its report saved; the inbox has the same form in a row."""

    def report() -> str:
        told = tasks.report_progress(task, actor=request.actor, **form.reported())
        return _saved(task, next(iter(task.targets.all()), None), told)

    return request.method == "POST" and done(request, form, report)


@_get_and_post
@member_required
def part(request: HttpRequest, task: str, role: int) -> HttpResponse:
    """Reporting one agency's own part."""
    found = visible_task(request, task)
    mine = _role_of(found, role)
    require(can_report_part(request.actor, mine))
    parts = parts_of(request.actor, found)
    shown = next(one for one in parts if one.role.pk == mine.pk)
    first = {"value": shown.value, "is_done": bool(shown.last and shown.last.is_done), "form_token": new_token()}
    target = next(iter(found.targets.all()), None)
    form = PartForm(posted(request), request.FILES or None, target=target, initial=first)

    def report() -> str:
        tasks.report_part(mine, actor=request.actor, **form.reported())
        told = {"agency": mine.shown_name, "code": found.short_code}
        return _("Part of %(agency)s in task %(code)s saved.") % told

    if request.method == "POST" and done(request, form, report):
        return redirect("coordination:task-detail", task=found.slug)
    return act_page(request, "task_part.html", found, form, parts=parts, part=shown)


def _role_of(task: Task, pk: int) -> TaskRole:
    """The part of an address, where it is one of this task's."""
    found = next((role for role in task.roles.all() if role.pk == pk), None)
    if found is None:
        raise Http404
    found.task = task
    return found


def progress_form(request: HttpRequest, task: Task, parts: Parts) -> ProgressForm:
    """The form of a report, filled in with what was reported last."""
    targets = list(task.targets.all())
    first = {"value": _likely_value(task, parts), "percent": task.last_percent}
    return ProgressForm(
        posted(request),
        request.FILES or None,
        targets=targets,
        reached=last_figures(targets[1:]) if targets[1:] else {},
        parts_hint=_parts_hint(parts, targets),
        initial={**first, "form_token": new_token()},
    )


def _likely_value(task: Task, parts: Parts) -> Decimal | None:
    """What is offered as the quantity: the last one, or the sum of the parts once it has grown past that."""
    summed = parts.newer_total(task.last_reported_at)
    return summed if summed is not None and summed > (task.last_value or 0) else task.last_value


def _parts_hint(parts: Parts, targets: list[Target]) -> str:
    """What the agencies that work along have reported, so that nobody adds it up by hand."""
    if parts.total is None or not targets:
        return ""
    summed = quantity(parts.total, targets[0].unit)
    told = {"sum": summed, "count": parts.reported_count, "all": len(parts.parts)}
    return _("Parts reported so far make %(sum)s (%(count)s of %(all)s agencies).") % told


def _saved(task: Task, target: Target | None, told: ProgressReport) -> str:
    reached = f"{number(told.value)}/{target}" if told.value is not None else f"{told.percent}%"
    said = _("Progress of task %(code)s saved: %(quantity)s.") % {"code": task.short_code, "quantity": reached}
    if told.expected_on and task.due_on and told.expected_on > task.due_on:
        said += " " + _("You expect to finish after the deadline: ask for a later one.")
    return said
