"""What every sign-in follows: who sets it, within which bounds, and what setting it does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.accounts.queries import policy, recent_lockouts
from agencies.accounts.services.policy import set_policy
from agencies.models import SignInPolicy
from records.errors import NotAllowed, RuleBroken
from records.models import AuditEntry
from tests.factories.accounts import is_signed_in, type_password
from tests.factories.people import make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

SET = {"second_factor_required": True, "idle_minutes": 30, "longest_hours": 12}


@pytest.fixture
def agency():
    return make_agency(make_unit(), "vp")


@pytest.fixture
def administrator(agency):
    return make_member(agency, Role.SYSTEM_ADMIN, "quan-tri-cong")


class TestSetting:
    def test_until_it_is_set_the_settings_hold(self, settings):
        settings.SIGN_IN_POLICY = {"second_factor_required": True, "idle_minutes": 15, "longest_hours": 8}
        assert policy().idle == timedelta(minutes=15)
        assert policy().longest == timedelta(hours=8)
        assert policy().second_factor_required

    def test_the_page_sets_it(self, administrator, sign_in):
        client, typed = sign_in(administrator), {"idle_minutes": "20", "longest_hours": "10"}
        assert client.post(reverse("sign-in-policy"), typed).status_code == 302
        assert (policy().idle, policy().longest) == (timedelta(minutes=20), timedelta(hours=10))
        entry = AuditEntry.objects.get(object_kind="agencies.signinpolicy")
        assert (entry.before["idle_minutes"], entry.after["idle_minutes"]) == (30, 20)
        assert entry.user_name == "quan-tri-cong"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("idle_minutes", 4), ("idle_minutes", 241), ("longest_hours", 0), ("longest_hours", 25)],
    )
    def test_it_has_bounds(self, field, value, administrator, sign_in):
        with pytest.raises(RuleBroken) as refused:
            set_policy(actor=administrator, **{**SET, field: value})
        assert refused.value.field == field
        typed = {"idle_minutes": "30", "longest_hours": "12", field: str(value)}
        answer = sign_in(administrator).post(reverse("sign-in-policy"), typed)
        assert answer.status_code == 422
        assert "Nhập số nguyên từ" in answer.content.decode()
        assert not SignInPolicy.objects.exists()

    @pytest.mark.parametrize("role", [Role.UNIT_ADMIN, Role.SECRETARY, Role.LEADER, Role.OFFICIAL, Role.ORGANISER])
    def test_only_system_administrators_set_it(self, role, agency, sign_in):
        member = make_member(agency, role)
        with pytest.raises(NotAllowed):
            set_policy(actor=member, **SET)
        for ask in ("get", "post"):
            assert getattr(sign_in(member), ask)(reverse("sign-in-policy")).status_code == 403
        assert not SignInPolicy.objects.visible_to(member).exists()


class TestRequiringTheSecondFactor:
    def test_sessions_that_lack_it_end_and_no_others(self, administrator, agency, sign_in):
        secretary, official = make_member(agency, Role.SECRETARY), make_member(agency, Role.OFFICIAL)
        clients = {member.role: sign_in(member) for member in (secretary, official, administrator)}
        _row, ended = set_policy(actor=administrator, **SET)
        assert ended == 1
        assert not is_signed_in(clients[Role.SECRETARY])
        assert is_signed_in(clients[Role.OFFICIAL])
        assert clients[Role.SYSTEM_ADMIN].get(reverse("account"))["Location"] == reverse("second-factor")

    def test_setting_it_again_ends_nothing(self, administrator, agency, sign_in):
        set_policy(actor=administrator, **SET)
        client = sign_in(make_member(agency, Role.SECRETARY))
        assert set_policy(actor=administrator, **SET)[1] == 0
        assert client.get(reverse("account"))["Location"] == reverse("second-factor")

    def test_acting_in_another_membership_is_no_way_around_it(self, administrator, agency, sign_in):
        from agencies.people.services import grant_membership
        from tests.factories.people import BEGINNING

        secretary = make_member(agency, Role.SECRETARY)
        other = make_agency(agency.unit, "ubnd")
        as_official = grant_membership(secretary.user, other, role=Role.OFFICIAL, title="x", since=BEGINNING)
        set_policy(actor=administrator, **SET)
        assert sign_in(as_official).get(reverse("account"))["Location"] == reverse("second-factor")

    def test_officials_and_leaders_need_none(self, administrator, agency, sign_in):
        set_policy(actor=administrator, **SET)
        for role in (Role.OFFICIAL, Role.LEADER, Role.ORGANISER):
            assert is_signed_in(sign_in(make_member(agency, role)))

    def test_the_page_one_is_led_to_says_why(self, administrator, sign_in):
        set_policy(actor=administrator, **SET)
        page = sign_in(administrator).get("/", follow=True).content.decode()
        assert "Vai trò của bạn cần xác thực hai lớp" in page


class TestLockouts:
    def test_administrators_see_whom_it_concerns(self, administrator, agency, sign_in):
        unit_admin = make_member(agency, Role.UNIT_ADMIN)
        make_member(agency, username="van-thu")
        make_member(make_agency(make_unit(), "ubnd"), username="nguoi-la")
        for name in ("van-thu", "nguoi-la", "khong-co"):
            for _try in range(5):
                type_password(name, "sai", REMOTE_ADDR="10.0.0.9")
        assert [lockout.username for lockout in recent_lockouts(administrator)] == ["khong-co", "nguoi-la", "van-thu"]
        assert [lockout.username for lockout in recent_lockouts(unit_admin)] == ["van-thu"]
        assert recent_lockouts(make_member(agency, Role.SECRETARY)) == []
        page = sign_in(administrator).get(reverse("sign-in-policy")).content.decode()
        assert "10.0.0.9" in page
        assert "Tài khoản này, từ địa chỉ này" in page
