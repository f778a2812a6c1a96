"""Route × person: what each door answers to each kind of visitor. A new route without its row fails."""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from coordination.models import Evidence, Section, SignatureSlot
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.factories.story import told_story
from tests.integration.route_table import OBJECTS, PEOPLE, TABLE


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def named_routes(resolver=None, namespace: str = "") -> set[str]:
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            found.add(namespace + (entry.name or str(entry.pattern)))
        else:
            found |= named_routes(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return found


def address(route: str, story) -> str:
    program, conference = story.programs_2022["B"], story.conference
    slot = SignatureSlot.objects.filter(version__program=program).order_by("position").first()
    known = {
        "program": program.slug,
        "conference": conference.slug,
        "task": f"{program.slug}.03",
        "year": 2021,
        "position": 1,
        "unit": "dh",
        "agency": "hnd",
        "kept_agency": "ubnd",
        "office": story.cast.agencies["ubnd"].offices.get(is_head=True).pk,
        "holding": story.cast.people["dung"].holdings.get().pk,
        "person": story.cast.people["dung"].pk,
        "account": story.cast.members["chuyen-vien-hnd"].user_id,
        "membership": story.cast.members["chuyen-vien-hnd"].pk,
        "unit_name": story.cast.units["DH"].names.get().pk,
        "slot": slot.pk,
        "section": Section.objects.filter(program=program).order_by("position").first().pk,
        "evidence": Evidence.objects.filter(report__task__program=program).order_by("pk").first().pk,
        "document": 999_999,
        "entry": 1,
        "token": "khong-co",
        "device": 999_999,
        "username": "chuyen-vien-hnd",
    }
    return reverse(route, kwargs={name: known[key] for name, key in OBJECTS.get(route, {}).items()})


def read_out(response):
    """The answer, read to its end as a browser does; a file left open would be closed by nobody."""
    if response.streaming:
        for _chunk in response.streaming_content:
            pass
    return response


def answers(story, sign_in, route: str, method: str) -> str:
    """The status each person gets, every one on a database as the story left it."""
    url, given = address(route, story), []
    for name in PEOPLE.values():
        with transaction.atomic():
            client = Client() if name is None else sign_in(story.cast.members[name])
            response = getattr(client, method)(url, {"nothing": "asked"})
            given.append(str(read_out(response).status_code))
            transaction.set_rollback(True)
    return " ".join(given)


def without_token(response) -> bytes:
    """The page without the forgery token, which differs at every answer."""
    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", response.content)


def test_every_route_has_its_row():
    assert named_routes() == set(TABLE)


@pytest.mark.parametrize("route", sorted(TABLE))
def test_each_person_is_answered_as_the_table_says(route, story, sign_in):
    """Columns: see PEOPLE. The POST fills in nothing, so whoever may send it gets the form back."""
    expected_get, expected_post = TABLE[route]
    assert answers(story, sign_in, route, "get") == expected_get
    assert answers(story, sign_in, route, "post") == expected_post


# What is handed over, and leaves exactly one entry that says so.
TAKEN_AWAY = (AuditAction.DOWNLOADED, AuditAction.EXPORTED)
DOWNLOADS = {"coordination:evidence-download", "reports:conference-report-pdf", "reports:program-pdf"}


def test_get_changes_nothing(story, sign_in):
    """Rule: a page that is only looked at writes no entry of the audit, whoever looks; a file taken away leaves one."""
    secretary = sign_in(story.cast.secretary)
    for route in sorted(TABLE):
        if TABLE[route][0].split()[4] == "200":
            before = AuditEntry.objects.count()
            read_out(secretary.get(address(route, story)))
            left = AuditEntry.objects.filter(sequence__gt=before)
            assert [entry.action in TAKEN_AWAY for entry in left] == [True] * (route in DOWNLOADS), route


@pytest.mark.parametrize(
    "missing", ["/chuong-trinh/dh-2099-09/", "/nhiem-vu/dh-2022-02.99/", "/hoi-nghi/2099-01-01-sang/"]
)
def test_a_foreign_object_answers_as_a_missing_one(missing, story, sign_in):
    """Rule: whoever may not know of an object cannot tell it from one that does not exist."""
    stranger = sign_in(story.cast.members["thu-ky-hai-ha"])
    foreign = {
        "/chuong-trinh/dh-2099-09/": "/chuong-trinh/dh-2022-02/",
        "/nhiem-vu/dh-2022-02.99/": "/nhiem-vu/dh-2022-02.03/",
        "/hoi-nghi/2099-01-01-sang/": f"/hoi-nghi/{story.conference.slug}/",
    }[missing]
    unknown, hidden = stranger.get(missing), stranger.get(foreign)
    assert unknown.status_code == hidden.status_code == 404
    assert without_token(unknown) == without_token(hidden)
