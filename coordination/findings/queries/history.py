"""What happened to a finding, in plain words: on its own page and in the history of its round."""

from collections.abc import Set
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Membership
from coordination.evaluations.queries.history import TELLERS
from coordination.findings.enums import CauseKind, FindingKind
from coordination.findings.models import Finding
from coordination.tasks.models import Task
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about

FINDING = {
    "kind": Word(gettext_lazy("Kind"), history.choice(FindingKind)),
    "heading": Word(gettext_lazy("Heading"), history.text),
    "text": Word(gettext_lazy("Text"), history.text),
    "cause_kind": Word(gettext_lazy("Kind of cause"), history.choice(CauseKind)),
    "is_doubtful": Word(gettext_lazy("Source is damaged or unclear"), history.marked),
    "program": Word(gettext_lazy("Program"), history.text),
    "of_limitation": Word(gettext_lazy("Limitation it belongs to"), history.text),
    "repeats": Word(gettext_lazy("Repeats"), history.text),
    "addressed_to": Word(gettext_lazy("Addressed to"), history.text),
    "remedied_by": Word(gettext_lazy("Task that mends it"), history.text),
    "waiver_reason": Word(gettext_lazy("Reason for doing without a remedy"), history.text),
}
history.speak("coordination.finding", gettext_lazy("Finding"), FINDING)

_FOUND = ("heading", "text", "cause_kind", "repeats", "addressed_to", "is_doubtful")
_DECIDED = ("waiver_reason",)


def history_of_finding(actor: Membership, finding: Finding, *, before: str = "", after: str = "") -> History:
    """The events of one finding, newest first. The caller has asked whether the actor may see it."""
    seen = Task.objects.visible_to(actor).filter(pk=finding.remedied_by_id).values_list("code", flat=True)
    return history.read(entries_about(finding), partial(_tell_to, frozenset(seen)), before=before, after=after)


def tell(entry: AuditEntry) -> Told:
    """One entry about a finding as a sentence, without the codes of tasks not every reader sees."""
    return _tell_to(frozenset(), entry)


def _tell_to(seen: Set[str], entry: AuditEntry) -> Told:
    if "waiver_reason" in entry.after:
        return _decided(entry, seen)
    if set(entry.after) == {"remedied_by"}:
        return _given(str(entry.after["remedied_by"]), seen)
    if entry.action == AuditAction.CREATED:
        kind = FINDING["kind"].write(entry.after.get("kind"))
        return Told(_("Wrote a finding: %(kind)s") % {"kind": kind}, shown=_FOUND)
    if entry.action == AuditAction.ENDED:
        return Told(_("Removed a finding: %(text)s") % {"text": history.text(entry.before.get("text"))}, shown=())
    return Told(_("Changed a finding"), shown=("kind", *_FOUND))


def _decided(entry: AuditEntry, seen: Set[str]) -> Told:
    task = str(entry.after.get("remedied_by") or "")
    if task:
        return _given(task, seen)
    if entry.after.get("waiver_reason"):
        return Told(_("Decided to do without a remedy"), shown=_DECIDED)
    return Told(_("Opened the limitation again"), shown=())


def _given(task: str, seen: Set[str]) -> Told:
    if task not in seen:
        return Told(_("Gave the limitation a task that mends it"), "ok", shown=())
    return Told(_("Task %(code)s is to mend the limitation") % {"code": task}, "ok", shown=())


TELLERS["coordination.finding"] = tell
