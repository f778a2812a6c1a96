"""Abuse cases 19 to 26: guessing, learning names, replaying links, riding and reviving sessions, skipping a factor."""

import logging
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from agencies.access.enums import Role
from agencies.accounts.services import links
from agencies.accounts.services.policy import set_policy
from agencies.models import OneTimeLink, SignIn
from agencies.people.services import open_account
from records import clock
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.factories.accounts import code_of, is_signed_in, set_up_second_factor, type_code, type_password
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit
from tests.integration.route_table import TABLE

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "trau-cay-ruong-sau-mua"
OFFICE, ELSEWHERE = "10.0.0.1", "203.0.113.{}"


@pytest.fixture(autouse=True)
def _refusals_are_expected(monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


@pytest.fixture
def agency():
    return make_agency(make_unit(), "vp")


@pytest.fixture
def member(agency):
    return make_member(agency, username="chuyen-vien")


@pytest.fixture
def administrator(agency):
    return make_member(agency, Role.SYSTEM_ADMIN, "quan-tri-cong")


@pytest.fixture
def mailed(member):
    """The member's account with an e-mail address."""
    member.user.email = "chuyen-vien@phoi-hop.example"
    member.user.save(update_fields=["email"])
    return member.user


@contextmanager
def later(**how_long):
    """The machine's clock, so much later; before, when the time is negative."""
    with clock.machine_standing_at(clock.machine_now() + timedelta(**how_long)):
        yield


def a_quarter_of_an_hour_passes() -> None:
    """For django-axes and django-otp, which read the machine's clock themselves."""
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    for devices in (TOTPDevice, StaticDevice):
        devices.objects.update(throttling_failure_timestamp=None)


def wrong(username: str, address: str) -> int:
    return type_password(username, "sai-mat-khau-roi", REMOTE_ADDR=address).status_code


def lockouts() -> list[tuple[str, str, str]]:
    entries = AuditEntry.objects.filter(action=AuditAction.LOCKED_OUT).order_by("sequence")
    return [(entry.after["limit"], entry.user_name, entry.address) for entry in entries]


def token_in_mail() -> str:
    call_command("deliver_mail", "--once")
    return mail.outbox[-1].body.split("/lien-ket/")[1].split("/")[0]


def at(token: str) -> str:
    return reverse("one-time-link", kwargs={"token": token})


def use(token: str, password: str = NEW_PASSWORD, client: Client | None = None):
    return (client or Client()).post(at(token), {"new_password1": password, "new_password2": password})


class TestGuessing:
    def test_abuse_19_five_wrong_tries_lock_the_account_and_the_right_password_is_refused(self, member, caplog):
        assert [wrong("chuyen-vien", OFFICE) for _try in range(5)] == [422, 422, 422, 422, 429]
        locked = type_password("chuyen-vien", REMOTE_ADDR=OFFICE)
        assert locked.status_code == 429
        assert "Tài khoản tạm khóa 15 phút" in locked.content.decode()
        for _try in range(10):
            wrong("chuyen-vien", OFFICE)
        assert lockouts() == [("pair", "chuyen-vien", OFFICE)]
        assert [record.name for record in caplog.records if "locked" in record.message] == [
            "agencies.accounts.services.sign_ins"
        ]
        a_quarter_of_an_hour_passes()
        assert type_password("chuyen-vien", REMOTE_ADDR=OFFICE).status_code == 302

    def test_abuse_19_at_most_ten_tries_on_one_account_wherever_they_come_from(self, member):
        answers = [wrong("chuyen-vien", ELSEWHERE.format(number)) for number in range(1, 21)]
        assert answers == [422] * 9 + [429] * 11
        assert type_password("chuyen-vien", REMOTE_ADDR=ELSEWHERE.format(99)).status_code == 429
        assert lockouts() == [("account", "chuyen-vien", ELSEWHERE.format(10))]

    def test_abuse_19_a_name_that_is_no_account_is_locked_alike(self, member):
        assert [wrong("khong-co-ai", OFFICE) for _try in range(6)] == [422, 422, 422, 422, 429, 429]
        assert lockouts() == [("pair", "khong-co-ai", OFFICE)]

    def test_abuse_19_codes_and_passwords_asked_again_are_tries_as_well(self, member):
        set_up_second_factor(member.user)
        client = Client(REMOTE_ADDR=OFFICE)
        assert type_password("chuyen-vien", client=client).status_code == 302
        answers = []
        for _try in range(5):
            answers.append(type_code(client, "000000").status_code)
            TOTPDevice.objects.update(throttling_failure_timestamp=None)
        assert answers == [422, 422, 422, 422, 429]
        assert type_code(client, code_of(member.user, steps_ahead=1)).status_code == 302, "the step is over"
        assert not is_signed_in(client)

    def test_abuse_19_a_stolen_session_cannot_guess_the_password(self, member, sign_in):
        client = sign_in(member, REMOTE_ADDR=OFFICE)
        typed = {"old_password": "sai-mat-khau-roi", "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
        answers = [client.post(reverse("account-password"), typed).status_code for _try in range(6)]
        assert answers == [422, 422, 422, 422, 429, 429]

    def test_abuse_20_one_password_over_two_hundred_accounts_is_stopped(self, agency):
        for number in range(40):
            open_account(f"nguoi-dung-{number}", PASSWORD)
        answers = [wrong(f"nguoi-dung-{number}", OFFICE) for number in range(200)]
        assert answers == [422] * 29 + [429] * 171
        assert type_password("nguoi-dung-39", REMOTE_ADDR=OFFICE).status_code == 429
        assert type_password("nguoi-dung-39", REMOTE_ADDR="10.0.0.2").status_code == 302
        assert lockouts() == [("address", "nguoi-dung-29", OFFICE)]

    def test_abuse_20_an_own_account_does_not_wash_an_address_clean(self, member):
        for number in range(29):
            wrong(f"nguoi-dung-{number}", OFFICE)
        assert type_password("chuyen-vien", REMOTE_ADDR=OFFICE).status_code == 302
        assert wrong("nguoi-dung-30", OFFICE) == 429

    def test_abuse_20_nobody_is_locked_out_from_afar(self, member):
        assert type_password("chuyen-vien", REMOTE_ADDR=OFFICE).status_code == 302
        assert [wrong("chuyen-vien", ELSEWHERE.format(number)) for number in range(1, 11)][-1] == 429
        assert type_password("chuyen-vien", REMOTE_ADDR="10.0.0.2").status_code == 429
        assert type_password("chuyen-vien", REMOTE_ADDR=OFFICE).status_code == 302
        with later(days=31):
            assert type_password("chuyen-vien", REMOTE_ADDR=OFFICE).status_code == 429, "known for thirty days only"


class CountedHasher(PBKDF2PasswordHasher):
    """Notes the rounds of every hash that is computed: what makes an answer slow, free of what the machine does."""

    iterations = 1_000
    rounds: ClassVar[list[int]] = []

    def encode(self, password, salt, iterations=None):
        self.rounds.append(iterations or self.iterations)
        return super().encode(password, salt, iterations)


class TestLearningNames:
    """Hashes are counted, the rest is timed; an answer with a hash as in service is timed in `tests/bench/names.py`."""

    def fastest(self, ask, known: list[str], unknown: list[str]) -> tuple[float, float]:
        """The quickest answer to each: what other work on the machine adds to an answer is never in the quickest."""
        taken = {True: [], False: []}
        for pair in zip(known, unknown, strict=True):
            for name, is_known in zip(pair, (True, False), strict=True):
                started = time.perf_counter()
                ask(name, ELSEWHERE.format(len(taken[False]) + 1))
                taken[is_known].append(time.perf_counter() - started)
        return min(taken[True]), min(taken[False])

    def test_abuse_21_signing_in_tells_nothing_of_names(self, settings, agency):
        settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher"]
        make_member(agency, username="co-that")
        CountedHasher.rounds.clear()
        unknown = type_password("khong-co", "sai")
        assert CountedHasher.rounds == [CountedHasher.iterations]
        CountedHasher.rounds.clear()
        known = type_password("co-that", "sai")
        assert CountedHasher.rounds == [CountedHasher.iterations]
        assert known.status_code == unknown.status_code == 422
        assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
        assert "Tên đăng nhập hoặc mật khẩu không đúng." in known.content.decode()
        here, nowhere = self.fastest(wrong, ["co-that"] * 5, ["khong-co"] * 5)
        assert abs(here - nowhere) < 0.05

    def test_abuse_21_asking_for_a_link_tells_nothing_of_names(self, agency):
        names = [f"co-that-{number}" for number in range(9)]
        for name in names:
            account = open_account(name, PASSWORD)
            account.email = f"{name}@phoi-hop.example"
            account.save(update_fields=["email"])
        answers = set()

        def ask(name: str, address: str) -> None:
            client = Client(REMOTE_ADDR=address)
            answer = client.post(reverse("password-forgotten"), {"asked": name})
            answers.add((answer.status_code, answer["Location"], client.get(answer["Location"]).content))

        here, nowhere = self.fastest(ask, names, [f"khong-co-{number}" for number in range(9)])
        assert len(answers) == 1
        assert abs(here - nowhere) < 0.05
        assert OneTimeLink.objects.count() == 9

    def test_abuse_21_a_suspended_account_answers_as_one_that_never_was(self, mailed):
        mailed.is_active = False
        mailed.save(update_fields=["is_active"])
        assert type_password("chuyen-vien").status_code == 422
        Client().post(reverse("password-forgotten"), {"asked": "chuyen-vien"})
        assert not OneTimeLink.objects.exists()


class TestLinks:
    def test_abuse_22_a_link_works_once_and_looking_at_it_uses_nothing_up(self, mailed):
        links.ask_for_reset("chuyen-vien")
        token = token_in_mail()
        assert [Client().get(at(token)).status_code for _look in range(3)] == [200, 200, 200]
        assert use(token).status_code == 302
        replayed = use(token, "mot-cau-khac-han-hoan-toan")
        assert replayed.status_code == 404
        assert type_password("chuyen-vien", NEW_PASSWORD).status_code == 302
        foreign = Client().get(at("A" * 43))
        assert Client().get(at(token)).content == foreign.content

    def test_abuse_22_a_link_is_not_used_up_by_a_password_that_is_refused(self, mailed):
        links.ask_for_reset("chuyen-vien")
        token = token_in_mail()
        assert use(token, "matkhau123").status_code == 422
        assert use(token).status_code == 302

    @pytest.mark.parametrize(("made", "lives"), [("reset", timedelta(minutes=60)), ("invite", timedelta(days=7))])
    def test_abuse_22_an_old_link_is_dead(self, made, lives, mailed, administrator):
        make = links.invite if made == "invite" else links.issue_reset_link
        token = make(mailed, actor=administrator)
        with later(seconds=lives.total_seconds() - 60):
            assert Client().get(at(token)).status_code == 200
        with later(seconds=lives.total_seconds() + 1):
            assert Client().get(at(token)).status_code == 404
            assert use(token).status_code == 404

    def test_abuse_22_a_newer_link_replaces_the_older_one(self, mailed, administrator):
        first = links.issue_reset_link(mailed, actor=administrator)
        second = links.issue_reset_link(mailed, actor=administrator)
        assert [use(first).status_code, use(second).status_code] == [404, 302]

    def test_abuse_22_a_stranger_cannot_kill_the_link_that_was_handed_over(self, mailed, administrator):
        token = links.issue_reset_link(mailed, actor=administrator)
        Client().post(reverse("password-forgotten"), {"asked": "chuyen-vien"})
        assert use(token).status_code == 302

    def test_abuse_22_the_host_of_a_link_is_the_portals_own(self, mailed):
        forged = Client(HTTP_HOST="evil.example").post(reverse("password-forgotten"), {"asked": "chuyen-vien"})
        assert forged.status_code == 400
        Client(HTTP_X_FORWARDED_HOST="evil.example").post(reverse("password-forgotten"), {"asked": "chuyen-vien"})
        token_in_mail()
        assert "https://phoi-hop.example/lien-ket/" in mail.outbox[-1].body
        assert "evil" not in mail.outbox[-1].body

    def test_abuse_22_nothing_that_opens_a_link_is_kept(self, mailed):
        links.ask_for_reset("chuyen-vien")
        token = token_in_mail()
        assert token not in str(list(OneTimeLink.objects.values()) + list(AuditEntry.objects.values()))


class TestSessions:
    def test_abuse_23_a_session_id_from_before_the_sign_in_is_dead(self, member):
        planted = Client().session
        planted["planted"] = True
        planted.save()
        victim, attacker = Client(), Client()
        for client in (victim, attacker):
            client.cookies["sessionid"] = planted.session_key
        type_password("chuyen-vien", client=victim)
        assert victim.session.session_key != planted.session_key
        assert is_signed_in(victim)
        assert not is_signed_in(attacker)

    def test_abuse_23_the_second_step_gives_another_id_again(self, member):
        set_up_second_factor(member.user)
        victim, attacker = Client(), Client()
        type_password("chuyen-vien", client=victim)
        attacker.cookies["sessionid"] = half_way = victim.session.session_key
        assert type_code(victim, code_of(member.user, steps_ahead=1)).status_code == 302
        assert victim.session.session_key != half_way
        assert not is_signed_in(attacker)
        assert type_code(attacker, code_of(member.user, steps_ahead=2)).status_code == 302
        assert not is_signed_in(attacker)

    def test_abuse_24_a_cookie_is_dead_on_the_server_after_signing_out(self, member, sign_in):
        client, thief = sign_in(member), Client()
        thief.cookies["sessionid"] = client.cookies["sessionid"].value
        assert is_signed_in(thief)
        client.post(reverse("sign-out"))
        assert not is_signed_in(thief)

    def test_abuse_24_cookies_of_other_devices_are_dead_after_a_new_password(self, member, sign_in, mailed):
        here, there = sign_in(member), sign_in(member)
        typed = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
        old_id = here.session.session_key
        assert here.post(reverse("account-password"), typed).status_code == 302
        assert (is_signed_in(here), is_signed_in(there)) == (True, False)
        assert here.session.session_key != old_id
        links.ask_for_reset("chuyen-vien")
        use(token_in_mail(), "mot-cau-khac-han-hoan-toan")
        assert not is_signed_in(here)

    def test_abuse_25_a_cookie_is_dead_after_half_an_hour_without_use(self, member, sign_in):
        client = sign_in(member)
        with later(minutes=29):
            assert is_signed_in(client)
        with later(minutes=29 + 31):
            assert not is_signed_in(client)
        assert not is_signed_in(client), "it does not come back"
        assert SignIn.objects.get().ended_because == "idle"

    def test_abuse_25_a_cookie_is_dead_after_twelve_hours_however_busy(self, member, sign_in):
        client = sign_in(member)
        for minutes in range(20, 12 * 60, 20):
            with later(minutes=minutes):
                assert is_signed_in(client), minutes
        with later(minutes=12 * 60 + 1):
            assert not is_signed_in(client)
        assert SignIn.objects.get().ended_because == "too_long"

    def test_abuse_25_a_clock_put_back_revives_nothing(self, member, sign_in):
        client = sign_in(member)
        with later(days=-1):
            assert not is_signed_in(client)


class TestSecondFactor:
    def test_abuse_26_no_page_opens_between_the_password_and_the_code(self, member):
        set_up_second_factor(member.user)
        client = Client()
        answer = type_password("chuyen-vien", client=client)
        assert answer["Location"] == reverse("sign-in-code")
        closed = [_without_parts(route) for route, (get, _post) in TABLE.items() if get.startswith("302 200")]
        assert len(set(closed)) > 10
        for path in filter(None, closed):
            assert client.get(path)["Location"].startswith(reverse("sign-in")), path
        assert not SignIn.objects.exists()

    def test_abuse_26_a_code_works_once(self, member):
        set_up_second_factor(member.user)
        first, second = Client(), Client()
        for client in (first, second):
            type_password("chuyen-vien", client=client)
        code = code_of(member.user, steps_ahead=1)
        assert type_code(first, code).status_code == 302
        assert type_code(second, code).status_code == 422
        assert (is_signed_in(first), is_signed_in(second)) == (True, False)

    def test_abuse_26_a_recovery_code_works_once(self, member):
        codes = set_up_second_factor(member.user)
        answers = []
        for code in (codes[0], codes[0], codes[1].upper().replace("-", " ")):
            client = Client()
            type_password("chuyen-vien", client=client)
            answers.append(type_code(client, code, route="sign-in-recovery").status_code)
            StaticDevice.objects.update(throttling_failure_timestamp=None)
        assert answers == [302, 422, 302]

    def test_abuse_26_whoever_needs_a_second_factor_is_led_to_it_before_anything_else(self, administrator, sign_in):
        set_policy(actor=administrator, second_factor_required=True, idle_minutes=30, longest_hours=12)
        client = sign_in(administrator)
        for path in ("/", reverse("account"), reverse("sign-in-policy"), reverse("devices"), "/co-quan/"):
            assert client.get(path)["Location"] == reverse("second-factor"), path
        answer = client.post(reverse("sign-in-policy"), {"idle_minutes": "30", "longest_hours": "12"})
        assert answer["Location"] == reverse("second-factor")
        assert client.post(reverse("second-factor-remove"), {})["Location"] == reverse("second-factor")
        assert client.get(reverse("second-factor")).status_code == 200


def _without_parts(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
