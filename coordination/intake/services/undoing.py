"""Undoing an import for a day: added tasks go to the bin, changed ones say again what they said, reports stay."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.intake.models import TakenRow, TaskTable
from coordination.intake.permissions import can_undo_take_in
from coordination.intake.queries.undoing import (
    UNDO_HOURS,
    moved_on_since,
    rows_that_stay,
    rows_to_undo,
    undo_until,
)
from coordination.intake.services.kept import with_values
from coordination.intake.services.locking import held
from coordination.lists.services.bin import bin_added
from coordination.tasks.services import draft_of, edit_task
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import Conflict, RuleBroken


@transaction.atomic
def undo_take_in(table: TaskTable, *, actor: Membership) -> TaskTable:
    """Take an import back as a whole, within 24 hours and while nobody has worked on any of its tasks.

    Rule: R-WORKBOOK-4, R-WORKBOOK-6. The reports it made stay.
    Raises: NotAllowed; Conflict when it was undone already; RuleBroken after a day, where it only reported, or naming
    the tasks that moved on.
    """
    table = held(table, actor)
    require(can_undo_take_in(actor, table))
    if table.taken_in_at is None:
        raise RuleBroken(_("Nothing of this table was written; there is nothing to undo."))
    if table.undone_at is not None:
        raise Conflict(_("This import was undone already."))
    rows = rows_to_undo(table)
    if not rows:
        raise RuleBroken(_("This import only reported progress. Reports stay; where one is wrong, report again."))
    if undo_until(table) is None:
        raise RuleBroken(_("An import can be undone for %(hours)s hours only.") % {"hours": UNDO_HOURS})
    if moved := moved_on_since(rows):
        raise RuleBroken(
            _("Someone has worked on these tasks since, so the import stays: %(codes)s.")
            % {"codes": ", ".join(row.task.code for row in moved)}
        )
    for row in rows:
        _undo(row, actor=actor)
    table.undone_at = clock.now()
    table.save(update_fields=["undone_at"])
    told = {"file": table.file.name, "sha256": table.file.sha256, "tasks": [row.task.code for row in rows]}
    if kept := rows_that_stay(table):
        told["kept"] = [row.task.code for row in kept]
    record(AuditAction.UNDONE, actor=actor, about=table, after=told)
    return table


def _undo(row: TakenRow, *, actor: Membership) -> None:
    if row.is_addition:
        bin_added(row.task, actor=actor, reason=_("The import was undone."))
    else:
        before = with_values(draft_of(row.task), row.before)
        edit_task(row.task, actor=actor, revision=row.revision, draft=before)
