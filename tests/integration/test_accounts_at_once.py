"""A crowd of guesses is counted one by one; a link and a code that many use at once work once."""

import pytest

from tests.integration.crowd import database_of_its_own, left_behind


@pytest.fixture(scope="module")
def left(django_db_setup, django_db_blocker, tmp_path_factory) -> dict:
    """What the crowds were answered and left behind."""
    with django_db_blocker.unblock(), database_of_its_own("accounts", tmp_path_factory.mktemp("accounts")) as address:
        return left_behind("accounts_rush", address)


def test_abuse_19_a_crowd_of_guesses_is_not_past_the_count_before_the_first_is_counted(left):
    """Ten at most are looked at; whoever makes the count full is already answered with the lock."""
    assert left["guesses counted"] == 10
    assert left["guesses"].count(422) <= 9
    assert set(left["guesses"]) == {422, 429}


def test_abuse_19_each_lock_is_told_of_once(left):
    assert left["locks"].count("account") == 1
    assert left["locks"].count("pair") <= 2


def test_abuse_22_of_two_who_use_a_link_at_once_one_wins(left):
    assert left["one link used eight times"] == [302] + [404] * 7
    assert (left["used"], left["passwords that work"]) == (1, 1)


def test_abuse_26_a_code_typed_by_several_at_once_lets_one_in(left):
    assert left["one code typed four times"] == [302, 422, 422, 422]
    assert left["signed in by it"] == 1
