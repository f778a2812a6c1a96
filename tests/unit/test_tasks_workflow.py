from coordination.tasks.enums import TaskState
from coordination.tasks.workflow import TRANSITIONS, Act, allows


def test_transitions_start_only_where_the_table_says():
    expected = {
        Act.START: {TaskState.NOT_STARTED},
        Act.CLAIM: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS},
        Act.CONFIRM: {TaskState.AWAITING},
        Act.RETURN: {TaskState.AWAITING},
        Act.CLOSE: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS},
        Act.SUSPEND: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS},
        Act.RESUME: {TaskState.SUSPENDED},
        Act.RESUME_UNBEGUN: {TaskState.SUSPENDED},
        Act.CANCEL: {TaskState.NOT_STARTED, TaskState.IN_PROGRESS, TaskState.SUSPENDED},
    }
    assert set(TRANSITIONS) == set(expected) == set(Act)
    for act, sources in expected.items():
        assert {state for state in TaskState if allows(act, state)} == sources
