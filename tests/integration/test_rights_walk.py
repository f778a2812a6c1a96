"""A random walk through every route by everyone: nobody reads what they may not know, nothing refused is done.

RIGHTS_WALK_SEED=<seed> walks the same way again; RIGHTS_WALK_STEPS=<number> makes it shorter or longer.
"""

import logging
import os
import random

import pytest
from django.db import transaction

from records import clock
from tests.conftest import MOMENT
from tests.integration.rights.people import walkers
from tests.integration.rights.walk import Walk
from tests.integration.rights.world import build

STEPS = int(os.environ.get("RIGHTS_WALK_STEPS", 5000))
SEED = int(os.environ.get("RIGHTS_WALK_SEED", 0)) or random.SystemRandom().randrange(1, 10**9)


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), clock.standing_at(MOMENT):
        world = build()
        yield world, walkers(world)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db, monkeypatch):
    """The walk takes back every step; refusals are expected, so not logged."""
    for name in ("django.request", "django.security", "portal"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


def test_nobody_learns_or_does_what_they_may_not(stage):
    world, everyone = stage
    walk = Walk(world, everyone, random.Random(SEED))
    for number in range(1, STEPS + 1):
        walk.take(number)
    told = "\n".join(walk.faults[:20])
    assert not walk.faults, f"RIGHTS_WALK_SEED={SEED}: {len(walk.faults)} faults in {STEPS} steps\n{told}"
