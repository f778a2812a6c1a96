"""What happened to a report and its blocks, in plain words."""

from django.utils.translation import gettext as _

from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told
from records.audit.models import AuditEntry
from records.audit.queries import entries_about
from reports.composed.enums import ReportState
from reports.composed.models import ComposedReport, ReportBlock

_BLOCK = ReportBlock._meta.label_lower


def history_of(report: ComposedReport, *, before: str = "", after: str = "") -> History:
    """A stretch of what happened to a report and to the blocks it has. Three queries."""
    titles = {block.pk: str(block) for block in report.blocks.all()}
    entries = entries_about(report, report.blocks.all())
    return history.read(entries, lambda entry: _told(entry, titles), before=before, after=after)


def _told(entry: AuditEntry, titles: dict[int, str]) -> Told:
    if entry.object_kind == _BLOCK:
        is_new = entry.action == AuditAction.CREATED
        said = _("Added the part “%(part)s”") if is_new else _("Changed the part “%(part)s”")
        return Told(said % {"part": titles.get(entry.object_id, entry.object_label)}, tone="run")
    return _told_of_report(entry)


def _told_of_report(entry: AuditEntry) -> Told:
    if entry.action == AuditAction.CREATED:
        return Told(_("Began the report"), tone="run")
    if entry.action == AuditAction.MOVED:
        state = ReportState(entry.after["state"])
        return Told(str(state.label), tone=state.tone, shown=())
    if "heading" in entry.before:
        return Told(_("Removed the part “%(part)s”") % {"part": entry.before["heading"]}, tone="run", shown=("text",))
    return Told(_("Froze the figures"), shown=("cut_off_on",))
