"""A crowd of guesses is counted one by one; a link and a code that many use at once work once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

NAME = f"portal_accounts_{os.getpid()}"


@pytest.fixture(scope="module")
def address(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """A database of its own on the engine under test, gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('accounts') / 'rush.sqlite3'}"
        return
    given = connection.settings_dict
    who = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute(f"CREATE DATABASE {NAME}")
    yield f"postgres://{who}/{NAME}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


@pytest.fixture(scope="module")
def left(address) -> dict:
    """What the crowds were answered and left behind."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.integration.accounts_rush"],
        cwd=settings.ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout)


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
