"""A step of a task, open and done, and every act on one; a third party does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agencies.access.enums import Role
from agencies.models import Membership
from coordination.tasks import permissions
from coordination.tasks import services as tasks
from coordination.tasks.models import TaskStep
from coordination.tasks.queries import with_everything
from records import clock
from tests.factories.programs import make_program
from tests.factories.tasks import make_task
from tests.integration.rights.cast import Cast

OPEN, DONE = "open", "done"
STATES = EVERY_STATE = (OPEN, DONE)


@dataclass(frozen=True)
class Stage:
    """Two steps of one task of the second party, both to be done by the third one; the second is done."""

    cast: Cast
    steps: dict[str, TaskStep]


def set_stage(cast: Cast) -> Stage:
    program = make_program("agreed", agencies=cast.parties, secretary=cast.secretary)
    helpers = tuple(cast.agencies[name] for name in ("third", "helper", "helpbelow"))
    items = tuple(tasks.ItemDraft(title, date(2022, 4, 1), cast.agencies["third"]) for title in (OPEN, DONE))
    task = make_task(program, lead=cast.agencies["party"], coordinators=helpers, items=items)
    steps = {step.title: step for step in task.steps.all()}
    tasks.report_step(steps[DONE], actor=cast.members["third", Role.OFFICIAL], done_on=clock.today())
    return Stage(cast, steps)


def viewed(stage: Stage):
    """The model with its `visible_to`, the predicate that must agree with it."""
    return [(TaskStep, lambda actor, step: permissions.can_view_task(actor, step.task))]


def reached(stage: Stage) -> set[str]:
    """Whether each step is done."""
    found = TaskStep.objects.filter(pk__in=[step.pk for step in stage.steps.values()])
    return {OPEN if step.done_on is None else DONE for step in found}


def acts(stage: Stage, state: str) -> dict[str, Callable[[Membership], object] | None]:
    """Every predicate and every service about a step, asked of the one in this state."""
    step = TaskStep.objects.get(pk=stage.steps[state].pk)
    step.task = with_everything(type(step.task).objects.filter(pk=step.task_id)).get()
    return {
        "can_report_step": lambda actor: permissions.can_report_step(actor, step),
        "can_reopen_step": lambda actor: permissions.can_reopen_step(actor, step),
        "report_step": lambda actor: tasks.report_step(step, actor=actor, done_on=clock.today()),
        "reopen_step": lambda actor: tasks.reopen_step(step, actor=actor, reason="Thiếu ba hộ"),
    }
