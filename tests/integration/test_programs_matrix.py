"""State × step × role: the transition table and the reviewed table of rights say the same, cell by cell."""

import pytest

from agencies.access.enums import Role
from coordination.programs.enums import ProgramState
from coordination.programs.workflow import Step, may_start
from portal.permissions_page.tables import read

# The act of the table that takes each step; signing by all and returning are acts at a place to sign.
ACTS = {step: str(step) for step in Step} | {
    Step.SIGN_BY_ALL: "record_signature:paper",
    Step.RETURN_VERSION: "return_version",
}
# The state of the table each state of a program stands under.
SHOWN_AS = {ProgramState.IN_FORCE: "signed"}
AT_A_PLACE_TO_SIGN = (Step.SIGN_BY_ALL, Step.RETURN_VERSION)
MAKERS = ("drafter", "lead", "party", "office", "third")
ROLES = list(Role)
CELLS = [(state, step) for state in ProgramState for step in Step]


@pytest.fixture(scope="module")
def table():
    return read("program")


def cells_of(table, state, step):
    return table.states[SHOWN_AS.get(state, state.value)][ACTS[step]]


@pytest.mark.parametrize(("state", "step"), [(s, t) for s, t in CELLS if t not in AT_A_PLACE_TO_SIGN], ids=str)
def test_the_drafting_secretary_takes_the_steps_of_the_transition_table_and_nobody_else(table, state, step):
    cells = cells_of(table, state, step)
    secretary = cells["drafter"][ROLES.index(Role.SECRETARY)]
    # Where the table allows the step it is done, or what is missing is said; everywhere else the form is stale.
    assert secretary in "+!" if may_start(step, state) else secretary == ">"
    for relation, signs in cells.items():
        for role, sign in zip(ROLES, signs, strict=True):
            if (relation, role) != ("drafter", Role.SECRETARY):
                assert sign in "-.", (relation, role)
    if state in (ProgramState.DRAFT, ProgramState.CONSULTING, ProgramState.REVISING, ProgramState.CANCELLED):
        assert all(set(signs) == {"."} for relation, signs in cells.items() if relation not in MAKERS)


@pytest.mark.parametrize("step", AT_A_PLACE_TO_SIGN)
@pytest.mark.parametrize("state", ProgramState)
def test_signatures_and_returns_move_a_program_only_while_it_is_being_signed(table, state, step):
    cells = cells_of(table, state, step)
    if not cells:
        assert not may_start(step, state)
        return
    party = {cells["party"][ROLES.index(role)] for role in (Role.LEADER, Role.SECRETARY)}
    assert party == ({"+"} if may_start(step, state) else {">"})
    for stranger in ("helper", "helpbelow", "sameunit", "below", "above", "another"):
        assert set(cells[stranger]) <= set("-.")
