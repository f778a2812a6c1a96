"""What happened to a task, in plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.tasks.enums import ScheduleKind, TargetOperator, TaskOrigin, TaskState, UpdateCycle
from coordination.tasks.models import Task
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

WORDS = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(TaskState)),
    "title": Word(gettext_lazy("Task name"), history.text),
    "leads": Word(gettext_lazy("Lead agency"), history.text),
    "coordinators": Word(gettext_lazy("Coordinating agencies"), history.text),
    "confirming_agency": Word(gettext_lazy("Confirming agency"), history.text),
    "area": Word(gettext_lazy("Area"), history.text),
    "section": Word(gettext_lazy("Section"), history.text),
    "deliverable": Word(gettext_lazy("Deliverable"), history.text),
    "schedule_kind": Word(gettext_lazy("Schedule"), history.choice(ScheduleKind)),
    "schedule_number": Word(gettext_lazy("Month, quarter or half-year"), history.whole),
    "start_on": Word(gettext_lazy("Start"), history.day),
    "due_on": Word(gettext_lazy("Deadline"), history.day),
    "legal_due_on": Word(gettext_lazy("Limit set by law"), history.day),
    "target_operator": Word(gettext_lazy("How the target is met"), history.choice(TargetOperator)),
    "target_value": Word(gettext_lazy("Target"), history.quantity),
    "target_unit": Word(gettext_lazy("Unit"), history.text),
    "target_words": Word(gettext_lazy("Target in words"), history.text),
    "update_cycle": Word(gettext_lazy("Update cycle"), history.choice(UpdateCycle)),
    "origin": Word(gettext_lazy("Origin"), history.choice(TaskOrigin)),
    "continues": Word(gettext_lazy("Carried over from"), history.text),
    "funding": Word(gettext_lazy("Funding"), history.text),
    "note": Word(gettext_lazy("Note"), history.text),
    "value": Word(gettext_lazy("Quantity done"), history.quantity),
    "percent": Word(gettext_lazy("Share done"), history.percent),
    "claims_completion": Word(gettext_lazy("Reported complete"), history.yes_or_no),
    "files": Word(pgettext_lazy("count", "Files"), history.count),
    "completed_on": Word(gettext_lazy("Reported complete on"), history.day),
    "confirmed_on": Word(gettext_lazy("Result confirmed on"), history.day),
    "decision": Word(gettext_lazy("Decision"), history.text),
    "lead": Word(gettext_lazy("Lead agency"), history.text),
    "coordinator": Word(gettext_lazy("Coordinating agencies"), history.text),
    "confirming": Word(gettext_lazy("Confirming agency"), history.text),
}
_REPORT = ("value", "percent", "files")
_HANDED_OVER = ("lead", "coordinator", "confirming")
_DAYS = ("completed_on", "confirmed_on")
# The code of the task it continues is left to the page, which knows whether the reader sees that one.
_PLAN = tuple(
    name for name in WORDS if name not in (*_REPORT, *_DAYS, *_HANDED_OVER, "state", "claims_completion", "continues")
)
_PASSED = {
    (TaskState.AWAITING, TaskState.COMPLETED): (gettext_lazy("Result confirmed"), "ok"),
    (TaskState.AWAITING, TaskState.IN_PROGRESS): (gettext_lazy("Returned for rework"), "bad"),
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
    if entry.action == AuditAction.REPORTED:
        claims = entry.after.get("claims_completion")
        return Told(_("Reported completion") if claims else _("Reported progress"), "ok" if claims else "", _REPORT)
    if entry.action == AuditAction.MOVED:
        return _moved(entry)
    if entry.action == AuditAction.CHANGED and "reason" in entry.after and "due_on" in entry.after:
        return Told(_("Moved the deadline"), shown=("due_on", "decision"))
    if entry.action == AuditAction.CHANGED:
        return Told(_("Changed the plan of the task"), shown=_PLAN)
    if entry.action == AuditAction.HANDED_OVER:
        return Told(_("Handed over to the agencies that go on with the work"), "", shown=_HANDED_OVER)
    return Told(str(AuditAction(entry.action).label), shown=_PLAN)


def _moved(entry: AuditEntry) -> Told:
    target = TaskState(entry.after["state"])
    text, tone = _PASSED.get((entry.before.get("state"), target), ("", "idle"))
    return Told(str(text) or _("The task is now: %(state)s") % {"state": target.label}, tone, shown=_DAYS)
