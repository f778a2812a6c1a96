"""Acting in one of several memberships: always in sight, changed with one click, never forged."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.models import Membership
from agencies.people import services
from portal.middleware import ACTING_KEY
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 30)
SWITCH = "/tai-khoan/co-quan/"


@pytest.fixture
def both():
    """An official of the Council who is also organiser in the Office."""
    unit = make_unit()
    hdnd = make_agency(unit, "hdnd", "Thường trực HĐND", protocol_order=10)
    office = make_agency(unit, "vp", "Văn phòng", protocol_order=70)
    first = make_member(hdnd)
    second = services.grant_membership(first.user, office, role=Role.ORGANISER, title="Tổ chức", since=BEGINNING)
    return first, second


def acting(client) -> Membership:
    return client.get("/them/").context["shell"].actor


def test_the_header_says_as_whom_and_offers_the_other(both, sign_in):
    first, second = both
    page = sign_in(first).get("/viec-cua-toi/").content.decode()
    assert f"<b>{first.title}</b> · Thường trực HĐND" in page
    assert page.count(f'name="membership" value="{second.pk}"') == 1
    assert f'name="membership" value="{first.pk}"' not in page


def test_whoever_has_one_membership_is_offered_nothing(sign_in):
    member = make_member(make_agency(make_unit(), "ubnd"))
    page = sign_in(member).get("/viec-cua-toi/").content.decode()
    assert 'name="membership"' not in page and member.title in page


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/nhiem-vu/dh-2022-02.03/", "/nhiem-vu/"),
        ("/co-quan/dh/ubnd/", "/co-quan/"),
        ("/tai-khoan/thiet-bi/", "/tai-khoan/"),
        ("/bao-cao/", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/nhiem-vu/", "/"),
        ("", "/"),
        ("/khong-co/", "/"),
    ],
)
def test_one_click_goes_on_with_the_same_kind_of_page_or_home(both, sign_in, here, there):
    first, second = both
    client = sign_in(first)
    answer = client.post(SWITCH, {"membership": second.pk, "from": here})
    assert (answer.status_code, answer["Location"]) == (302, there)
    assert acting(client) == second


@pytest.mark.parametrize("forged", ["", "0", "-1", "x", "9" * 30, "a\x00"])
def test_a_forged_membership_is_refused(both, sign_in, forged):
    client = sign_in(both[0])
    assert client.post(SWITCH, {"membership": forged}).status_code == 422
    assert acting(client) == both[0]


def test_nobody_takes_the_membership_of_another(both, sign_in):
    other = make_member(both[1].agency, Role.SECRETARY)
    client = sign_in(both[0])
    assert client.post(SWITCH, {"membership": other.pk}).status_code == 422
    session = client.session
    session[ACTING_KEY] = other.pk
    session.save()
    assert acting(client) == both[0]


def test_a_membership_that_ended_is_neither_offered_nor_acted_in(both, sign_in):
    first, second = both
    client = sign_in(second)
    services.end_membership(second, last_day=DAY - timedelta(days=1))
    assert acting(client) == first
    assert client.post(SWITCH, {"membership": second.pk}).status_code == 422


def test_the_frame_reads_memberships_once(both, sign_in):
    client = sign_in(both[0])
    with CaptureQueriesContext(connection) as asked:
        client.get("/tro-giup/")
    assert len([query for query in asked if 'FROM "agencies_membership"' in query["sql"]]) == 1
