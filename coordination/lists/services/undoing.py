"""Taking an act on many tasks back."""

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChange, BulkChangeRow
from coordination.lists.permissions import can_undo
from coordination.lists.services.bin import restore_task
from coordination.lists.services.bulk import place_in_area
from coordination.tasks import services as tasks
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken


@transaction.atomic
def undo_change(change: BulkChange, *, actor: Membership) -> int:
    """Put back what one act changed, where nobody has changed it since; returns how many tasks were put back.

    Rule: R-LIST-6. A deadline moved back is one more move in the task's history.
    Raises: NotAllowed; RuleBroken when every task was changed since.
    """
    change = BulkChange.objects.select_for_update(of=("self",)).select_related("by").get(pk=change.pk)
    require(can_undo(actor, change))
    rows = list(change.rows.select_related("task__program", "task__area", "old_area").order_by("task_id"))
    same = [row for row in rows if _is_as_left(change, row)]
    if not same:
        raise RuleBroken(_("All these tasks were changed since; nothing was taken back."))
    for row in same:
        _PUT_BACK[BulkAct(change.act)](row, actor)
    change.undone_at, change.undone_by = clock.now(), actor
    change.save(update_fields=["undone_at", "undone_by"])
    told = {"bulk_act": change.act, "tasks": [row.task.code for row in same]}
    record(AuditAction.UNDONE, actor=actor, about=change, after=told)
    return len(same)


def _is_as_left(change: BulkChange, row: BulkChangeRow) -> bool:
    """Whether the task still is as the act left it."""
    if change.act == BulkAct.BIN:
        return row.task.binned_at is not None
    if row.task.binned_at is not None:
        return False
    if change.act == BulkAct.EXTEND:
        return row.task.due_on == row.new_due_on
    return row.task.area_id == row.new_area_id


def _move_back(row: BulkChangeRow, actor: Membership) -> None:
    tasks.move_due_date(row.task, actor=actor, new_due_on=row.old_due_on, reason=_("The extension was taken back"))


def _place_back(row: BulkChangeRow, actor: Membership) -> None:
    place_in_area(row.task, actor=actor, area=row.old_area)


def _restore(row: BulkChangeRow, actor: Membership) -> None:
    restore_task(row.task, actor=actor)


_PUT_BACK = {BulkAct.EXTEND: _move_back, BulkAct.CHANGE_AREA: _place_back, BulkAct.BIN: _restore}
