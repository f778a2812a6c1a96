"""What the tests of rights share: the world in which every text is unique, and a way into it."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client

from agencies.access.enums import Role
from records import clock
from tests.conftest import MOMENT
from tests.integration.rights.world import World, build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for a module's tests and taken back at the end; each of them writes into a savepoint of its own."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.standing_at(MOMENT):
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def enter(world, sign_in) -> Callable[..., Client]:
    """`enter("party", Role.LEADER)`: a client of that member here, or of the other unit with `there=True`."""

    def entered(relation: str, role: Role = Role.SECRETARY, *, there: bool = False) -> Client:
        client = sign_in((world.there if there else world.here).members[relation, role])
        client.raise_request_exception = False
        return client

    return entered
