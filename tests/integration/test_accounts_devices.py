"""My signed-in devices, and what keeps a session alive or ends it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.accounts.devices import browser_of, system_of
from agencies.accounts.queries import last_sign_ins, open_sign_ins
from agencies.accounts.services import sign_ins
from agencies.models import SignIn
from records import clock
from records.models import AuditEntry
from tests.conftest import MOMENT
from tests.factories.accounts import CHROME, is_signed_in, type_password
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def member():
    return make_member(make_agency(make_unit(), "vp"), username="chuyen-vien")


def later(**how_long):
    return clock.machine_standing_at(clock.machine_now() + timedelta(**how_long))


def on(agent: str, **extra) -> Client:
    client = Client(HTTP_USER_AGENT=agent, **extra)
    assert type_password("chuyen-vien", client=client).status_code == 302
    return client


class TestThePage:
    def test_it_shows_every_device_in_words_and_marks_this_one(self, member):
        desk, phone = on(CHROME, REMOTE_ADDR="10.0.0.1"), on(IPHONE, REMOTE_ADDR="10.0.0.2")
        page = phone.get(reverse("devices"))
        assert [device.words for device in page.context["devices"]] == ["Safari trên iPhone", "Chrome trên Windows"]
        shown = page.content.decode()
        assert shown.count("Thiết bị này") == 1
        assert "10.0.0.1" in shown
        assert desk.get(reverse("devices")).context["this"].words == "Chrome trên Windows"

    def test_times_are_told_on_the_portal_s_clock(self, member):
        moment = clock.machine_now()
        with clock.machine_standing_at(moment):
            client = on(CHROME)
        with clock.machine_standing_at(moment + timedelta(minutes=5)):
            shown = client.get(reverse("devices")).content.decode()
        assert MOMENT.isoformat() == "2022-03-30T17:30:00+07:00"
        assert "Đăng nhập lúc 17:25 30/3/2022" in shown

    def test_another_device_is_signed_out(self, member):
        desk, phone = on(CHROME), on(IPHONE)
        other = next(device for device in open_sign_ins(member.user) if device.system == "iPhone")
        assert desk.post(reverse("device-end", kwargs={"pk": other.pk})).status_code == 302
        assert (is_signed_in(desk), is_signed_in(phone)) == (True, False)
        entry = AuditEntry.objects.get(action="ended")
        assert (entry.after, entry.user_name) == ({"because": "from_elsewhere"}, "chuyen-vien")
        assert "Đăng xuất từ thiết bị khác" in desk.get(reverse("devices")).content.decode()

    def test_all_others_are_signed_out_at_once(self, member):
        here, *others = [on(CHROME) for _number in range(3)]
        here.post(reverse("devices-end-others"))
        assert [is_signed_in(client) for client in (here, *others)] == [True, False, False]

    def test_somebody_else_s_device_is_not_there(self, member):
        other = make_member(member.agency, username="nguoi-khac")
        theirs = Client()
        type_password("nguoi-khac", client=theirs)
        device = open_sign_ins(other.user)[0]
        mine = on(CHROME)
        foreign = mine.post(reverse("device-end", kwargs={"pk": device.pk}))
        missing = mine.post(reverse("device-end", kwargs={"pk": 999_999}))
        assert foreign.status_code == missing.status_code == 404
        assert is_signed_in(theirs)

    def test_this_device_is_not_signed_out_by_mistake(self, member):
        client = on(CHROME)
        client.post(reverse("device-end", kwargs={"pk": open_sign_ins(member.user)[0].pk}))
        assert is_signed_in(client)

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_keeps_its_budget(self, count, member, django_assert_max_num_queries):
        client = [on(CHROME) for _number in range(count)][-1]
        with django_assert_max_num_queries(14):
            assert len(client.get(reverse("devices")).context["devices"]) == count


class TestASession:
    def test_device_account_and_policy_come_in_one_query(self, member):
        client = on(CHROME)
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("help"))
        tables = ('"agencies_signin"', '"agencies_user"', '"agencies_signinpolicy"')
        asked = [query["sql"] for query in captured if any(f"FROM {table}" in query["sql"] for table in tables)]
        assert len(asked) == 1
        assert not any(query["sql"].startswith("UPDATE") for query in captured)

    def test_it_is_touched_once_a_minute(self, member):
        client = on(CHROME)
        seen = SignIn.objects.get().last_seen_at
        with later(seconds=59):
            client.get(reverse("help"))
            assert SignIn.objects.get().last_seen_at == seen
        with later(seconds=61):
            client.get(reverse("help"))
            assert SignIn.objects.get().last_seen_at > seen

    def test_a_suspended_account_is_out_at_its_next_request(self, member):
        client = on(CHROME)
        member.user.is_active = False
        member.user.save(update_fields=["is_active"])
        assert not is_signed_in(client)
        member.user.is_active = True
        member.user.save(update_fields=["is_active"])
        assert not is_signed_in(client), "and stays out when it is taken up again"
        assert SignIn.objects.get().ended_because == "suspended"

    def test_a_password_set_from_a_command_line_ends_it_as_well(self, member):
        client = on(CHROME)
        member.user.set_password("trau-cay-ruong-sau-mua")
        member.user.save(update_fields=["password"])
        assert not is_signed_in(client)
        assert SignIn.objects.get().ended_because == "password"

    def test_a_new_secret_key_ends_nothing_while_the_old_one_is_believed(self, member, settings):
        client = on(CHROME)
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key", [settings.SECRET_KEY]
        assert [is_signed_in(client) for _time in range(3)] == [True, True, True]
        settings.SECRET_KEY_FALLBACKS = []
        assert is_signed_in(client), "the session is under the new key by now"

    def test_a_session_without_its_device_is_no_session(self, member, sign_in):
        client = sign_in(member)
        SignIn.objects.all().delete()
        assert not is_signed_in(client)

    def test_the_demo_s_clocks_that_differ_by_process_end_no_session(self, member):
        client = on(CHROME)
        for hours in (3, -3, 0):
            with clock.standing_at(MOMENT + timedelta(hours=hours)):
                assert is_signed_in(client)

    def test_whoever_comes_back_too_late_is_told_why(self, member):
        client = on(CHROME)
        with later(minutes=31):
            answer = client.get(reverse("account"), follow=True)
        assert answer.redirect_chain[0][0] == f"{reverse('sign-in')}?next={reverse('account')}"
        assert "Phiên làm việc đã hết" in answer.content.decode()

    def test_signing_out_is_written_down_with_the_device(self, member):
        client = on(CHROME)
        client.post(reverse("sign-out"))
        entry = AuditEntry.objects.get(action="signed_out")
        assert (entry.object_kind, entry.user_name) == ("agencies.signin", "chuyen-vien")
        assert "Chrome · Windows" in entry.object_label

    def test_a_device_ends_once(self, member):
        on(CHROME)
        device = SignIn.objects.get()
        sign_ins.end(device, "signed_out")
        sign_ins.end(device, "idle")
        device.refresh_from_db()
        assert device.ended_because == "signed_out"
        assert AuditEntry.objects.filter(object_kind="agencies.signin").count() == 1

    def test_when_an_account_signed_in_last_is_known(self, member):
        on(CHROME)
        assert last_sign_ins([member.user.pk, 0]).keys() == {member.user.pk}


@pytest.mark.parametrize(
    ("agent", "browser", "system"),
    [
        (CHROME, "Chrome", "Windows"),
        (IPHONE, "Safari", "iPhone"),
        (f"{CHROME} Edg/126.0", "Edge", "Windows"),
        (f"{CHROME} coc_coc_browser/124.0", "Cốc Cốc", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox", "Linux"),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Mobile",
            "Samsung Internet",
            "Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
            "Safari",
            "macOS",
        ),
        ("curl/8.0", "", ""),
        ("", "", ""),
        ("x" * 100_000, "", ""),
    ],
)
def test_a_browser_is_known_by_what_it_says(agent, browser, system):
    assert (browser_of(agent), system_of(agent)) == (browser, system)
