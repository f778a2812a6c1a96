"""A task in each of its states, and every act on one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.tasks import permissions
from coordination.tasks import services as tasks
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Evidence, Task
from coordination.tasks.queries import with_everything
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, make_upload
from tests.integration.rights.cast import Cast

DRAFT, CLOSED = "not_started, program still a draft", "not_completed, program closed"
STATES = (DRAFT, *TaskState.values, CLOSED)
_UNWALKED = (TaskState.NOT_COMPLETED, TaskState.SUSPENDED, TaskState.CANCELLED)
_STOPS = {TaskState.SUSPENDED: tasks.suspend, TaskState.CANCELLED: tasks.cancel}


@dataclass(frozen=True)
class Stage:
    """One task for each state, all led by the second party, and a draft of the next year to carry it over into."""

    cast: Cast
    tasks: dict[str, Task]
    next_year: Program


def set_stage(cast: Cast) -> Stage:
    between = {"agencies": cast.parties, "secretary": cast.secretary}
    draft, settled, closed = (make_program(state, **between) for state in ("draft", "agreed", "signed"))
    staged = {DRAFT: _task(cast, draft, "not_started"), CLOSED: _task(cast, closed, "not_started")}
    tasks.close_program_year(closed, actor=cast.secretary)
    for state in TaskState:
        staged[state.value] = _task(cast, settled, "not_started" if state in _UNWALKED else state.value)
        if state in _STOPS:
            _STOPS[state](staged[state.value], actor=cast.secretary, reason="Chờ quy hoạch")
        elif state in _UNWALKED:  # only the closing of the year leads there
            Task.objects.filter(pk=staged[state.value].pk).update(state=state)
    tasks.ask_extension(
        staged[TaskState.IN_PROGRESS],
        actor=cast.members["party", Role.OFFICIAL],
        wanted_due_on=date(2022, 6, 30),
        reason="Chờ phương án",
    )
    return Stage(cast, staged, make_program("draft", year=2023, **between))


def _task(cast: Cast, program: Program, state: str) -> Task:
    helpers = tuple(cast.agencies[name] for name in ("third", "helper", "helpbelow"))
    return make_task(program, state, lead=cast.agencies["party"], coordinators=helpers)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(Task, permissions.can_view_task)]


def reached(stage: Stage) -> set[str]:
    """The states the staged tasks are in."""
    return set(Task.objects.filter(pk__in=[task.pk for task in stage.tasks.values()]).values_list("state", flat=True))


EVERY_STATE = set(TaskState.values)


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a task, asked of the one in this state."""
    task = with_everything(Task.objects.filter(pk=stage.tasks[state].pk)).get()
    part, waiting = task.roles.get(agency=stage.cast.agencies["helper"]), task.extension_requests.first()
    done = {"value": task.targets.first().value, "percent": None, "claims_completion": True}
    return {
        "can_view_task": lambda actor: permissions.can_view_task(actor, task),
        "can_edit_task": lambda actor: permissions.can_edit_task(actor, task),
        "can_report_progress": lambda actor: permissions.can_report_progress(actor, task),
        "can_confirm_task": lambda actor: permissions.can_confirm_task(actor, task),
        "can_move_due_date": lambda actor: permissions.can_move_due_date(actor, task),
        "can_suspend_task": lambda actor: permissions.can_suspend_task(actor, task),
        "can_resume_task": lambda actor: permissions.can_resume_task(actor, task),
        "can_cancel_task": lambda actor: permissions.can_cancel_task(actor, task),
        "can_ask_extension": lambda actor: permissions.can_ask_extension(actor, task),
        "can_refuse_extension": waiting and (lambda actor: permissions.can_refuse_extension(actor, waiting)),
        "can_withdraw_extension": waiting and (lambda actor: permissions.can_withdraw_extension(actor, waiting)),
        "can_report_part": lambda actor: permissions.can_report_part(actor, part),
        "edit_task": lambda actor: tasks.edit_task(
            task, actor=actor, revision=task.revision, draft=tasks.draft_of(task)
        ),
        "keep_unsaved_task": lambda actor: tasks.keep_unsaved_task(
            task.program, actor=actor, mark="to-khai", typed={"title": ["Sửa dở"]}, task=task
        ),
        "report_progress": lambda actor: tasks.report_progress(task, actor=actor, value=31, percent=None),
        "report_progress:complete": lambda actor: tasks.report_progress(
            task, actor=actor, files=[make_upload()], **done
        ),
        "confirm_completion": lambda actor: tasks.confirm_completion(task, actor=actor),
        "return_for_rework": lambda actor: tasks.return_for_rework(task, actor=actor, reason="Thiếu biên bản"),
        "move_due_date": lambda actor: tasks.move_due_date(
            task, actor=actor, new_due_on=date(2022, 11, 30), reason="Mưa bão"
        ),
        "suspend": lambda actor: tasks.suspend(task, actor=actor, reason="Mưa bão"),
        "resume": lambda actor: tasks.resume(task, actor=actor, reason="Hết mưa bão"),
        "cancel": lambda actor: tasks.cancel(task, actor=actor, reason="Không còn phù hợp"),
        "ask_extension": lambda actor: tasks.ask_extension(
            task, actor=actor, wanted_due_on=date(2022, 11, 30), reason="Mưa bão"
        ),
        "refuse_extension": waiting and (lambda actor: tasks.refuse_extension(waiting, actor=actor, answer="Không")),
        "withdraw_extension": waiting and (lambda actor: tasks.withdraw_extension(waiting, actor=actor)),
        "report_part": lambda actor: tasks.report_part(part, actor=actor, result="Đã làm phần việc"),
        "hand_over_evidence": _taking(task),
        "carry_over": lambda actor: tasks.carry_over(
            task, into=stage.next_year, actor=actor, start_on=date(2023, 1, 1), due_on=date(2023, 6, 30)
        ),
    }


def _taking(task: Task) -> Callable[[Membership], object] | None:
    """Taking out a file of evidence, where there is one."""
    evidence = Evidence.objects.filter(report__task=task).select_related("file", "report__task").first()
    return (lambda actor: tasks.hand_over_evidence(evidence, actor=actor).close()) if evidence else None
