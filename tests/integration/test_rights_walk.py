"""A random walk through every route by everyone: nobody reads what they may not know, nothing refused is done.

RIGHTS_WALK_SEED=<seed> walks the same way again; RIGHTS_WALK_STEPS=<number> makes it shorter or longer.
Each database is walked with a seed of its own.
"""

import logging
import os
import random

import pytest

from records import clock
from tests.conftest import MOMENT
from tests.integration.rights.people import walkers
from tests.integration.rights.walk import Walk

STEPS = int(os.environ.get("RIGHTS_WALK_STEPS", 2500))
SEED = int(os.environ.get("RIGHTS_WALK_SEED", 0)) or random.SystemRandom().randrange(1, 10**9)


@pytest.fixture(scope="module")
def stage(world):
    with clock.standing_at(MOMENT):
        return world, walkers(world)


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
    assert len(walk.faults) == 0, f"RIGHTS_WALK_SEED={SEED}: {len(walk.faults)} faults in {STEPS} steps\n{told}"
    assert {200, 302, 403, 404, 405, 422} <= walk.answered.keys(), "the walk met every kind of answer"
    assert len(walk.walked) == len(walk.doors), f"RIGHTS_WALK_SEED={SEED}: routes not walked"


@pytest.mark.parametrize(
    ("hole", "found"),
    [
        ("leak-tells", "tells qz"),
        ("leak-hints", "404 differs from"),
        ("leak-writes", "and changed coordination_program"),
        ("leak-breaks", ": 500 "),
    ],
)
def test_the_walk_finds_a_hole(hole, found, stage, settings):
    """What a careless view would do is noticed, with the step that did it and the request to send again."""
    settings.ROOT_URLCONF = "tests.integration.rights.leaks"
    world, everyone = stage
    walk = Walk(world, everyone, random.Random(1))
    walk.doors = {hole: walk.doors[hole]}
    for number in range(1, 61):
        walk.take(number)
    assert any(found in fault and "/ho/" in fault and fault.startswith("step ") for fault in walk.faults), walk.faults
