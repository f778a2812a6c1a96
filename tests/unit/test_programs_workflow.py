"""The life of a program as data."""

import pytest

from coordination.programs.enums import ENDED_STATES, SETTLED_STATES, ProgramState
from coordination.programs.queries import working_year
from coordination.programs.services.snapshot import canonical, digest_of
from coordination.programs.workflow import EDITABLE_STATES, TRANSITIONS, Step, may_start, target_of

EXPECTED = {
    Step.SEND_FOR_COMMENTS: (["draft", "revising"], "consulting"),
    Step.END_COMMENTS: (["consulting"], "revising"),
    Step.SETTLE: (["revising"], "agreed"),
    Step.REOPEN: (["agreed"], "revising"),
    Step.SUBMIT: (["agreed"], "submitted"),
    Step.CLEAR: (["submitted"], "agreed"),
    Step.SEND_BACK: (["submitted"], "revising"),
    Step.LOCK_FOR_SIGNING: (["agreed"], "signing"),
    Step.SIGN_BY_ALL: (["signing"], "in_force"),
    Step.RETURN_VERSION: (["signing"], "agreed"),
    Step.OPEN_EVALUATION: (["in_force"], "evaluating"),
    Step.CLOSE: (["in_force", "evaluating"], "closed"),
    Step.SUPERSEDE: (["in_force", "evaluating"], "superseded"),
    Step.CANCEL: (["draft", "consulting", "revising", "agreed", "submitted", "signing"], "cancelled"),
}


def test_every_step_has_its_row():
    assert set(TRANSITIONS) == set(Step) == set(EXPECTED)


@pytest.mark.parametrize("step", Step)
def test_step_starts_and_ends_where_expected(step):
    sources, target = EXPECTED[step]
    assert [state.value for state in ProgramState if may_start(step, state)] == sources
    assert target_of(step) == target


def test_every_state_is_reached_from_draft_and_leads_to_an_end():
    reached, left = {ProgramState.DRAFT}, set(ProgramState)
    while new := {row.target for row in TRANSITIONS.values() if reached & set(row.sources)} - reached:
        reached |= new
    assert reached == left
    ending = set(ENDED_STATES)
    assert not any(set(row.sources) & ending for row in TRANSITIONS.values())
    while new := {s for row in TRANSITIONS.values() if row.target in ending for s in row.sources} - ending:
        ending |= new
    assert ending == left


def test_text_is_closed_once_settled():
    assert not set(EDITABLE_STATES) & set(SETTLED_STATES)
    assert set(EDITABLE_STATES) | set(SETTLED_STATES) | {ProgramState.CANCELLED} == set(ProgramState)


@pytest.mark.parametrize(
    ("asked", "years", "shown"),
    [
        (None, [2022, 2021], 2022),
        ("2021", [2022, 2021], 2021),
        ("2023", [2022, 2021], 2023),
        ("hai nghìn", [2022, 2021], 2022),
        ("٢٠٢١", [2022], 2022),
        ("99999999999999999999", [2022], 2022),
        ("", [2021, 2020], 2021),
        (None, [2026, 2021], 2026),
        (None, [], 2022),
    ],
)
def test_working_year(asked, years, shown):
    assert working_year(asked, years) == shown


def test_digest_does_not_hang_on_the_order_of_keys():
    one = {"b": "Đầm Hà", "a": [1, {"y": 1, "x": 2}]}
    other = {"a": [1, {"x": 2, "y": 1}], "b": "Đầm Hà"}
    assert canonical(one) == canonical(other) == '{"a":[1,{"x":2,"y":1}],"b":"Đầm Hà"}'
    assert digest_of(one) == digest_of(other) != digest_of(one | {"b": "Đầm Hạ"})
