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
}

FINISHED_STATES = (TaskState.COMPLETED, TaskState.NOT_COMPLETED, TaskState.CANCELLED)
REPORTABLE_STATES = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)


def allows(act: Act, state: TaskState | str) -> bool:
    """Whether an act may start from a state."""
    return TaskState(state) in TRANSITIONS[act].sources
