"""What happened to a task, in plain words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.tasks.enums import (
    EvidenceKind,
    ExtensionStep,
    ScheduleKind,
    TargetMeasure,
    TargetOperator,
    TaskOrigin,
    TaskState,
    UpdateCycle,
)
from coordination.tasks.models import Task
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about


def _with_contributions(value: Any) -> str:
    """Agencies by name, each with what it contributes where that was said."""
    if not isinstance(value, list):
        return history.text(value)
    told = [
        f"{history.text(one)}: {one['adds']}" if isinstance(one, dict) and one.get("adds") else one for one in value
    ]
    return history.text(told)


def _adds(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("adds"))


WORDS = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(TaskState)),
    "title": Word(gettext_lazy("Task name"), history.text),
    "leads": Word(gettext_lazy("Lead agency"), history.text),
    "coordinators": Word(gettext_lazy("Coordinating agencies"), _with_contributions),
    "groups": Word(gettext_lazy("Groups of agencies"), history.text),
    "items": Word(gettext_lazy("Parts of the work"), history.text),
    "confirming_agency": Word(gettext_lazy("Confirming agency"), history.text),
    "area": Word(gettext_lazy("Area"), history.text),
    "section": Word(gettext_lazy("Section"), history.text),
    "deliverable": Word(gettext_lazy("Deliverable"), history.text),
    "schedule_kind": Word(gettext_lazy("Schedule"), history.choice(ScheduleKind)),
    "schedule_number": Word(gettext_lazy("Month, quarter or half-year"), history.whole),
    "schedule_until": Word(gettext_lazy("Until which quarter"), history.whole),
    "follows": Word(gettext_lazy("After which task"), history.text),
    "within_days": Word(gettext_lazy("Within how many days"), history.whole),
    "waves": Word(gettext_lazy("Waves"), history.text),
    "start_on": Word(gettext_lazy("Start"), history.day),
    "due_on": Word(gettext_lazy("Deadline"), history.day),
    "due_time": Word(gettext_lazy("Time of day"), history.hour),
    "legal_due_on": Word(gettext_lazy("Limit set by law"), history.day),
    "target_name": Word(gettext_lazy("Name of the target"), history.text),
    "target_measure": Word(gettext_lazy("The number is"), history.choice(TargetMeasure)),
    "target_operator": Word(gettext_lazy("How the target is met"), history.choice(TargetOperator)),
    "target_value": Word(gettext_lazy("Target"), history.quantity),
    "target_unit": Word(gettext_lazy("Unit"), history.text),
    "target_words": Word(gettext_lazy("Target in words"), history.text),
    "more_targets": Word(gettext_lazy("Further targets"), history.text),
    "proof": Word(gettext_lazy("What proves the result"), history.choice(EvidenceKind)),
    "update_cycle": Word(gettext_lazy("Update cycle"), history.choice(UpdateCycle)),
    "origin": Word(gettext_lazy("Origin"), history.choice(TaskOrigin)),
    "direction": Word(gettext_lazy("Paper of direction"), history.text),
    "continues": Word(gettext_lazy("Carried over from"), history.text),
    "funding": Word(gettext_lazy("Funding"), history.text),
    "note": Word(gettext_lazy("Note"), history.text),
    "step": Word(gettext_lazy("Part of the work"), history.text),
    "done_on": Word(gettext_lazy("Done on"), history.day),
    "value": Word(gettext_lazy("Quantity done"), history.quantity),
    "percent": Word(gettext_lazy("Share done"), history.percent),
    "claims_completion": Word(gettext_lazy("Reported complete"), history.yes_or_no),
    "part_of": Word(gettext_lazy("Whose part"), history.text),
    "part_is_done": Word(gettext_lazy("Part done"), history.marked),
    "figures": Word(gettext_lazy("Further targets, done"), history.text),
    "reported_on": Word(gettext_lazy("Figures as of"), history.day),
    "expected_on": Word(gettext_lazy("Completion expected on"), history.day),
    "extension": Word(gettext_lazy("Request for a later deadline"), history.choice(ExtensionStep)),
    "wanted_due_on": Word(gettext_lazy("Deadline asked for"), history.day),
    "result": Word(gettext_lazy("Result"), history.text),
    "files": Word(pgettext_lazy("count", "Files"), history.count),
    "completed_on": Word(gettext_lazy("Reported complete on"), history.day),
    "confirmed_on": Word(gettext_lazy("Result confirmed on"), history.day),
    "decision": Word(gettext_lazy("Decision"), history.text),
    "lead": Word(gettext_lazy("Lead agency"), history.text),
    "coordinator": Word(gettext_lazy("Coordinating agencies"), history.text),
    "confirming": Word(gettext_lazy("Confirming agency"), history.text),
    "binned": Word(gettext_lazy("Deleted"), history.yes_or_no),
}
_REPORT = ("part_of", "value", "percent", "figures", "part_is_done", "files", "reported_on", "expected_on")
_ASKED = ("extension", "wanted_due_on")
_EXTENSION = {
    ExtensionStep.ASKED: (gettext_lazy("Asked for a later deadline"), "idle"),
    ExtensionStep.REFUSED: (gettext_lazy("Later deadline not agreed to"), "bad"),
    ExtensionStep.WITHDRAWN: (gettext_lazy("Took the request for a later deadline back"), "idle"),
}
_HANDED_OVER = ("lead", "coordinator", "confirming")
_DAYS = ("completed_on", "confirmed_on")
_STEP = ("step", "done_on", "result")
# The code of the task it continues is left to the page, which knows whether the reader sees that one.
_PLAN = tuple(
    name
    for name in WORDS
    if name
    not in (
        *_STEP,
        *_REPORT,
        "extension",
        "wanted_due_on",
        *_DAYS,
        *_HANDED_OVER,
        "state",
        "claims_completion",
        "continues",
    )
)
_PASSED = {
    (TaskState.AWAITING, TaskState.COMPLETED): (gettext_lazy("Result confirmed"), "ok"),
    (TaskState.AWAITING, TaskState.IN_PROGRESS): (gettext_lazy("Returned for rework"), "bad"),
    (TaskState.SUSPENDED, TaskState.NOT_STARTED): (gettext_lazy("Resumed the task"), ""),
    (TaskState.SUSPENDED, TaskState.IN_PROGRESS): (gettext_lazy("Resumed the task"), ""),
}
_STOPPED = {
    TaskState.SUSPENDED: (gettext_lazy("Suspended the task"), "idle"),
    TaskState.CANCELLED: (gettext_lazy("Cancelled the task"), "bad"),
}

history.speak("coordination.task", gettext_lazy("Task"), WORDS)
history.speak("coordination.evidence", gettext_lazy("Evidence"), {"task": Word(gettext_lazy("Task"), history.text)})


def history_of(task: Task, *, before: str = "", after: str = "") -> History:
    """The events of a task, newest first. The caller has already asked whether the actor may see it."""
    return history.read(entries_about(task), tell, before=before, after=after)


def tell(entry: AuditEntry) -> Told:
    """One entry about a task as a sentence."""
    if entry.action == AuditAction.CREATED:
        return Told(_("Created the task"), shown=("leads", "coordinators", "start_on", "due_on", "target_value"))
    if "step" in entry.after:
        is_done = entry.action == AuditAction.REPORTED
        return Told(_("Said a part of the work done") if is_done else _("Took a part of the work back"), shown=_STEP)
    if "extension" in entry.after:
        text, tone = _EXTENSION[ExtensionStep(entry.after["extension"])]
        return Told(str(text), tone, shown=("wanted_due_on",))
    if entry.action == AuditAction.REPORTED and "part_of" in entry.after:
        return Told(_("Reported its part of the task"), "idle", _REPORT)
    if entry.action == AuditAction.REPORTED:
        claims = entry.after.get("claims_completion")
        return Told(_("Reported completion") if claims else _("Reported progress"), "ok" if claims else "", _REPORT)
    if entry.action == AuditAction.MOVED:
        return _moved(entry)
    if "binned" in entry.after:
        return Told(_("Deleted the task") if entry.after["binned"] else _("Brought the task back"), shown=())
    if entry.action == AuditAction.CHANGED and "reason" in entry.after and "due_on" in entry.after:
        return Told(_("Moved the deadline"), shown=("due_on", "decision"))
    if entry.action == AuditAction.CHANGED:
        return Told(_("Changed the plan of the task"), shown=_PLAN)
    if entry.action == AuditAction.HANDED_OVER:
        return Told(_("Handed over to the agencies that go on with the work"), "", shown=_HANDED_OVER)
    return Told(str(AuditAction(entry.action).label), shown=_PLAN)


def _moved(entry: AuditEntry) -> Told:
    target = TaskState(entry.after["state"])
    known = _PASSED.get((entry.before.get("state"), target))
    text, tone = known or _STOPPED.get(target, ("", "idle"))
    return Told(
        str(text) or _("The task is now: %(state)s") % {"state": target.label}, tone, shown=(*_DAYS, "decision")
    )
