"""What tests share: a ground built once for a module, the world in which every text is unique, and a way into it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client

from agencies.access.enums import Role
from coordination.programs.models import Program
from records import clock
from tests.conftest import MOMENT
from tests.factories.programs import make_program
from tests.integration.rights.world import World, build


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pages and abuse cases are asked on PostgreSQL alone: on SQLite the table of routes and the journeys ask pages."""
    for item in items:
        asks_pages = item.path.stem.endswith("_pages") or item.path.stem.startswith("test_abuse_")
        if asks_pages and not item.get_closest_marker("on_sqlite"):
            item.add_marker(pytest.mark.on_postgresql)


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker) -> Iterator[None]:
    """What module fixtures build on it stands for all tests of the module and is taken back at the end.

    Each test writes into a savepoint of its own, so the next one finds everything as it was built.
    """
    with django_db_blocker.unblock(), transaction.atomic(), clock.standing_at(MOMENT):
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def signed_once(ground) -> int:
    """The key of a program signed by its three parties."""
    return make_program("signed").pk


@pytest.fixture
def signed_program(signed_once) -> Program:
    """A program signed by its three parties, fetched anew for each test."""
    return Program.objects.get(pk=signed_once)


@pytest.fixture(scope="module")
def world(ground) -> World:
    """The world of the tests of rights, the same for all tests of a module."""
    return build()


@pytest.fixture
def enter(world, sign_in) -> Callable[..., Client]:
    """`enter("party", Role.LEADER)`: a client of that member here, or of the other unit with `there=True`."""

    def entered(relation: str, role: Role = Role.SECRETARY, *, there: bool = False) -> Client:
        client = sign_in((world.there if there else world.here).members[relation, role])
        client.raise_request_exception = False
        return client

    return entered
