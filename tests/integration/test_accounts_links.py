"""Invitations and links for a new password: who may make them, for whom, and what using one does."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from agencies.access.enums import Role
from agencies.accounts.permissions import can_help_sign_in
from agencies.accounts.services import links, second_factor, sign_ins
from agencies.models import OneTimeLink
from agencies.people.services import grant_membership, open_account
from records.audit.enums import AuditAction
from records.errors import NotAllowed
from records.models import AuditEntry, OutgoingMail
from tests.factories.accounts import is_signed_in, set_up_second_factor, type_password
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "trau-cay-ruong-sau-mua"


@pytest.fixture
def agency():
    return make_agency(make_unit(), "vp")


@pytest.fixture
def member(agency):
    return make_member(agency, username="van-thu")


@pytest.fixture
def system_admin(agency):
    return make_member(agency, Role.SYSTEM_ADMIN, "quan-tri-cong")


@pytest.fixture
def unit_admin(agency):
    return make_member(agency, Role.UNIT_ADMIN, "quan-tri-huyen")


def with_address(account, address: str = "van-thu@phoi-hop.example"):
    account.email = address
    account.save(update_fields=["email"])
    return account


def use(token: str, password: str = NEW_PASSWORD):
    address = reverse("one-time-link", kwargs={"token": token})
    return Client().post(address, {"new_password1": password, "new_password2": password})


def ask(asked: str, **extra):
    return Client(**extra).post(reverse("password-forgotten"), {"asked": asked})


class TestInvitation:
    def test_the_invited_choose_a_password_and_sign_in(self, member, unit_admin):
        token = links.invite(member.user, actor=unit_admin)
        page = Client().get(reverse("one-time-link", kwargs={"token": token})).content.decode()
        assert "van-thu" in page
        assert use(token)["Location"] == reverse("sign-in")
        assert type_password("van-thu", NEW_PASSWORD).status_code == 302

    def test_it_is_written_down_and_mailed_with_it(self, member, unit_admin):
        with_address(member.user)
        token = links.invite(member.user, actor=unit_admin)
        entry = AuditEntry.objects.get(action=AuditAction.INVITED)
        assert (entry.object_label, entry.user_name, entry.after["purpose"]) == ("van-thu", "quan-tri-huyen", "invite")
        letter = OutgoingMail.objects.get()
        assert letter.to == "van-thu@phoi-hop.example"
        assert links.address_of(token) in letter.body
        assert "Tên đăng nhập: van-thu" in letter.body

    def test_without_an_address_it_is_handed_over_on_paper(self, member, unit_admin):
        token = links.invite(member.user, actor=unit_admin)
        assert not OutgoingMail.objects.exists()
        assert links.address_of(token) == f"https://phoi-hop.example/lien-ket/{token}/"


class TestWhoMayHelp:
    def test_administrators_help_the_accounts_they_keep(self, member, unit_admin, system_admin):
        assert can_help_sign_in(unit_admin, member.user)
        assert can_help_sign_in(system_admin, member.user)
        assert can_help_sign_in(system_admin, unit_admin.user)

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER])
    def test_nobody_else_does(self, role, member, agency):
        decision = can_help_sign_in(make_member(agency, role), member.user)
        assert not decision
        assert "quản trị viên" in decision.reason

    def test_a_unit_administrator_gets_no_hold_of_a_system_administrator(self, unit_admin, system_admin):
        assert not can_help_sign_in(unit_admin, system_admin.user)
        with pytest.raises(NotAllowed):
            links.issue_reset_link(system_admin.user, actor=unit_admin)
        assert not OneTimeLink.objects.exists()

    def test_nor_of_an_account_that_also_works_elsewhere(self, unit_admin, member):
        elsewhere = make_agency(make_unit(), "ubnd")
        grant_membership(member.user, elsewhere, role=Role.LEADER, title="Chủ tịch", since=BEGINNING)
        decision = can_help_sign_in(unit_admin, member.user)
        assert not decision
        assert not decision.hidden

    def test_an_account_of_another_unit_is_not_known(self, unit_admin, sign_in):
        stranger = make_member(make_agency(make_unit(), "ubnd"), username="nguoi-la")
        assert can_help_sign_in(unit_admin, stranger.user).hidden
        client = sign_in(unit_admin)
        foreign = client.get(reverse("sign-in-help", kwargs={"username": "nguoi-la"}))
        missing = client.get(reverse("sign-in-help", kwargs={"username": "khong-co"}))
        assert foreign.status_code == missing.status_code == 404

    def test_one_s_own_account_is_not_helped_from_here(self, unit_admin, sign_in):
        answer = sign_in(unit_admin).get(reverse("sign-in-help", kwargs={"username": "quan-tri-huyen"}))
        assert answer.status_code == 403
        assert "Tài khoản của tôi" in answer.content.decode()

    @pytest.mark.parametrize(
        "service", [links.invite, links.issue_reset_link, second_factor.reset_for, sign_ins.end_for]
    )
    def test_every_service_asks(self, service, member, agency):
        with pytest.raises(NotAllowed):
            service(member.user, actor=make_member(agency, Role.SECRETARY))


class TestHelp:
    def test_a_link_is_shown_once_to_whoever_made_it(self, member, unit_admin, sign_in):
        client, address = sign_in(unit_admin), reverse("sign-in-help-link", kwargs={"username": "van-thu"})
        page = client.post(address).content.decode()
        token = page.split("https://phoi-hop.example/lien-ket/")[1].split("/")[0]
        again = client.get(reverse("sign-in-help", kwargs={"username": "van-thu"})).content.decode()
        assert "https://phoi-hop.example/lien-ket/" not in again
        assert use(token).status_code == 302
        entry = AuditEntry.objects.get(action=AuditAction.CREATED, object_kind="agencies.onetimelink")
        assert (entry.user_name, token in str(entry.after)) == ("quan-tri-huyen", False)

    def test_a_lost_phone_is_taken_off_and_the_owner_is_told(self, member, unit_admin, sign_in):
        with_address(member.user)
        set_up_second_factor(member.user)
        owner = sign_in(member)
        answer = sign_in(unit_admin).post(reverse("sign-in-help-factor", kwargs={"username": "van-thu"}))
        assert answer.status_code == 302
        assert not is_signed_in(owner)
        assert type_password("van-thu")["Location"] == "/", "no code is asked for"
        assert "xác thực hai lớp" in OutgoingMail.objects.get().body
        told = AuditEntry.objects.filter(action=AuditAction.CHANGED, object_kind="agencies.user").latest("sequence")
        assert (told.user_name, told.after["second_factor"]) == ("quan-tri-huyen", "removed")

    def test_every_device_of_an_account_is_signed_out(self, member, unit_admin, sign_in):
        devices = [sign_in(member) for _number in range(2)]
        sign_in(unit_admin).post(reverse("sign-in-help-devices", kwargs={"username": "van-thu"}))
        assert [is_signed_in(device) for device in devices] == [False, False]


class TestForgotten:
    def test_the_link_comes_by_mail_for_a_name_or_an_address(self, member):
        with_address(member.user, "Van-Thu@phoi-hop.example")
        for asked in ("van-thu", "VAN-THU", "van-thu@PHOI-HOP.example"):
            assert ask(asked)["Location"] == reverse("password-asked")
        call_command("deliver_mail", "--once")
        assert [message.to for message in mail.outbox] == [["Van-Thu@phoi-hop.example"]] * 3

    def test_one_account_is_sent_three_letters_an_hour(self, member):
        with_address(member.user)
        for _wish in range(5):
            ask("van-thu")
        assert OutgoingMail.objects.count() == 3

    def test_an_address_that_asks_and_asks_is_answered_alike_and_nothing_is_done(self, member):
        answers = {ask(f"khong-co-{number}", REMOTE_ADDR="203.0.113.5")["Location"] for number in range(25)}
        assert answers == {reverse("password-asked")}
        assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 20

    def test_two_accounts_of_one_address_each_get_a_letter(self, member, agency):
        with_address(member.user)
        with_address(make_member(agency, username="van-thu-2").user)
        ask("van-thu@phoi-hop.example")
        assert OutgoingMail.objects.count() == 2

    def test_an_office_without_mail_is_told_whom_to_ask(self, settings):
        settings.MAIL_ON = False
        page = Client().get(reverse("password-forgotten")).content.decode()
        assert "Liên hệ quản trị viên" in page
        assert "<input" not in page.split("<main")[1]

    def test_using_a_link_frees_an_account_that_was_locked(self, member, system_admin):
        for _try in range(6):
            type_password("van-thu", "sai")
        assert type_password("van-thu").status_code == 429
        use(links.issue_reset_link(member.user, actor=system_admin))
        assert type_password("van-thu", NEW_PASSWORD).status_code == 302

    def test_a_link_does_not_get_around_the_second_factor(self, member, system_admin):
        set_up_second_factor(member.user)
        use(links.issue_reset_link(member.user, actor=system_admin))
        assert type_password("van-thu", NEW_PASSWORD)["Location"] == reverse("sign-in-code")

    def test_a_suspended_account_s_link_is_dead(self, system_admin):
        account = open_account("tam-dung", "x" * 12)
        token = links.issue_reset_link(account, actor=system_admin)
        account.is_active = False
        account.save(update_fields=["is_active"])
        assert use(token).status_code == 404


class TestAtTheServer:
    def test_a_command_lets_in_whom_no_administrator_can_help(self, system_admin):
        set_up_second_factor(system_admin.user)
        said = StringIO()
        call_command("let_in", "quan-tri-cong", reason="mất điện thoại", without_phone=True, stdout=said)
        assert use(said.getvalue().strip().split("/lien-ket/")[1].strip("/")).status_code == 302
        assert type_password("quan-tri-cong", NEW_PASSWORD)["Location"] == "/"
        told = AuditEntry.objects.filter(user_id=None, after__reason="mất điện thoại")
        assert sorted(told.values_list("action", flat=True)) == ["changed", "created"]

    def test_nobody_is_let_in_by_another_name(self):
        with pytest.raises(CommandError, match="no account"):
            call_command("let_in", "khong-co", reason="x")
