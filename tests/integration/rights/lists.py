"""A task not begun, one running, one reported complete and one deleted; an act on several tasks; a shared view."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.lists import permissions
from coordination.lists import services as lists
from coordination.lists.enums import BulkAct
from coordination.lists.filters import TaskFilters
from coordination.lists.models import BulkChange, SavedView
from coordination.lists.queries.kept import with_permission_facts
from coordination.programs.models import Area
from coordination.tasks.models import Task
from tests.factories.programs import make_area, make_program
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

FRESH, RUNNING, AWAITING, DELETED = "not begun, in a draft", "running", "awaiting", "deleted"
STATES = EVERY_STATE = (FRESH, RUNNING, AWAITING, DELETED)


@dataclass(frozen=True)
class Stage:
    """A task for each state, led by the second party; what the drafting secretary did; what an official shares."""

    cast: Cast
    tasks: dict[str, Task]
    change: BulkChange
    view: SavedView
    area: Area


def set_stage(cast: Cast) -> Stage:
    between = {"agencies": cast.parties, "secretary": cast.secretary}
    draft, settled = make_program("draft", **between), make_program("agreed", **between)
    staged = {
        FRESH: _task(cast, draft, "not_started"),
        RUNNING: _task(cast, settled, "in_progress"),
        AWAITING: _task(cast, settled, "awaiting"),
        DELETED: lists.bin_task(_task(cast, draft, "not_started"), actor=cast.secretary),
    }
    area = make_area(cast.unit, "khac", "Lĩnh vực khác")
    moved = make_area(cast.unit, "tam", "Lĩnh vực tạm")
    change = lists.change_area([_task(cast, settled, "not_started")], actor=cast.secretary, area=moved)
    view = lists.save_view(
        actor=cast.members["party", Role.OFFICIAL], name="Việc của cơ quan", query="mine=1", is_shared=True
    )
    return Stage(cast, staged, change, view, area)


def _task(cast: Cast, program, state: str) -> Task:
    return make_task(program, state, lead=cast.agencies["party"], coordinators=(cast.agencies["helper"],))


def viewed(stage: Stage):
    """Nothing here has a predicate of its own for seeing it: lists show what tasks are seen."""
    return []


def reached(stage: Stage) -> set[str]:
    """The states the staged tasks are in."""
    return {state for state, task in stage.tasks.items() if (state == DELETED) == _is_binned(task)}


def _is_binned(task: Task) -> bool:
    return Task.with_binned.get(pk=task.pk).binned_at is not None


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object]]:
    """Every predicate and every service of the room."""
    task = with_permission_facts(Task.with_binned.filter(pk=stage.tasks[state].pk)).get()
    due = date(2022, 11, 30)
    return {
        "can_remind_lead": lambda actor: permissions.can_remind_lead(actor, task),
        "can_bin_task": lambda actor: permissions.can_bin_task(actor, task),
        "can_restore_task": lambda actor: permissions.can_restore_task(actor, task),
        **{f"can_act_in_bulk:{act}": _asking(act) for act in BulkAct},
        "can_do:extend": lambda actor: permissions.can_do(actor, BulkAct.EXTEND, task),
        "bin_task": lambda actor: lists.bin_task(task, actor=actor),
        "restore_task": lambda actor: lists.restore_task(task, actor=actor),
        "remind_leads": lambda actor: lists.remind_leads([task], actor=actor),
        "extend_tasks": lambda actor: lists.extend_tasks([task], actor=actor, new_due_on=due, reason="Mưa bão"),
        "change_area": lambda actor: lists.change_area([task], actor=actor, area=stage.area),
        "confirm_tasks": lambda actor: lists.confirm_tasks([task], actor=actor),
        "bin_tasks": lambda actor: lists.bin_tasks([task], actor=actor),
        "can_undo": lambda actor: permissions.can_undo(actor, stage.change),
        "undo_change": lambda actor: lists.undo_change(stage.change, actor=actor),
        **_views(stage),
        "export_list": lambda actor: lists.export_list(TaskFilters(year=2022), actor=actor),
    }


def _asking(act: BulkAct) -> Callable[[Membership], object]:
    return lambda actor: permissions.can_act_in_bulk(actor, act)


def _views(stage: Stage) -> dict[str, Callable[[Membership], object]]:
    view = stage.view
    changed = {"name": "Tên khác", "is_shared": True, "is_pinned": False}
    return {
        "can_save_view": permissions.can_save_view,
        "save_view": lambda actor: lists.save_view(actor=actor, name="Của tôi", query="status=overdue"),
        "can_change_view": lambda actor: permissions.can_change_view(actor, view),
        "change_view": lambda actor: lists.change_view(view, actor=actor, **changed),
        "delete_view": lambda actor: lists.delete_view(view, actor=actor),
    }
