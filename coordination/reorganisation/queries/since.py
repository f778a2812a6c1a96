"""What was built on a reorganisation since it was applied: as long as there is nothing, it can be taken back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from agencies.models import AgencySuccession, Reorganisation, RowChange
from agencies.reorganisation.enums import ReorganisationState
from agencies.reorganisation.queries.rows import DERIVED, row_values
from coordination.programs.models import ProgramParty
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry


@dataclass(frozen=True)
class Built:
    """One kind of thing done since, and how many of it."""

    words: str


_WORDS = {
    "agencies.adminunit": ngettext_lazy("%(n)s change of a unit", "%(n)s changes of units", "n"),
    "agencies.agency": ngettext_lazy("%(n)s agency changed or founded", "%(n)s agencies changed or founded", "n"),
    "agencies.unitname": ngettext_lazy("%(n)s name of a unit", "%(n)s names of units", "n"),
    "agencies.unitparent": ngettext_lazy("%(n)s place of a unit", "%(n)s places of units", "n"),
    "agencies.agencyname": ngettext_lazy("%(n)s name of an agency", "%(n)s names of agencies", "n"),
    "agencies.membership": ngettext_lazy("%(n)s role of a member", "%(n)s roles of members", "n"),
    "agencies.officeholding": ngettext_lazy("%(n)s appointment", "%(n)s appointments", "n"),
    "agencies.office": ngettext_lazy("%(n)s post", "%(n)s posts", "n"),
    "agencies.officeservice": ngettext_lazy("%(n)s service of an office", "%(n)s services of offices", "n"),
    "coordination.program": ngettext_lazy("%(n)s program", "%(n)s programs", "n"),
    "coordination.programparty": ngettext_lazy("%(n)s party to a program", "%(n)s parties to programs", "n"),
    "coordination.task": ngettext_lazy("%(n)s task", "%(n)s tasks", "n"),
    "coordination.taskrole": ngettext_lazy("%(n)s part in a task", "%(n)s parts in tasks", "n"),
    "coordination.progressreport": ngettext_lazy("%(n)s progress report", "%(n)s progress reports", "n"),
    "coordination.evaluation": ngettext_lazy("%(n)s evaluation", "%(n)s evaluations", "n"),
    "coordination.signatureslot": ngettext_lazy("%(n)s signature", "%(n)s signatures", "n"),
    "coordination.conference": ngettext_lazy("%(n)s conference", "%(n)s conferences", "n"),
    "reports.issueddocument": ngettext_lazy("%(n)s issued paper", "%(n)s issued papers", "n"),
}
_OTHER = ngettext_lazy("%(n)s other record", "%(n)s other records", "n")
_WRITES = (
    AuditAction.CREATED, AuditAction.CHANGED, AuditAction.MOVED, AuditAction.REPORTED, AuditAction.ISSUED,
    AuditAction.ENDED,
)  # fmt: skip


def built_since(act: Reorganisation) -> list[Built]:
    """Everything that stands in the way of taking an act back, in words. Rule: R-SUCC-7.

    Later acts on the same bodies; rows it wrote that were changed since; rows that point at what it founded; what was
    done with the work it handed over, or by its successors with work that stayed frozen.
    """
    changes = list(act.changes.order_by("position"))
    found = [_later_act(later) for later in _later_acts(act, changes)]
    counts: dict[str, set] = defaultdict(set)
    _changed_rows(changes, counts)
    _pointing_rows(changes, counts)
    _told_by_audit(act, changes, counts)
    return found + [Built(_words(table, len(rows))) for table, rows in sorted(counts.items()) if rows]


def _later_acts(act: Reorganisation, changes: list[RowChange]) -> Iterable[Reorganisation]:
    later = Reorganisation.objects.filter(state=ReorganisationState.APPLIED, applied_at__gt=act.applied_at)
    rows = {(change.table, change.row) for change in changes}
    for other in later.exclude(pk=act.pk).prefetch_related("changes"):
        if any((change.table, change.row) in rows for change in other.changes.all()):
            yield other


def _later_act(act: Reorganisation) -> Built:
    return Built(_("the later reorganisation “%(title)s”; undo that one first") % {"title": act.title})


def _changed_rows(changes: list[RowChange], counts: dict[str, set]) -> None:
    """Rows as the act left them: one that reads otherwise now, or is gone, was changed since."""
    by_table: dict[str, list[RowChange]] = defaultdict(list)
    for change in changes:
        if change.after is not None:
            by_table[change.table].append(change)
    for table, left in by_table.items():
        model = apps.get_model(table)
        now = row_values(model, models.Q(pk__in=[change.row for change in left]))
        counts[table] |= {change.row for change in left if now.get(change.row) != change.after}


def _pointing_rows(changes: list[RowChange], counts: dict[str, set]) -> None:
    """Rows of today that point at a row the act made, except those it wrote itself."""
    made, written = defaultdict(list), defaultdict(set)
    for change in changes:
        written[change.table].add(change.row)
        if change.before is None:
            made[change.table].append(change.row)
    for table, rows in made.items():
        for relation in apps.get_model(table)._meta.related_objects:
            if relation.one_to_many or relation.one_to_one:
                pointing = _pointing_at(relation, rows)
                label = relation.related_model._meta.label_lower
                counts[label] |= pointing - written[label]


def _pointing_at(relation, rows: list[int]) -> set[int]:
    model = relation.related_model
    if model in DERIVED or model is RowChange or model._meta.auto_created:
        return set()
    return set(model._base_manager.filter(**{f"{relation.field.name}__in": rows}).values_list("pk", flat=True))


def _told_by_audit(act: Reorganisation, changes: list[RowChange], counts: dict[str, set]) -> None:
    """What was written of the tasks and programs that passed, and by the successors of programs that stayed frozen."""
    since = AuditEntry.objects.filter(sequence__gt=act.applied_entry or 0, action__in=_WRITES)
    passed: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        if change.table in ("coordination.task", "coordination.program"):
            passed[change.table].add(change.row)
    for table, rows in passed.items():
        touched = since.filter(object_kind=table, object_id__in=rows)
        counts[table] |= set(touched.values_list("object_id", flat=True))
    successions = AgencySuccession.objects.filter(pk__in=[c.row for c in changes if c.table == _SUCCESSION])
    old = list(successions.values_list("predecessor_id", flat=True))
    heirs = list(successions.values_list("successor_id", flat=True))
    frozen = ProgramParty.objects.filter(agency_id__in=old).values_list("program_id", flat=True)
    acted = since.filter(object_kind="coordination.program", object_id__in=list(frozen), agency_id__in=heirs)
    counts["coordination.program"] |= set(acted.values_list("object_id", flat=True))


_SUCCESSION = AgencySuccession._meta.label_lower


def _words(table: str, count: int) -> str:
    return str(_WORDS.get(table, _OTHER) % {"n": count})
