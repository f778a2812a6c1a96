"""Twenty clicks at the same moment: one row where one was meant, a place for each otherwise, never a 500.

Abuse cases 61 (one form sent many times), 62 (several editors) and 63 (several clerks, one number).
"""

import pytest

from tests.integration.crowd import database_of_its_own, left_behind


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker, tmp_path_factory) -> dict:
    """What the rush left behind."""
    with django_db_blocker.unblock(), database_of_its_own("rush", tmp_path_factory.mktemp("rush")) as address:
        return left_behind("rush", address)


EXPECTED = {
    "twenty tasks": [302] * 20,
    "their ordinals": list(range(1, 21)),
    "one form sent ten times": [302] * 10,
    "its tasks": 1,
    "one form sent twenty times": [302],
    "its rows": 1,
    "unsaved texts of a saved form": 0,
    "twenty windows keep one text": [302],
    "their text": 1,
    "one edit sent ten times": [302] * 10,
    "its revision": 2,
    "one report sent ten times": [302] * 10,
    "its reports": 1,
    "six editors of a task": [302] + [409] * 5,
    "eight editors of a program": [302] + [409] * 7,
    "eight editors of a section": [302] + [409] * 7,
    "eight sections": [302] * 8,
    "a place each": True,
    "eight windows keep their text": [302] * 8,
    "their draft": 1,
    "eight windows are here": [200] * 8,
    "their presence": 1,
    "one section moved eight times": [302] + [409] * 7,
    "one paste confirmed eight times": [1, 0],
    "its sections": 1,
    "a place each after all that": True,
    "eight programs": [302] * 8,
    "their codes": True,
    "one number for two": [302, 422],
    "one conference planned eight times": [302] + [422] * 7,
    "its conferences": 1,
    "eight conclusions": [302] * 8,
    "their places": True,
    "eight seats ticked at once": [302] * 8,
    "their count": [9, 8],
    "one seat ticked two ways": [302] * 4 + [409] * 4,
    "it counts once": True,
    "one evaluation opened eight times": [302] + [422] * 7,
    "its rounds": 1,
    "all parties sign at once": [302] * 3,
    "in force": "in_force",
    "eight heads of one agency": [302] + [422] * 7,
    "its head": 1,
    "one agency added eight times": [302] + [422] * 7,
    "its agencies": 1,
    "eight editors of an agency": [302] + [409] * 7,
    "two administrators take the role from each other": True,
    "administrators left": 1,
    "twenty numbers": [302] * 20,
    "each its own": True,
    "one number wanted by eight": [302] + [422] * 7,
    "one series opened eight times": [302] + [422] * 7,
    "one number voided eight times": [302] + [409] * 7,
    "one program issued eight times": [302] + [409] * 7,
    "one amendment begun eight times": [302] + [422] * 7,
    "letters of six runs at once": [1] * 4,
    "their notices are told once each": True,
    "letters after runs that were killed": [2] * 4,
    "no letter tells nothing": True,
    "seven comments beside the closing of their round": True,
    "each one told it was taken": True,
    "one declaration sent eight times": [302] + [409] * 7,
    "its declarations": 1,
    "eight answers to one comment": [302] + [409] * 7,
    "one draft sent for comments eight times": [302] + [409] * 7,
    "its rounds of comments": 1,
    "one reorganisation applied four times": [302] + [409] * 3,
    "its rows of succession": 1,
    "one undone four times": [302] + [409] * 3,
    "its rows left": 0,
    "faults of the audit": [],
    "tasks": 28,
    "settled counts that differ": [],
    "settled tasks are counted": True,
}


@pytest.mark.parametrize("what", EXPECTED)
def test_a_rush_leaves_what_was_meant(what, left):
    assert left[what] == EXPECTED[what]
