"""The forms of parts, of later deadlines and of stops, for `hostile_doors`."""

from datetime import date

from django.urls import reverse

from coordination.models import Task, TaskRole
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from tests.integration.hostile_stage import Door, Stage, at

_LEAD, _OWNER, _HELPER = "chuyen-vien-mttq", "thu-ky", "chuyen-vien-hnd"


def _extension(stage: Stage) -> str:
    return reverse("coordination:task-extend", kwargs={"task": stage.running_task.slug})


def _asked(stage: Stage) -> str:
    """Where a later deadline has been asked for and waits."""
    task = stage.running_task
    if not task.extension_requests.open().exists():
        actor = stage.story.cast.members[_LEAD]
        tasks.ask_extension(task, actor=actor, wanted_due_on=date(2022, 11, 30), reason="Chờ phương án")
    return _extension(stage)


def _running(stage: Stage) -> str:
    return stage.running_task.slug


def _part(stage: Stage) -> str:
    agency = stage.story.cast.members[_HELPER].agency
    role = TaskRole.objects.get(task=stage.running_task, agency=agency)
    return reverse("coordination:task-part", kwargs={"task": stage.running_task.slug, "role": role.pk})


def _suspended(stage: Stage) -> str:
    """Where a task stands still, waiting to be resumed."""
    stopped = Task.objects.filter(program=stage.overdue_program, state=TaskState.SUSPENDED).first()
    if stopped is None:
        stopped = tasks.suspend(stage.running_task, actor=stage.story.cast.secretary, **_STOP)
    return reverse("coordination:task-stop", kwargs={"task": stopped.slug})


_STOP = {"reason": "Chờ điều chỉnh quy hoạch", "decision": "Quyết định số 15/QĐ-UBND ngày 30/3/2022"}
_WANTED = {"new_due_on": "30/11/2022", "reason": "Chờ phương án"}
PROGRESS = {
    "later deadline asked for": Door(_LEAD, _extension, ("new_due_on", "reason"), _WANTED),
    "later deadline granted": Door(_OWNER, _asked, ("new_due_on", "decision"), like="deadline moved"),
    "later deadline refused": Door(_OWNER, _asked, ("answer",), {"answer": "Chưa đủ căn cứ"}, "refuse"),
    "later deadline taken back": Door(_LEAD, _asked, ("withdraw",), button="withdraw"),
    "task suspended": Door(
        _OWNER, at("coordination:task-stop", task=_running), ("stop", "decision"), {"stop": "suspend", **_STOP}
    ),
    "task resumed": Door(_OWNER, _suspended, ("stop", "new_due_on"), {"stop": "resume", **_STOP}),
    "part reported": Door(_HELPER, _part, ("is_done", "result"), {"result": "Đã làm phần việc"}),
}
