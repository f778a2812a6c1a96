"""Foreign = missing: on every route that names an object, whoever may not know of it gets the page of nothing."""

import random

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from tests.integration.rights.addresses import Places, doors, nowhere
from tests.integration.rights.answers import difference
from tests.integration.rights.refused import asked

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]

OF_OBJECTS = sorted({door.name for door in doors() if door.names})
# Who is foreign: the other unit's people, the same unit's who have no part, one below, administrators.
FOREIGN = (
    ("drafter", Role.SECRETARY, True),
    ("sameunit", Role.SECRETARY, False),
    ("below", Role.LEADER, False),
    ("lead", Role.UNIT_ADMIN, True),
    ("another", Role.OFFICIAL, False),
)
TRIES = 4
# Tokens and sessions: nothing tells whose they are, and a wrong one is told as such.
# A code of verification is asked by anybody, on a public page.
BY_SECRET = {"one-time-link", "reports:verify-code"}


@pytest.fixture
def places(world) -> Places:
    return Places(sorted({conference.slug for conference in world.conferences.values()}))


@pytest.mark.parametrize("route", [name for name in OF_OBJECTS if name not in BY_SECRET])
def test_a_foreign_object_answers_as_a_missing_one(route, world, places, enter):
    """GET and POST, status, headers and body: no difference but the address that was asked for and the tokens."""
    door, dice, compared = next(one for one in doors() if one.name == route), random.Random(route), 0
    for relation, role, there in FOREIGN:
        client, answered = enter(relation, role, there=there), {}
        for _try in range(TRIES):
            url = places.address(door, dice)
            for method in ("get", "post"):
                given = asked(client, method, url, {"title": "Của tôi"})
                match = given.response.wsgi_request.resolver_match
                if given.status != 404 or match.view_name != route:
                    continue  # this person may know of this object, or of the whole page's kind
                elsewhere = method, reverse(route, kwargs=nowhere(door, match.kwargs))
                if elsewhere not in answered:
                    answered[elsewhere] = asked(client, *elsewhere, {"title": "Của tôi"})
                gone = answered[elsewhere]
                assert not difference(given.response, gone.response), (relation, role, method, url)
                assert given.written == [] and len(given.refusals) == len(gone.refusals) == 1
                compared += 1
    assert compared or route in OPEN_TO_ALL, "nobody was kept out: choose who is foreign here"


# Pages of a kind one may open or not, whatever stands in the address; what is shown on them is asked row by row.
OPEN_TO_ALL = {"background-run", "coordination:evaluation-detail", "letter-again", "reports:papers-of-year"}
