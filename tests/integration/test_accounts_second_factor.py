"""One's own second factor: set up with a code, asked for at the next sign-in, renewed, replaced, removed."""

import base64
from datetime import timedelta

import pytest
import segno
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from agencies.access.enums import Role
from agencies.accounts.queries import second_factor_of
from agencies.accounts.services.policy import set_policy
from agencies.models import SignIn
from records import clock
from records.models import AuditEntry
from records.qr import as_path
from tests.factories.accounts import code_of, is_signed_in, set_up_second_factor, type_code, type_password
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

PAGE = "second-factor"


@pytest.fixture
def agency():
    return make_agency(make_unit(), "vp")


@pytest.fixture
def member(agency):
    return make_member(agency, Role.SECRETARY, "thu-ky-thu")


@pytest.fixture
def client(member, sign_in) -> Client:
    return sign_in(member)


def post(client: Client, step: str, **typed):
    return client.post(reverse(f"second-factor-{step}"), typed)


def set_up(client: Client, account) -> list[str]:
    """Through the pages; the recovery codes they show."""
    post(client, "start")
    page = post(client, "confirm", code=code_of(account, confirmed=False), password=PASSWORD)
    assert page.status_code == 200
    return page.context["codes"]


class TestSettingUp:
    def test_the_page_shows_the_secret_as_a_picture_and_in_groups(self, client, member):
        post(client, "start")
        page = client.get(reverse(PAGE))
        secret = page.context["secret"]
        assert all(len(group) == 4 for group in secret.split())
        device = TOTPDevice.objects.get(user=member.user)
        assert base64.b32decode(secret.replace(" ", "")) == device.bin_key
        assert page.context["qr"].path == as_path(device.config_url).path
        assert "style=" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]

    def test_the_picture_has_every_dark_module_and_no_other(self):
        content = "otpauth://totp/Cong:thu-ky?secret=JBSWY3DPEHPK3PXP"
        code, dark = segno.make_qr(content, error="m"), set()
        for stroke in as_path(content).path.strip("Mz").split("zM"):
            start, length = stroke.split("h")[0].split(), int(stroke.split("h")[1].split("v")[0])
            dark |= {(int(start[1]), int(start[0]) + step) for step in range(length)}
        assert dark == {
            (row, column)
            for row, modules in enumerate(code.matrix_iter(border=4))
            for column, module in enumerate(modules)
            if module
        }

    def test_it_takes_the_code_and_the_password(self, client, member):
        post(client, "start")
        code = code_of(member.user, confirmed=False)
        assert post(client, "confirm", code=code, password="sai-mat-khau").status_code == 422
        assert post(client, "confirm", code="12345", password=PASSWORD).status_code == 422
        assert second_factor_of(member.user) is None

    def test_ten_recovery_codes_are_shown_once_and_not_kept_as_they_are(self, client, member):
        codes = set_up(client, member.user)
        assert len(set(codes)) == 10
        page = client.get(reverse(PAGE)).content.decode()
        assert not any(code in page for code in codes)
        kept = " ".join(StaticToken.objects.values_list("token", flat=True)).lower()
        assert not any(code.replace("-", "") in kept or code in kept for code in codes)

    def test_this_device_goes_on_under_another_id_and_the_others_are_signed_out(self, client, member, sign_in):
        other, before = sign_in(member), client.session.session_key
        set_up(client, member.user)
        assert client.session.session_key != before
        assert (is_signed_in(client), is_signed_in(other)) == (True, False)
        assert SignIn.objects.get(ended_at=None).has_second_factor

    def test_nothing_is_asked_for_before_a_code_was_right(self, client, member):
        post(client, "start")
        assert type_password("thu-ky-thu")["Location"] == "/"

    def test_confirming_what_was_not_started_is_refused(self, client):
        answer = post(client, "confirm", code="123456", password=PASSWORD)
        assert answer.status_code == 422
        assert "Bắt đầu thiết lập lại" in answer.content.decode()

    def test_it_is_written_down(self, client, member):
        set_up(client, member.user)
        told = AuditEntry.objects.filter(object_kind="agencies.user", object_id=member.user.pk, action="changed")
        assert [entry.after["second_factor"] for entry in told] == ["being set up", "set up"]
        assert all(entry.user_id == member.user.pk for entry in told)


class TestSigningIn:
    def test_the_code_signs_in_and_the_device_tells_so(self, member):
        set_up_second_factor(member.user)
        client = Client()
        assert type_password("thu-ky-thu", client=client)["Location"] == reverse("sign-in-code")
        assert type_code(client, code_of(member.user, steps_ahead=1))["Location"] == "/"
        assert SignIn.objects.get().has_second_factor
        assert AuditEntry.objects.get(action="signed_in").after["second_factor"] is True

    def test_spaces_in_a_code_do_not_matter(self, member):
        set_up_second_factor(member.user)
        client = Client()
        type_password("thu-ky-thu", client=client)
        code = code_of(member.user, steps_ahead=1)
        assert type_code(client, f" {code[:3]} {code[3:]} ").status_code == 302

    @pytest.mark.parametrize(
        "code", ["", "abc", "-1", "1e5", "9" * 40, "a\x00b", "１２３４５６", "12345\u202e6", "0x10"]
    )
    def test_what_is_no_code_is_refused_beside_the_field(self, code, member):
        codes = set_up_second_factor(member.user)
        client = Client()
        type_password("thu-ky-thu", client=client)
        for route in ("sign-in-code", "sign-in-recovery"):
            answer = type_code(client, code, route=route)
            assert answer.status_code == 422
            assert answer.context["form"].errors
        assert len(codes) == StaticToken.objects.count()

    def test_a_right_code_too_soon_after_a_wrong_one_is_told_to_wait(self, member):
        set_up_second_factor(member.user)
        client = Client()
        type_password("thu-ky-thu", client=client)
        assert type_code(client, "000000").status_code == 422
        TOTPDevice.objects.update(throttling_failure_count=7)
        answer = type_code(client, code_of(member.user, steps_ahead=1))
        assert "giây rồi nhập lại mã" in answer.content.decode()

    def test_the_step_is_taken_within_ten_minutes(self, member):
        set_up_second_factor(member.user)
        client = Client()
        type_password("thu-ky-thu", client=client)
        with clock.machine_standing_at(clock.machine_now() + timedelta(minutes=11)):
            assert type_code(client, code_of(member.user, steps_ahead=1))["Location"] == reverse("sign-in")

    def test_a_recovery_code_tells_how_many_are_left(self, member):
        codes = set_up_second_factor(member.user)
        client = Client()
        type_password("thu-ky-thu", client=client)
        assert type_code(client, codes[3], route="sign-in-recovery").status_code == 302
        assert "còn 9 mã" in client.get(reverse("account")).content.decode()
        assert second_factor_of(member.user).codes_left == 9

    def test_the_code_of_one_account_opens_no_other(self, member, agency):
        other = make_member(agency, username="nguoi-khac")
        for one in (member, other):
            set_up_second_factor(one.user)
        client = Client()
        type_password("nguoi-khac", client=client)
        assert type_code(client, code_of(member.user, steps_ahead=1)).status_code == 422


class TestChanging:
    def test_another_phone_replaces_the_first_only_once_it_is_right(self, client, member):
        set_up(client, member.user)
        first = TOTPDevice.objects.get(user=member.user)
        post(client, "start")
        assert TOTPDevice.objects.filter(user=member.user, confirmed=True).get() == first
        set_up(client, member.user)
        assert TOTPDevice.objects.get(user=member.user).pk != first.pk
        assert totp(first.bin_key) != code_of(member.user)

    def test_new_recovery_codes_end_the_old_ones(self, client, member):
        old = set_up(client, member.user)
        page = client.post(reverse("second-factor-codes"), {"codes-password": PASSWORD})
        new = page.context["codes"]
        assert len(set(new) | set(old)) == 20
        other = Client()
        type_password("thu-ky-thu", client=other)
        assert type_code(other, old[0], route="sign-in-recovery").status_code == 422

    def test_removing_it_takes_the_password_and_is_written_down(self, client, member):
        set_up(client, member.user)
        assert client.post(reverse("second-factor-remove"), {"remove-password": "sai"}).status_code == 422
        assert client.post(reverse("second-factor-remove"), {"remove-password": PASSWORD}).status_code == 302
        assert second_factor_of(member.user) is None
        assert AuditEntry.objects.latest("sequence").after == {"second_factor": "removed"}
        assert is_signed_in(client)

    def test_whoever_needs_it_cannot_remove_it(self, client, member, agency):
        set_up(client, member.user)
        administrator = make_member(agency, Role.SYSTEM_ADMIN)
        set_policy(actor=administrator, second_factor_required=True, idle_minutes=30, longest_hours=12)
        answer = client.post(reverse("second-factor-remove"), {"remove-password": PASSWORD})
        assert answer.status_code == 422
        assert second_factor_of(member.user) is not None
