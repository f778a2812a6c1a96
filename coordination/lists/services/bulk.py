"""One act on many tasks: all of them or none, each with its own entry, and one that ties them together."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.access.decisions import require
from agencies.models import Membership
from coordination.lists.enums import BulkAct
from coordination.lists.models import BulkChange, BulkChangeRow
from coordination.lists.permissions import can_act_in_bulk, can_do
from coordination.lists.services.bin import bin_task
from coordination.programs.models import Area
from coordination.tasks import services as tasks
from coordination.tasks.models import Task
from coordination.tasks.permissions import can_edit_task
from coordination.tasks.services.states import locked
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record
from records.errors import RuleBroken

MOST_TASKS = 100


@transaction.atomic
def extend_tasks(
    chosen: Sequence[Task], *, actor: Membership, new_due_on: date, reason: str, decision: str = ""
) -> BulkChange:
    """Move the deadlines of several tasks to one day, saying why and by whose decision; those due then stay.

    Rule: R-LIST-3.
    Raises: NotAllowed; RuleBroken naming the task that cannot take the day.
    """

    def extend(task: Task) -> dict:
        before = task.due_on
        moved = tasks.move_due_date(task, actor=actor, new_due_on=new_due_on, reason=reason, decision=decision)
        return {"old_due_on": before, "new_due_on": moved.due_on}

    moving = [task for task in chosen if task.due_on != new_due_on]
    return done(BulkAct.EXTEND, moving, extend, actor=actor, reason=reason)


@transaction.atomic
def change_area(chosen: Sequence[Task], *, actor: Membership, area: Area) -> BulkChange:
    """Put several tasks into another area of their unit; those that lie in it stay.

    Rule: R-LIST-3.
    Raises: NotAllowed; RuleBroken naming the task that cannot lie there.
    """

    def change(task: Task) -> dict:
        before = task.area
        place_in_area(task, actor=actor, area=area)
        return {"old_area": before, "new_area": area}

    moving = [task for task in chosen if task.area_id != area.pk]
    return done(BulkAct.CHANGE_AREA, moving, change, actor=actor)


@transaction.atomic
def confirm_tasks(chosen: Sequence[Task], *, actor: Membership, remark: str = "") -> BulkChange:
    """Confirm the results of several tasks reported complete.

    Rule: R-LIST-3.
    Raises: NotAllowed; RuleBroken naming the task that cannot be confirmed.
    """

    def confirm(task: Task) -> dict:
        tasks.confirm_completion(task, actor=actor, remark=remark)
        return {}

    return done(BulkAct.CONFIRM, chosen, confirm, actor=actor, reason=remark)


@transaction.atomic
def bin_tasks(chosen: Sequence[Task], *, actor: Membership, reason: str = "") -> BulkChange:
    """Put several tasks into the bin.

    Rule: R-LIST-3, R-LIST-5.
    Raises: NotAllowed.
    """

    def throw(task: Task) -> dict:
        bin_task(task, actor=actor, reason=reason)
        return {}

    return done(BulkAct.BIN, chosen, throw, actor=actor, reason=reason)


def done(
    act: BulkAct, chosen: Sequence[Task], each: Callable[[Task], dict], *, actor: Membership, reason: str = ""
) -> BulkChange:
    """Do something to each task in the order of their keys and keep what it was, in the caller's transaction."""
    for task in chosen:
        require(can_do(actor, act, task))
    require(can_act_in_bulk(actor, act))
    if not chosen:
        raise RuleBroken(_("Tick at least one task this can be done with."))
    if len(chosen) > MOST_TASKS:
        raise RuleBroken(_("Tick at most %(count)s tasks at once.") % {"count": MOST_TASKS})
    change = BulkChange.objects.create(act=act, by=actor, at=clock.now(), reason=reason)
    # In the order of their keys, so that two acts on the same tasks wait for each other and never cross.
    for task in sorted(chosen, key=lambda one: one.pk):
        BulkChangeRow.objects.create(change=change, task=task, **_one(task, each))
    codes = [task.code for task in chosen]
    told = {"bulk_act": act.value, "tasks": codes} | ({"reason": reason} if reason else {})
    record(AuditAction.CHANGED, actor=actor, about=change, after=told)
    return change


def place_in_area(task: Task, *, actor: Membership, area: Area) -> Task:
    """Put one task into another area, in the caller's transaction.

    Raises: NotAllowed; RuleBroken for an area that is not the unit's, or the same one.
    """
    task = locked(task)
    require(can_edit_task(actor, task))
    if area.unit_id != task.program.unit_id or not area.is_active:
        raise RuleBroken(_("Choose an area of the program's unit"), "area")
    if area.pk == task.area_id:
        raise RuleBroken(_("The task lies in this area already"), "area")
    before = task.area
    task.area, task.revision = area, task.revision + 1
    task.save(update_fields=["area", "revision"])
    record(AuditAction.CHANGED, actor=actor, about=task, before={"area": str(before)}, after={"area": str(area)})
    return task


def _one(task: Task, each: Callable[[Task], dict]) -> dict:
    try:
        return each(task)
    except RuleBroken as refusal:
        raise RuleBroken(f"{task.short_code}: {refusal.message}", refusal.field) from refusal
