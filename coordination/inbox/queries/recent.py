"""What happened lately on the tasks and programs a member sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Membership
from coordination.programs.enums import ProgramState, SignatureState
from coordination.programs.models import Program, ProgramStateChange, SignatureSlot
from coordination.tasks.enums import TaskState
from coordination.tasks.models import DECISIONS, Evidence, ProgressReport, Task, TaskStateChange

MOST_HAPPENINGS = 8


@dataclass(frozen=True)
class Happening:
    """One sentence about one object, with the address of the object."""

    at: datetime
    sentence: str
    label: str
    url: str
    tone: str = ""


def recent(actor: Membership) -> list[Happening]:
    """The latest reports, decisions, signatures and steps, newest first: four queries."""
    happenings = [*_reports(actor), *_decisions(actor), *_signatures(actor), *_steps(actor)]
    return sorted(happenings, key=lambda happening: happening.at, reverse=True)[:MOST_HAPPENINGS]


def _reports(actor: Membership) -> Sequence[Happening]:
    # Counted for the few that are shown: a join would count the files of every report there is.
    files = Evidence.objects.filter(report=OuterRef("pk")).order_by().values("report").values(number=Count("pk"))
    reports = (
        ProgressReport.objects.filter(task__in=Task.objects.visible_to(actor))
        .select_related("task", "by__agency")
        .annotate(files=Subquery(files))
        .order_by("-entered_at", "-pk")[:MOST_HAPPENINGS]
    )
    return [
        Happening(report.entered_at, _report_words(report), report.task.short_code, _task_url(report.task))
        for report in reports
    ]


def _report_words(report: ProgressReport) -> str:
    who = {"agency": report.by.agency.current_short_name}
    if report.claims_completion:
        return _("%(agency)s reported completion of task") % who
    if report.files:
        words = ngettext(
            "%(agency)s sent %(files)s piece of evidence for task",
            "%(agency)s sent %(files)s pieces of evidence for task",
            report.files,
        )
        return words % {**who, "files": report.files}
    return _("%(agency)s updated the progress of task") % who


def _decisions(actor: Membership) -> Sequence[Happening]:
    changes = (
        TaskStateChange.objects.filter(DECISIONS, task__in=Task.objects.visible_to(actor))
        .select_related("task", "by__agency")
        .order_by("-at", "-pk")[:MOST_HAPPENINGS]
    )
    return [
        Happening(change.at, _decision_words(change), change.task.short_code, _task_url(change.task), _tone(change))
        for change in changes
    ]


def _decision_words(change: TaskStateChange) -> str:
    who = {"agency": change.by.agency.current_short_name if change.by else _("The portal")}
    if change.to_state == TaskState.COMPLETED:
        return _("%(agency)s confirmed the result of task") % who
    if change.to_state == TaskState.SUSPENDED:
        return _("%(agency)s suspended task") % who
    if change.to_state == TaskState.CANCELLED:
        return _("%(agency)s cancelled task") % who
    if change.from_state == TaskState.SUSPENDED:
        return _("%(agency)s resumed task") % who
    return _("%(agency)s returned task") % who


def _tone(change: TaskStateChange) -> str:
    if change.from_state == TaskState.SUSPENDED and change.to_state != TaskState.CANCELLED:
        return ""
    return {TaskState.COMPLETED: "ok", TaskState.SUSPENDED: "idle"}.get(change.to_state, "bad")


def _signatures(actor: Membership) -> Sequence[Happening]:
    slots = (
        SignatureSlot.objects.filter(
            version__program__in=Program.objects.visible_to(actor),
            state=SignatureState.SIGNED,
            version__voided_at=None,
        )
        .select_related("version__program", "party__agency")
        .order_by("-recorded_at", "-pk")[:MOST_HAPPENINGS]
    )
    return [
        Happening(
            slot.recorded_at,
            _("%(agency)s signed") % {"agency": slot.party.agency.current_short_name},
            slot.version.program.code,
            reverse("coordination:program-signing", args=[slot.version.program.slug]),
            "ok",
        )
        for slot in slots
    ]


def _steps(actor: Membership) -> Sequence[Happening]:
    changes = (
        ProgramStateChange.objects.filter(program__in=Program.objects.visible_to(actor))
        .exclude(from_state="")
        .select_related("program")
        .order_by("-at", "-pk")[:MOST_HAPPENINGS]
    )
    return [
        Happening(
            change.at,
            _("“%(state)s” from now on:") % {"state": ProgramState(change.to_state).label},
            change.program.code,
            reverse("coordination:program-detail", args=[change.program.slug]),
            "idle",
        )
        for change in changes
    ]


def _task_url(task: Task) -> str:
    return reverse("coordination:task-detail", args=[task.slug])
