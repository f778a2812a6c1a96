"""The forms of groups and of steps, as doors of `hostile_doors`."""

from django.urls import reverse

from coordination.models import TaskStep
from coordination.tasks import services as tasks
from records import clock
from tests.factories.groups import make_group
from tests.integration.hostile_stage import Door, Stage, at

_KEEPER, _LEAD = "thu-ky", "chuyen-vien-hlhpn"
# Secretaries and administrators of the unit keep its groups; those of another unit keep their own.
_KEEPERS = ("thu-ky-tuyen-giao", "quan-tri")
_GROUP = {"name": "Nhóm thử", "agencies": (0, 1, 2), "since": "30/3/2022"}


def _group(stage: Stage) -> str:
    cast = stage.story.cast
    unit = cast.units["DH"]
    group = unit.groups.filter(name="Nhóm sửa").first() or make_group(
        unit, [cast.agencies[code] for code in ("hnd", "ccb")], name="Nhóm sửa", actor=cast.secretary
    )
    return reverse("agencies:group-edit", kwargs={"group": group.pk})


def _step(stage: Stage, *, done: bool) -> str:
    """A part of the work the women's union leads; done or open, as the form needs it."""
    step = TaskStep.objects.get(task__program=stage.overdue_program, title="Chấm điểm, công nhận")
    actor = stage.story.cast.members[_LEAD]
    if done and step.done_on is None:
        tasks.report_step(step, actor=actor, done_on=clock.today())
    elif not done and step.done_on is not None:
        tasks.reopen_step(step, actor=actor, reason="Thử lại")
    return reverse("coordination:task-step", kwargs={"task": step.task.slug, "step": step.pk})


SHARED_WORK = {
    "group added": Door(
        _KEEPER, at("agencies:group-create"), ("name", "since"), _GROUP, also=(*_KEEPERS, "thu-ky-hai-ha")
    ),
    "group changed": Door(_KEEPER, _group, ("name", "since"), _GROUP, also=_KEEPERS),
    "step done": Door(_LEAD, lambda stage: _step(stage, done=False), ("done_on", "result"), {"result": "Đã chấm"}),
    "step taken back": Door(_LEAD, lambda stage: _step(stage, done=True), ("reason",), {"reason": "Chấm lại"}),
}
