"""Route × state × visitor: what each door answers to each kind of visitor. A new route without its row fails."""

import os
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.models import AgencyGroup
from coordination.models import (
    AgendaPaper,
    Commendation,
    Evidence,
    GradingScheme,
    HeardReport,
    PartyReport,
    Photo,
    PressAccount,
    Section,
    SignatureSlot,
    TaskRole,
    TaskStep,
    UrgingLetter,
)
from portal.middleware import ACTING_KEY
from portal.permissions_page.routes import NO_STATE, Answers, RouteTable, read, written
from records import clock
from records.audit.enums import AuditAction
from records.models import AuditEntry
from reports.models import ComposedReport, ReportBlock
from tests.checkers.headers import loose
from tests.conftest import MOMENT
from tests.factories.story import told_story
from tests.integration.rights.addresses import doors
from tests.integration.rights.visitors import VISITORS, House, open_house, states_of
from tests.integration.route_table import OBJECTS

pytestmark = pytest.mark.on_sqlite

TABLE = read()


def signed_in(someone) -> Client:
    """A browser past the sign-in page, acting in a membership; made once for all tests of the module."""
    client = Client()
    client.force_login(getattr(someone, "user", someone), backend="django.contrib.auth.backends.ModelBackend")
    if hasattr(someone, "user"):
        session = client.session
        session[ACTING_KEY] = someone.pk
        session.save()
    return client


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as story, clock.standing_at(MOMENT):
        yield open_house(story, MOMENT.date(), signed_in)


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def address(route: str, house: House, state: str = NO_STATE) -> str:
    """Where a route leads for the objects of the sample year, or for those in a state."""
    known = places(house, state)
    return reverse(route, kwargs={name: known[key] for name, key in OBJECTS.get(route, {}).items()})


@cache
def places(house: House, state: str) -> dict[str, object]:
    """What addresses carry for the objects of the sample year, or for those in a state; found once, as none moves."""
    story = house.story
    program, conference = story.programs_2022["B"], story.conference
    slot = SignatureSlot.objects.filter(version__program=program).order_by("position").first()
    return {
        "program": program.slug,
        "conference": conference.slug,
        "task": f"{program.slug}.03",
        "role": TaskRole.objects.filter(task__code=f"{program.code}.03").exclude(kind="lead").earliest("position").pk,
        "step_task": f"{program.slug}.05",
        "step": TaskStep.objects.get(task__code=f"{program.code}.05", title="Ra quân chỉnh trang đợt 1").pk,
        "group": AgencyGroup.objects.get(unit__code="DH", name="UBND các xã, thị trấn").pk,
        "year": 2021,
        "half_year": "2021-6-thang-dau",
        "limitation": story.evaluation.findings.filter(kind="limitation").earliest("position").position,
        "scheme": GradingScheme.objects.get(version=2).pk,
        "position": 1,
        "invitation": 1,
        "agenda_paper": AgendaPaper.objects.get(file__isnull=False).pk,
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
        "party": slot.party_id,
        "series": house.stage.numbered.series_id,
        "number": house.stage.numbered.number,
        "section": Section.objects.filter(program=program).order_by("position").first().pk,
        "round": 1,
        "comment": 999_999,
        "evidence": Evidence.objects.filter(report__task__program=program).order_by("pk").first().pk,
        "table": 999_999,
        "change": 999_999,
        "view": 999_999,
        "document": 999_999,
        "plan_year": 2022,
        "paper_kind": "giay-moi",
        "layout_profile": "nd30",
        "paper_key": conference.slug,
        "composed": ComposedReport.objects.get().pk,
        "block": ReportBlock.objects.get(key="iii.bai-hoc").pk,
        "report_kind": "program",
        "template_key": "ket",
        "commendation": Commendation.objects.filter(state="proposed").order_by("pk").first().pk,
        "heard": HeardReport.objects.order_by("pk").first().pk,
        "photo": Photo.objects.order_by("pk").first().pk,
        "press_account": PressAccount.objects.get().pk,
        "party_report": PartyReport.objects.get(agency__code="mttq").pk,
        "letter": UrgingLetter.objects.get().pk,
        "addressee": story.cast.agencies["btg"].pk,
        "verification_code": "7KQ4-M2XD-9RTP",
        "entry": 1,
        "token": "khong-co",
        "certificate": 999_999,
        "field": 999_999,
        "device": 999_999,
        "feed": 999_999,
        "job": 999_999,
        "scheduled": "clear-sessions",
        "letter_given_up": 999_999,
        "username": "chuyen-vien-hnd",
        "label": "1.1",
        "edition": "today",
        "act": house.acts["prepared"].pk,
        "step_kind": "co-quan-giai-the",
    } | house.parts(state)


def read_out(response):
    """The answer, read to its end as a browser does; a file left open would be closed by nobody."""
    if response.streaming:
        for _chunk in response.streaming_content:
            pass
    return response


def answers(house: House, route: str, state: str, method: str) -> tuple[str, ...]:
    """The status each visitor gets, every one on a database as the story left it."""
    url, given = address(route, house, state), []
    for name in VISITORS:
        with transaction.atomic():
            client = house.browsers[name]()
            response = getattr(client, method)(url, {"nothing": "asked"})
            given.append(str(read_out(response).status_code))
            assert loose(response) == [], (route, state, name)
            transaction.set_rollback(True)
    return tuple(given)


def test_every_route_has_its_row_in_every_state_its_object_can_be_in(house):
    """With PROPOSE_RIGHTS=<folder> the answers given are written there, to be compared and reviewed by a person."""
    wanted = {(door.name, state) for door in doors() for state in states_of(door.name)}
    if proposed := os.environ.get("PROPOSE_RIGHTS"):
        rows = {key: Answers(answers(house, *key, "get"), answers(house, *key, "post")) for key in sorted(wanted)}
        visitors = {name: who for name, (who, _account) in VISITORS.items()}
        Path(proposed, "routes.txt").write_text(written(RouteTable(visitors, rows)), encoding="utf-8")
    assert sorted(wanted - TABLE.rows.keys()) == []
    assert sorted(TABLE.rows.keys() - wanted) == []
    assert TABLE.visitors == {name: who for name, (who, _account) in VISITORS.items()}


def test_every_part_of_an_address_is_known():
    unknown = [door.name for door in doors() if set(door.names) != set(OBJECTS.get(door.name, {}))]
    assert unknown == []


@pytest.mark.parametrize(("route", "state"), sorted(TABLE.rows))
def test_each_visitor_is_answered_as_the_table_says(route, state, house):
    """Columns: see docs/routes.txt. The POST fills in nothing, so whoever may send it gets the form back."""
    expected = TABLE.rows[route, state]
    given = Answers(answers(house, route, state, "get"), answers(house, route, state, "post"))
    assert given == expected


# What is handed over, and leaves exactly one entry that says so.
TAKEN_AWAY = (AuditAction.DOWNLOADED, AuditAction.EXPORTED)
DOWNLOADS = {
    "coordination:agency-workbook",
    "coordination:program-workbook",
    "reports:comparison-pdf",
    "coordination:conference-paper",
    "coordination:conference-photo-file",
    "coordination:evidence-download",
    "reports:comment-table-docx",
    "reports:comment-table-pdf",
    "reports:conference-report-pdf",
    "reports:dashboard-pdf",
    "reports:dashboard-xlsx",
    "reports:invitations-pdf",
    "reports:paper-pdf",
    "reports:paper-word",
    "reports:program-pdf",
}


def test_get_changes_nothing(house):
    """Rule: a page that is only looked at writes no entry of the audit, whoever looks; a file taken away leaves one."""
    secretary, place = house.browsers["secretary"](), list(VISITORS).index("secretary")
    for (route, state), given in sorted(TABLE.rows.items()):
        if given.get[place] == "200":
            before = AuditEntry.objects.count()
            read_out(secretary.get(address(route, house, state)))
            left = AuditEntry.objects.filter(sequence__gt=before)
            assert [entry.action in TAKEN_AWAY for entry in left] == [True] * (route in DOWNLOADS), (route, state)
