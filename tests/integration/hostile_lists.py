"""The forms of acts on many tasks and of saved views, for `hostile_doors`."""

from coordination.lists import services as lists
from tests.factories.tasks import make_task
from tests.integration.hostile_stage import Door, Stage, at

_SECRETARY, _OFFICIAL = "thu-ky", "chuyen-vien-mttq"


def _act(act: str):
    return lambda stage: f"{at('coordination:task-act')(stage)}?act={act}&task={stage.running_task.slug}"


def _confirming(stage: Stage) -> str:
    return f"{at('coordination:task-act')(stage)}?act=confirm&task={stage.awaiting_task.slug}"


def _binning(stage: Stage) -> str:
    """A task of a draft, which its secretary may still delete."""
    return f"{at('coordination:task-act')(stage)}?act=bin&task={make_task(stage.draft).slug}"


def _edited(stage: Stage) -> str:
    view = lists.save_view(actor=stage.story.cast.members[_OFFICIAL], name="Của tôi", query="mine=1")
    return at("coordination:view-edit", view=lambda _stage: view.pk)(stage)


LISTS = {
    "deadlines of several tasks moved": Door(
        _SECRETARY, _act("extend"), ("new_due_on", "act"), {"new_due_on": "30/11/2022", "reason": "Dịch"}
    ),
    "area of several tasks changed": Door(_SECRETARY, _act("area"), ("area", "act"), {"area": 1}),
    "leads of several tasks reminded": Door(_SECRETARY, _act("remind"), ("note", "act"), {"note": "Báo cáo sớm"}),
    "several tasks confirmed": Door("chu-tich-ubnd", _confirming, ("remark", "act")),
    "several tasks deleted": Door(_SECRETARY, _binning, ("reason", "act"), {"reason": "Trùng"}),
    "view saved": Door(_OFFICIAL, at("coordination:view-save"), ("name",), {"name": "Việc của tôi"}),
    "view edited": Door(_OFFICIAL, _edited, ("name",), {"name": "Tên mới"}),
}
