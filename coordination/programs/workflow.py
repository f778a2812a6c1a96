"""The life of a program as data: which step leads from which states to which."""

from dataclasses import dataclass
from enum import StrEnum

from coordination.programs.enums import ProgramState as S


class Step(StrEnum):
    """What can happen to a program as a whole."""

    SEND_FOR_COMMENTS = "send_for_comments"
    END_COMMENTS = "end_comments"
    SETTLE = "settle"
    REOPEN = "reopen"
    SUBMIT = "submit"
    CLEAR = "clear"
    SEND_BACK = "send_back"
    LOCK_FOR_SIGNING = "lock_for_signing"
    SIGN_BY_ALL = "sign_by_all"
    RETURN_VERSION = "return_version"
    OPEN_EVALUATION = "open_evaluation"
    CLOSE = "close"
    SUPERSEDE = "supersede"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Transition:
    """A step, the states it may start from and the state it ends in."""

    step: Step
    sources: tuple[S, ...]
    target: S


TRANSITIONS = {
    transition.step: transition
    for transition in (
        Transition(Step.SEND_FOR_COMMENTS, (S.DRAFT, S.REVISING), S.CONSULTING),
        Transition(Step.END_COMMENTS, (S.CONSULTING,), S.REVISING),
        Transition(Step.SETTLE, (S.REVISING,), S.AGREED),
        Transition(Step.REOPEN, (S.AGREED,), S.REVISING),
        Transition(Step.SUBMIT, (S.AGREED,), S.SUBMITTED),
        Transition(Step.CLEAR, (S.SUBMITTED,), S.AGREED),
        Transition(Step.SEND_BACK, (S.SUBMITTED,), S.REVISING),
        Transition(Step.LOCK_FOR_SIGNING, (S.AGREED,), S.SIGNING),
        Transition(Step.SIGN_BY_ALL, (S.SIGNING,), S.IN_FORCE),
        Transition(Step.RETURN_VERSION, (S.SIGNING,), S.AGREED),
        Transition(Step.OPEN_EVALUATION, (S.IN_FORCE,), S.EVALUATING),
        Transition(Step.CLOSE, (S.IN_FORCE, S.EVALUATING), S.CLOSED),
        Transition(Step.SUPERSEDE, (S.IN_FORCE, S.EVALUATING), S.SUPERSEDED),
        Transition(Step.CANCEL, (S.DRAFT, S.CONSULTING, S.REVISING, S.AGREED, S.SUBMITTED, S.SIGNING), S.CANCELLED),
    )
}

# Acts that leave the state as it is, and the states they are open in.
EDITABLE_STATES = (S.DRAFT, S.CONSULTING, S.REVISING)
AGREEING_STATES = (S.CONSULTING, S.REVISING)
# The layout is chosen until a version is locked: what is being signed keeps it.
LAYOUT_STATES = (S.DRAFT, S.CONSULTING, S.REVISING, S.AGREED, S.SUBMITTED)
NUMBERED_STATES = (S.AGREED, S.SUBMITTED, S.SIGNING, S.IN_FORCE, S.EVALUATING)


def may_start(step: Step, state: str) -> bool:
    """Whether a program in a state can take a step."""
    return state in TRANSITIONS[step].sources


def target_of(step: Step) -> S:
    """The state a step ends in."""
    return TRANSITIONS[step].target
