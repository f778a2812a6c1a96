"""How a task passes from state to state, as data."""

from dataclasses import dataclass
from enum import StrEnum

from coordination.tasks.enums import TaskState


class Act(StrEnum):
    """What moves a task."""

    START = "start"
    CLAIM = "claim"
    CONFIRM = "confirm"
    RETURN = "return"
    CLOSE = "close"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESUME_UNBEGUN = "resume_unbegun"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Transition:
    """The states an act starts from and the one it ends in."""

    sources: frozenset[TaskState]
    target: TaskState


TRANSITIONS: dict[Act, Transition] = {
    Act.START: Transition(frozenset({TaskState.NOT_STARTED}), TaskState.IN_PROGRESS),
    Act.CLAIM: Transition(frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS}), TaskState.AWAITING),
    Act.CONFIRM: Transition(frozenset({TaskState.AWAITING}), TaskState.COMPLETED),
    Act.RETURN: Transition(frozenset({TaskState.AWAITING}), TaskState.IN_PROGRESS),
    Act.CLOSE: Transition(frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS}), TaskState.NOT_COMPLETED),
    # What was reported complete is confirmed or returned first.
    Act.SUSPEND: Transition(frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS}), TaskState.SUSPENDED),
    Act.RESUME: Transition(frozenset({TaskState.SUSPENDED}), TaskState.IN_PROGRESS),
    Act.RESUME_UNBEGUN: Transition(frozenset({TaskState.SUSPENDED}), TaskState.NOT_STARTED),
    Act.CANCEL: Transition(
        frozenset({TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.SUSPENDED}), TaskState.CANCELLED
    ),
}

FINISHED_STATES = (TaskState.COMPLETED, TaskState.NOT_COMPLETED, TaskState.CANCELLED)
REPORTABLE_STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)
# Work on it was stopped by a decision, for a time or for good.
STOPPED_STATES = (TaskState.SUSPENDED, TaskState.CANCELLED)


def allows(act: Act, state: TaskState | str) -> bool:
    """Whether an act may start from a state."""
    return TaskState(state) in TRANSITIONS[act].sources
