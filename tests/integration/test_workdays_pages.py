"""The page of working days: what it shows, who sets it, what is refused."""

from datetime import date

import pytest

from agencies.access.enums import Role
from records.models import AuditEntry, SpecialDay, WorkYear
from records.workdays.queries import workdays, year_of_work
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/ngay-lam-viec/"


@pytest.fixture
def agency():
    return make_agency(make_unit(), "vp")


@pytest.fixture
def client(agency, sign_in):
    return sign_in(make_member(agency, Role.SYSTEM_ADMIN))


def send(client, day: str, kind: str, name: str = "Ngày lễ"):
    return client.post(PAGE, {"day": day, "kind": kind, "name": name})


def test_a_year_shows_its_days_and_where_they_come_from(client):
    page = client.get(f"{PAGE}?year=2022").content.decode()
    for name in ("Giỗ Tổ Hùng Vương", "Quốc khánh", "Bộ luật Lao động 2019"):
        assert name in page
    assert "Làm bù cho ngày 29/4/2024" in client.get(f"{PAGE}?year=2024").content.decode()


@pytest.mark.parametrize("year", ["", "abc", "1e9", "99999", "-1", "2022\x00"])
def test_a_strange_year_shows_this_one(client, year):
    answer = client.get(PAGE, {"year": year})
    assert answer.status_code == 200
    assert answer.context["shown"].year == 2022


def test_the_first_change_makes_the_year_the_offices_own_and_keeps_all_other_days(client):
    assert send(client, "25/4/2022", "swapped", "Hoán đổi").status_code == 302
    assert workdays().is_workday(date(2022, 4, 25)) is False
    assert workdays().is_workday(date(2022, 4, 11)) is False
    assert SpecialDay.objects.count() == len(year_of_work(2022).days) == 16
    assert WorkYear.objects.get().year == 2022
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.object_kind, entry.after["day_name"]) == ("records.specialday", "Hoán đổi")


def test_a_saturday_can_be_worked_and_a_day_taken_out_again(client):
    send(client, "16/4/2022", "worked", "Làm bù")
    assert workdays().is_workday(date(2022, 4, 16))
    assert client.post(f"{PAGE}bo-ngay/", {"listed": "2022-04-16"}).status_code == 302
    assert not workdays().is_workday(date(2022, 4, 16))
    assert client.post(f"{PAGE}bo-ngay/", {"listed": "2022-04-16"}).status_code == 409


def test_a_year_follows_the_portals_list_again(client):
    client.post(f"{PAGE}bo-ngay/", {"listed": "2022-04-11"})
    assert workdays().is_workday(date(2022, 4, 11))
    assert client.post(f"{PAGE}theo-danh-muc/", {"year": "2022"}).status_code == 302
    assert not workdays().is_workday(date(2022, 4, 11))
    assert client.post(f"{PAGE}theo-danh-muc/", {"year": "2022"}).status_code == 409


def test_a_year_the_portal_does_not_know_is_entered_day_by_day(client):
    assert "2031" not in client.get(PAGE).content.decode()
    send(client, "01/01/2031", "holiday", "Tết Dương lịch")
    assert [special.day for special in year_of_work(2031).days] == [date(2031, 1, 1)]
    assert "Tết Dương lịch" in client.get(f"{PAGE}?year=2031").content.decode()
    assert client.post(f"{PAGE}theo-danh-muc/", {"year": "2031"}).status_code == 409


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("18/4/2022", "worked"),  # a Monday is worked anyway
        ("16/4/2022", "swapped"),  # a Saturday is free anyway
        ("17/4/2022", "in_lieu"),
        ("11/4/2022", "holiday"),  # in the list already
        ("31/02/2022", "holiday"),
        ("01/01/1999", "holiday"),
        ("01/01/2022", "feast"),
        ("", "holiday"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field_and_writes_nothing(client, day, kind):
    answer = send(client, day, kind)
    assert answer.status_code == 422
    assert not WorkYear.objects.exists() or day == "11/4/2022"
    assert b"aria-invalid" in answer.content or b"pf-err" in answer.content


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_nobody_else_sees_or_sets_them(agency, sign_in, role):
    client = sign_in(make_member(agency, role))
    assert client.get(PAGE).status_code == 403
    assert send(client, "25/4/2022", "holiday").status_code == 403
    assert client.post(f"{PAGE}bo-ngay/", {"listed": "2022-04-11"}).status_code == 403
    assert client.post(f"{PAGE}theo-danh-muc/", {"year": "2022"}).status_code == 403
    assert not WorkYear.objects.exists()


@pytest.mark.parametrize("day", ["", "abc", "2022-02-31", "9" * 40, "\x00"])
def test_a_day_that_is_none_is_in_no_list(client, day):
    assert client.post(f"{PAGE}bo-ngay/", {"listed": day}).status_code == 409
    assert client.post(f"{PAGE}theo-danh-muc/", {"year": day}).status_code == 409
