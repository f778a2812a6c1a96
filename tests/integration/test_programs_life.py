"""The life of a program: each step, what stops it, who may take it."""

import pytest

from coordination.programs.enums import ProgramState
from tests.factories.programs import STATES, make_program

pytestmark = pytest.mark.django_db

STATE_OF = {
    "draft": ProgramState.DRAFT,
    "consulting": ProgramState.CONSULTING,
    "agreed": ProgramState.AGREED,
    "signing": ProgramState.SIGNING,
    "signed": ProgramState.IN_FORCE,
    "evaluating": ProgramState.EVALUATING,
    "closed": ProgramState.CLOSED,
}


@pytest.mark.parametrize("state", STATES)
def test_program_walks_to_state(state):
    program = make_program(state)
    assert program.state == STATE_OF[state]
    assert [change.to_state for change in program.state_changes.all()] == [
        str(STATE_OF[passed]) for passed in STATES[: STATES.index(state) + 1]
    ]
