"""The life of a program as data: which step leads from which states to which."""

from dataclasses import dataclass
from enum import StrEnum

from coordination.programs.enums import ProgramState as S


class Step(StrEnum):
    """What can happen to a program as a whole."""

    SEND_FOR_COMMENTS = "send_for_comments"
    SETTLE = "settle"
    REOPEN = "reopen"
    LOCK_FOR_SIGNING = "lock_for_signing"
    SIGN_BY_ALL = "sign_by_all"
    RETURN_VERSION = "return_version"
    OPEN_EVALUATION = "open_evaluation"
    CLOSE = "close"


@dataclass(frozen=True)
class Transition:
    """A step, the states it may start from and the state it ends in."""

    step: Step
    sources: tuple[S, ...]
    target: S


TRANSITIONS = {
    transition.step: transition
    for transition in (
        Transition(Step.SEND_FOR_COMMENTS, (S.DRAFT,), S.CONSULTING),
        Transition(Step.SETTLE, (S.CONSULTING,), S.AGREED),
        Transition(Step.REOPEN, (S.AGREED,), S.CONSULTING),
        Transition(Step.LOCK_FOR_SIGNING, (S.AGREED,), S.SIGNING),
        Transition(Step.SIGN_BY_ALL, (S.SIGNING,), S.IN_FORCE),
        Transition(Step.RETURN_VERSION, (S.SIGNING,), S.AGREED),
        Transition(Step.OPEN_EVALUATION, (S.IN_FORCE,), S.EVALUATING),
        Transition(Step.CLOSE, (S.IN_FORCE, S.EVALUATING), S.CLOSED),
    )
}

# Acts that leave the state as it is, and the states they are open in.
EDITABLE_STATES = (S.DRAFT, S.CONSULTING)
NUMBERED_STATES = (S.AGREED, S.SIGNING, S.IN_FORCE, S.EVALUATING)


def may_start(step: Step, state: str) -> bool:
    """Whether a program in a state can take a step."""
    return state in TRANSITIONS[step].sources


def target_of(step: Step) -> S:
    """The state a step ends in."""
    return TRANSITIONS[step].target
