"""Passwords: length, a list of common ones, the office's own words; nothing else is asked of them."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from records.models import AuditEntry
from tests.factories.accounts import type_password
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    agency = make_agency(make_unit(name="huyện Mường Ảng"), "vp", name="Văn phòng Huyện ủy Mường Ảng")
    return make_member(agency, username="thu-ky-muong-ang").user


@pytest.mark.parametrize(
    "password",
    [
        "trau-cay-ruong-sau-mua",
        "mưa rào tháng tám ướt áo",
        "zq8vh2kd0w",
        "aaaa bbbb cccc dddd",
        "Xuân này nhà có ba cây đào",
        "x" * 128,
    ],
)
def test_a_password_of_one_s_own_is_taken_whatever_its_signs(password, account):
    validate_password(password, account)


@pytest.mark.parametrize(
    "password",
    [
        "ngan-thoi",
        "x" * 129,
        "matkhau123",
        "Mật Khẩu 123",
        "MATKHAU@2026!!",
        "vietnam2022",
        "Việt-Nam_2031",
        "123456789a",
        "qwertyuiop",
        "hoidongnhandan99",
        "thu-ky-muong-ang",
        "thukymuongang1",
        "muongang2026!",
        "Huyện Mường Ảng 1945",
        "vanphonghuyenuy1",
        "PhoiHop-MuongAng-2026",
        "congphoihop2026",
        "0000000000",
        "password123",
    ],
)
def test_a_password_everybody_could_guess_is_refused(password, account):
    with pytest.raises(ValidationError):
        validate_password(password, account)


def test_no_kind_of_character_is_demanded():
    for password in ("abcdefuvwxyzklm", "ABCDEFUVWXYZKLM", "8264019375", "+_)(*&^%$#@!"):
        validate_password(password)


def test_the_reason_is_told_beside_the_field(account, sign_in):
    typed = {"old_password": PASSWORD, "new_password1": "muongang2026!", "new_password2": "muongang2026!"}
    answer = sign_in(account.memberships.get()).post(reverse("account-password"), typed)
    assert answer.status_code == 422
    assert "tên cơ quan, đơn vị của bạn" in answer.content.decode()


def test_the_same_letters_are_the_same_password_on_every_keyboard(account, sign_in):
    composed, decomposed = "m\u01b0a r\u00e0o th\u00e1ng t\u00e1m", "mu\u031ba ra\u0300o tha\u0301ng ta\u0301m"
    typed = {"old_password": PASSWORD, "new_password1": decomposed, "new_password2": composed}
    assert sign_in(account.memberships.get()).post(reverse("account-password"), typed).status_code == 302
    for password in (composed, decomposed):
        assert type_password(account.username, password).status_code == 302


def test_a_change_is_written_down_without_the_password(account, sign_in):
    typed = {"old_password": PASSWORD, "new_password1": "trau-cay-ruong-sau", "new_password2": "trau-cay-ruong-sau"}
    sign_in(account.memberships.get()).post(reverse("account-password"), typed)
    entry = AuditEntry.objects.get(action="changed", object_kind="agencies.user")
    assert entry.after == {"password": "changed", "devices_signed_out": 0}
    assert "trau-cay" not in str(list(AuditEntry.objects.values()))
