"""The pages of notices, of how one is reminded, and the calendars at secret addresses."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from agencies.access.enums import Role
from agencies.people.services import end_membership, suspend
from coordination.reminders.enums import FeedKind, Occasion, Rhythm
from coordination.reminders.models import CalendarFeed, Notice, ReminderSettings
from coordination.reminders.services import open_feed, tell_whom_it_concerns
from coordination.tasks.models import Task
from records import clock
from records.models import AuditEntry
from tests.factories.conferences import make_conference
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task, official_of

pytestmark = pytest.mark.django_db
TODAY = date(2022, 3, 30)
LIST, SETTINGS, FEEDS = "/thong-bao/", "/tai-khoan/nhac-viec/", "/tai-khoan/nhac-viec/lich/"


@pytest.fixture
def program(signed_program):
    return signed_program


@pytest.fixture
def official(program):
    return official_of(program.parties.first().agency)


def feed_of(token: str):
    return Client().get(f"/lich/{token}.ics")


def events_at(token: str) -> list:
    answer = feed_of(token)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


# Notices


def test_the_page_tells_each_thing_in_one_sentence_with_its_link(program, official, sign_in):
    task = make_task(program, title="Vận động hộ dân", due_on=date(2022, 3, 28))
    tell_whom_it_concerns(TODAY)
    page = sign_in(official).get(LIST).content.decode()
    assert f'href="/nhiem-vu/{task.slug}/"' in page
    assert "Vận động hộ dân" in page
    assert 'value="' + str(Notice.objects.filter(member=official).latest("pk").pk) in page


def test_marking_as_read_takes_what_was_shown_and_leaves_what_came_later(program, official, sign_in):
    make_task(program, due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    shown = Notice.objects.filter(member=official).latest("pk").pk
    make_task(program, title="Việc đến sau", due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    client = sign_in(official)
    assert client.post("/thong-bao/da-doc/", {"up_to": shown}).status_code == 302
    unread = Notice.objects.filter(member=official, read_at=None)
    assert unread.exists()
    assert all(notice.pk > shown for notice in unread)
    assert not Notice.objects.exclude(member=official).exclude(read_at=None).exists()


@pytest.mark.parametrize("up_to", ["", "abc", "-1", str(10**30)])
def test_a_number_that_is_none_marks_nothing(program, official, sign_in, up_to):
    make_task(program, due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    assert sign_in(official).post("/thong-bao/da-doc/", {"up_to": up_to}).status_code == 302
    assert Notice.objects.filter(member=official).unread().exists()


def test_the_bell_counts_what_is_unread_in_this_role(program, official, sign_in):
    make_task(program, due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    unread = Notice.objects.filter(member=official).count()
    client = sign_in(official)
    assert (
        f'<span class="pf-tool__count pf-num" aria-hidden="true">{unread}</span>' in client.get(LIST).content.decode()
    )
    client.post("/thong-bao/da-doc/", {"up_to": 2**40})
    assert "pf-tool__count" not in client.get(LIST).content.decode()


def test_what_is_no_longer_seen_is_no_longer_told(program, official, sign_in):
    helper = make_member(make_agency(program.unit, "ngoai"))
    task = make_task(program, title="Việc kín", due_on=TODAY, coordinators=(helper.agency,))
    tell_whom_it_concerns(TODAY)
    client = sign_in(helper)
    assert "Việc kín" in client.get(LIST).content.decode()
    task.roles.filter(agency=helper.agency).delete()
    assert "Việc kín" not in client.get(LIST).content.decode()


def test_nobody_sees_what_somebody_else_was_told(program, official, sign_in):
    make_task(program, title="Của người khác", due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    assert "Của người khác" not in sign_in(make_member(official.agency)).get(LIST).content.decode()


def test_administrators_are_told_of_nothing(program, sign_in):
    for role in (Role.UNIT_ADMIN, Role.SYSTEM_ADMIN):
        client = sign_in(make_member(program.parties.first().agency, role))
        assert [client.get(page).status_code for page in (LIST, SETTINGS)] == [403, 403]
        assert "pf-tool__count" not in client.get("/tai-khoan/").content.decode()


def test_many_notices_are_read_page_by_page_in_a_fixed_number_of_queries(program, official, sign_in):
    client = sign_in(official)

    def count(address: str = LIST) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    task = make_task(program, due_on=TODAY)
    tell(official, task, 1)
    assert count() == 9
    tell(official, task, 3)
    assert count() == 9
    tell(official, task, 60)
    assert count() == 9
    page = client.get(LIST).content.decode()
    older = page.split('href="?before=')[1].split('"')[0]
    assert page.count("pf-row__title") == 50
    assert client.get(f"{LIST}?before={older}").content.decode().count("pf-row__title") == 14


def tell(member, task: Task, number: int) -> None:
    start = Notice.objects.count()
    Notice.objects.bulk_create(
        Notice(
            member=member, task=task, occasion=Occasion.OVERDUE, about_on=task.deadline, turn=start + each,
            made_at=clock.now() - timedelta(days=each % 3),
        )
        for each in range(number)
    )  # fmt: skip


@pytest.mark.parametrize("before", ["", "abc", "-1", "0", "9" * 40, "1e3"])
def test_a_strange_place_in_the_list_shows_the_newest(program, official, sign_in, before):
    make_task(program, due_on=TODAY)
    tell_whom_it_concerns(TODAY)
    assert "pf-row__title" in sign_in(official).get(LIST, {"before": before}).content.decode()


# How one is reminded


def test_the_rhythm_is_kept_for_the_person_and_told_in_the_log(official, sign_in):
    client = sign_in(official)
    assert client.post(SETTINGS, {"rhythm": "weekly"}).status_code == 302
    assert ReminderSettings.objects.get().rhythm == Rhythm.WEEKLY
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.before["rhythm"], entry.after["rhythm"]) == ("daily", "weekly")
    assert client.post(SETTINGS, {"rhythm": "hourly"}).status_code == 422
    assert ReminderSettings.objects.get().rhythm == Rhythm.WEEKLY


# Calendars


def test_the_address_is_shown_once_and_kept_as_a_digest_only(official, sign_in):
    client = sign_in(official)
    page = client.post(FEEDS, {"kind": "own"}).content.decode()
    token = page.split("https://phoi-hop.example/lich/")[1].split(".ics")[0]
    assert len(token) >= 40
    assert token not in client.get(SETTINGS).content.decode()
    assert token not in str(CalendarFeed.objects.values())
    assert not any(token in str(entry.after) for entry in AuditEntry.objects.all())
    assert feed_of(token).status_code == 200


def test_a_calendar_holds_the_deadlines_its_member_leads_and_the_meetings(program, official):
    task = make_task(program, title="Vận động; 45 hộ, đợt 1", due_on=date(2022, 4, 15))
    make_task(program, title="Bên khác chủ trì", due_on=date(2022, 4, 15), lead=program.parties.last().agency)
    make_task(program, "completed", title="Xong rồi", due_on=date(2022, 4, 15))
    organiser = program.parties.first().agency
    conference = make_conference(organiser=organiser, held_on=date(2022, 4, 20), reviews=[program])
    events = events_at(open_feed(FeedKind.OWN, actor=official))
    assert sorted(str(event["uid"]) for event in events) == [
        f"conference-{conference.pk}@phoi-hop.example",
        f"task-{task.pk}@phoi-hop.example",
    ]
    deadline = next(event for event in events if event["uid"].startswith("task"))
    assert deadline.decoded("dtstart") == date(2022, 4, 15)
    assert "Vận động; 45 hộ, đợt 1" in str(deadline["summary"])
    assert str(deadline["url"]) == f"https://phoi-hop.example/nhiem-vu/{task.slug}/"
    meeting = next(event for event in events if event["uid"].startswith("conference"))
    assert meeting.decoded("dtstart") == clock.at(date(2022, 4, 20), 14)


def test_the_calendar_of_an_agency_holds_its_parts_as_well(program, official):
    lead = program.parties.last().agency
    task = make_task(
        program, title="Bên khác chủ trì", due_on=date(2022, 4, 15), lead=lead, coordinators=(official.agency,)
    )
    leader = make_member(official.agency, Role.LEADER)
    assert events_at(open_feed(FeedKind.OWN, actor=official)) == []
    (event,) = events_at(open_feed(FeedKind.AGENCY, actor=leader))
    assert str(event["uid"]).startswith(f"task-{task.pk}@")


def test_a_calendar_of_one_person_spans_all_their_roles_each_thing_once(program, official):
    other = make_program("signed", unit=make_unit())
    second = make_member(other.parties.first().agency)
    second.user = official.user
    second.save(update_fields=["user"])
    make_task(program, due_on=date(2022, 4, 15))
    make_task(other, due_on=date(2022, 4, 15), actor=second)
    third = make_member(official.agency, Role.LEADER)
    third.user = official.user
    third.save(update_fields=["user"])
    assert len(events_at(open_feed(FeedKind.OWN, actor=official))) == 2


def test_a_wrong_address_one_taken_back_and_one_replaced_answer_alike(official, sign_in):
    client = sign_in(official)
    first = open_feed(FeedKind.OWN, actor=official)
    second = open_feed(FeedKind.OWN, actor=official)
    feed = CalendarFeed.objects.live().get()
    assert client.post(f"/tai-khoan/nhac-viec/lich/{feed.pk}/thu-hoi/").status_code == 302
    answers = [feed_of(token) for token in ("khong-co", first, second)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.post(f"/tai-khoan/nhac-viec/lich/{feed.pk}/thu-hoi/").status_code == 409


@pytest.mark.parametrize("end", ["role ended", "account suspended"])
def test_a_calendar_ends_with_the_right_to_act(program, official, end):
    token = open_feed(FeedKind.OWN, actor=official)
    assert feed_of(token).status_code == 200
    if end == "role ended":
        end_membership(official, last_day=TODAY - timedelta(days=1))
    else:
        suspend(official.user, reason="Nghỉ việc")
    assert feed_of(token).status_code == 404


def test_a_calendar_shows_only_what_its_member_still_sees(program):
    helper = make_member(make_agency(program.unit, "ngoai"), Role.LEADER)
    task = make_task(program, due_on=date(2022, 4, 15), coordinators=(helper.agency,))
    token = open_feed(FeedKind.AGENCY, actor=helper)
    assert len(events_at(token)) == 1
    task.roles.filter(agency=helper.agency).delete()
    assert events_at(token) == []


def test_the_address_of_an_agency_is_opened_and_taken_back_by_its_leaders_and_secretaries(official, sign_in):
    leader, secretary = make_member(official.agency, Role.LEADER), make_member(official.agency, Role.SECRETARY)
    stranger = make_member(make_agency(make_unit(), "xa"), Role.LEADER)
    assert sign_in(official).post(FEEDS, {"kind": "agency"}).status_code == 403
    open_feed(FeedKind.AGENCY, actor=leader)
    own = open_feed(FeedKind.OWN, actor=leader)
    taken_back = f"/tai-khoan/nhac-viec/lich/{CalendarFeed.objects.get(kind='agency').pk}/thu-hoi/"
    private = f"/tai-khoan/nhac-viec/lich/{CalendarFeed.objects.get(kind='own').pk}/thu-hoi/"
    for someone in (official, stranger):
        assert sign_in(someone).post(taken_back).status_code == 404
    assert sign_in(secretary).post(private).status_code == 404
    assert sign_in(secretary).post(taken_back).status_code == 302
    assert feed_of(own).status_code == 200


def test_fetching_a_calendar_writes_nothing_and_needs_no_session(program, official):
    make_task(program, due_on=date(2022, 4, 15))
    token = open_feed(FeedKind.OWN, actor=official)
    before = AuditEntry.objects.count()
    answer = feed_of(token)
    assert (AuditEntry.objects.count(), answer.cookies.output()) == (before, "")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert Client().post(f"/lich/{token}.ics").status_code == 405


def test_a_calendar_takes_a_fixed_number_of_queries(program, official):
    token = open_feed(FeedKind.OWN, actor=official)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert feed_of(token).status_code == 200
        return len(captured)

    make_task(program, due_on=date(2022, 4, 15))
    assert count() == 6
    for number in range(2):
        make_task(program, title=f"Việc {number}", due_on=date(2022, 4, 16))
    assert count() == 6


@pytest.mark.parametrize("title", ["a\nBEGIN:VEVENT", "=cmd|' /C calc'!A0", "BEGIN:VCALENDAR;X:1,2\\n"])
def test_no_title_breaks_out_of_its_event(program, official, title):
    make_task(program, title=title, due_on=date(2022, 4, 15))
    (event,) = events_at(open_feed(FeedKind.OWN, actor=official))
    assert " ".join(title.split()) in str(event["summary"]).replace("\n", "\\n") or title in str(event["summary"])


@pytest.mark.parametrize("token", ["x", "%00", "a" * 4000, "..%2f..%2fetc", "đường"])
def test_strange_addresses_answer_as_missing_ones(token, db):
    assert Client().get(f"/lich/{token}.ics").status_code == 404
