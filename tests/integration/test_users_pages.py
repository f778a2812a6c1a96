"""The pages of accounts and roles: found by what, shown once, stored only as meant, closed to everybody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.accounts.enums import Limit
from agencies.accounts.services import sign_ins
from agencies.models import Membership, User
from agencies.people import services
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.people import BEGINNING, make_agency, make_holder, make_member, make_office, make_unit
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db

DAY = date(2022, 3, 30)
LIST, INVITE = "/quan-tri/nguoi-dung/", "/quan-tri/nguoi-dung/moi/"
HUGE = "9" * 30


@pytest.fixture
def ubnd():
    return make_agency(make_unit("DT", "huyện Đông Triều"), "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def keeper(ubnd):
    return make_member(make_agency(ubnd.unit, "vp", "Văn phòng", protocol_order=90), Role.UNIT_ADMIN, "quan-tri-dv")


@pytest.fixture
def client(keeper, sign_in):
    return sign_in(keeper)


def url(name: str, *args) -> str:
    return reverse(f"agencies:user-{name}", args=args)


def invited(agency, name: str, username: str, role: Role = Role.OFFICIAL) -> Membership:
    """A person with an account, who has chosen a password."""
    user = services.open_account(username, "mot-mat-khau-dai", person=services.register_person(name))
    return services.grant_membership(user, agency, role=role, title="Chuyên viên", since=BEGINNING)


def listed(answer) -> list[str]:
    return [row.user.username for row in answer.context["rows"]]


class TestList:
    def test_accounts_stand_in_protocol_order_then_by_given_name(self, ubnd, keeper, client):
        hdnd = make_agency(ubnd.unit, "hdnd", "Thường trực HĐND", protocol_order=10)
        for name, username in (("Lê Văn Đạt", "dat"), ("Trần Thị Dung", "dung"), ("Ngô Văn An", "an")):
            invited(ubnd, name, username)
        chair = invited(ubnd, "Hồ Văn Yên", "yen").user.person
        services.appoint(chair, make_office(ubnd, "Chủ tịch", "CHỦ TỊCH", is_head=True), since=BEGINNING)
        invited(hdnd, "Vũ Văn Xuân", "xuan")
        assert listed(client.get(LIST)) == ["xuan", "yen", "an", "dung", "dat", "quan-tri-dv"]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "binh"}, ["binh", "lan"]),
            ({"q": "LE VAN"}, ["binh"]),
            ({"q": "quan-tri"}, ["quan-tri-dv"]),
            ({"place": "van phong"}, ["quan-tri-dv"]),
            ({"place": "dong trieu"}, ["binh", "lan", "quan-tri-dv"]),
            ({"place": "khong dau ca"}, []),
            ({"role": "unit_admin"}, ["quan-tri-dv"]),
            ({"role": "secretary", "q": "lan"}, ["lan"]),
            ({"role": "khong-co", "state": "x"}, ["binh", "lan", "quan-tri-dv"]),
            ({"q": "%"}, []),
            ({"q": "x" * 5000}, ["binh", "lan", "quan-tri-dv"]),
            ({"ordering": "user__password", "user__password__startswith": "p"}, ["binh", "lan", "quan-tri-dv"]),
        ],
    )
    def test_accounts_are_found_without_marks_and_by_nothing_hidden(self, ubnd, keeper, client, query, found):
        invited(ubnd, "Lê Văn Bình", "binh")
        invited(ubnd, "Phạm Thị Bình Lan", "lan", Role.SECRETARY)
        invited(make_agency(make_unit(), "ubnd"), "Bình Ở Xa", "binh-xa")
        assert listed(client.get(LIST, query)) == found

    def test_accounts_are_found_by_how_they_stand(self, ubnd, keeper, client):
        invited(ubnd, "Lê Văn Bình", "binh")
        services.suspend(invited(ubnd, "Ngô Thị Cúc", "cuc").user, reason="Nghỉ việc")
        terms = {"email": "", "agency": ubnd, "role": Role.OFFICIAL, "title": "x", "since": DAY, "actor": keeper}
        services.invite_person("Hồ Văn Đức", username="duc", **terms)
        invited(ubnd, "Đỗ Thị Én", "en")
        sign_ins.note_lockout(Limit.PAIR, username="en", address="10.0.0.1")
        states = {"active": ["binh", "quan-tri-dv"], "suspended": ["cuc"], "invited": ["duc"], "locked": ["en"]}
        assert {state: listed(client.get(LIST, {"state": state})) for state in states} == states

    @pytest.mark.parametrize("page", ["-1", "x", HUGE, "2"])
    def test_no_page_number_breaks_the_list(self, client, page):
        assert client.get(LIST, {"page": page}).status_code == 200

    def test_the_list_comes_in_pages(self, ubnd, client):
        for number in range(27):
            invited(ubnd, f"Lê Văn Thứ {number}", f"tai-khoan-{number}")
        pages = [listed(client.get(LIST, {"page": page})) for page in (1, 2)]
        assert [len(page) for page in pages] == [25, 3] and not set(pages[0]) & set(pages[1])

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, ubnd, client, count, django_assert_max_num_queries):
        for number in range(count):
            member = invited(ubnd, f"Lê Văn Thứ {number}", f"tai-khoan-{number}")
            services.grant_membership(member.user, ubnd, role=Role.LEADER, title="x", since=BEGINNING)
        with django_assert_max_num_queries(10):
            client.get(LIST)


class TestAccount:
    def test_roles_over_time_and_what_may_be_done_are_shown(self, ubnd, client):
        member = invited(ubnd, "Lê Văn Bình", "binh")
        services.move_member(member, ubnd, role=Role.SECRETARY, title="Thư ký mới", since=DAY)
        page = client.get(url("detail", member.user_id)).content.decode()
        for words in ("Thư ký mới", "01/01/2000 đến 29/3/2022", "Tạm ngừng tài khoản", "Cấp vai trò", "Lê Văn Bình"):
            assert words in page

    def test_roles_elsewhere_are_not_told(self, ubnd, client):
        member = invited(ubnd, "Lê Văn Bình", "binh")
        foreign = make_agency(make_unit(), "khac", "Cơ quan nơi khác")
        services.grant_membership(member.user, foreign, role=Role.LEADER, title="Bí mật", since=BEGINNING)
        page = client.get(url("detail", member.user_id)).content.decode()
        assert "Bí mật" not in page and "Cơ quan nơi khác" not in page
        assert "còn vai trò ở đơn vị ngoài phạm vi" in page and "Tạm ngừng tài khoản" not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_page_keeps_its_budget(self, ubnd, client, count, django_assert_max_num_queries):
        member = invited(ubnd, "Lê Văn Bình", "binh")
        for role in (Role.LEADER, Role.SECRETARY, Role.ORGANISER)[:count]:
            services.grant_membership(member.user, ubnd, role=role, title="x", since=BEGINNING)
        with django_assert_max_num_queries(22):
            client.get(url("detail", member.user_id))


class TestInvitation:
    SENT = {"full_name": "Lê Văn Bình", "username": "binh", "role": "official", "title": "CV", "since": "30/3/2022"}

    def test_the_link_is_shown_once(self, ubnd, client):
        answer = client.post(INVITE, self.SENT | {"agency": ubnd.pk})
        user = User.objects.get(username="binh")
        assert (answer.status_code, answer["Location"]) == (302, url("detail", user.pk))
        first, second = (client.get(answer["Location"]) for _time in range(2))
        link = first.context["link"]
        assert "/lien-ket/" in link and link in first.content.decode()
        assert "no-store" in first["Cache-Control"]
        assert second.context["link"] == "" and "/lien-ket/" not in second.content.decode()

    def test_the_link_is_shown_on_its_own_accounts_page_only(self, ubnd, client):
        other = invited(ubnd, "Ngô Thị Cúc", "cuc")
        client.post(INVITE, self.SENT | {"agency": ubnd.pk})
        assert client.get(url("detail", other.user_id)).context["link"] == ""

    def test_a_new_invitation_ends_the_one_before(self, ubnd, client):
        client.post(INVITE, self.SENT | {"agency": ubnd.pk})
        user = User.objects.get(username="binh")
        old = client.get(url("detail", user.pk)).context["link"]
        assert client.post(url("invite-again", user.pk)).status_code == 302
        new = client.get(url("detail", user.pk)).context["link"]
        assert new and new != old
        paths = [link[link.index("/lien-ket/") :] for link in (old, new)]
        assert [client.get(path).status_code == 200 for path in paths] == [False, True]

    def test_no_new_invitation_for_someone_who_came_in(self, ubnd, client):
        member = invited(ubnd, "Lê Văn Bình", "binh")
        assert client.post(url("invite-again", member.user_id)).status_code == 409

    def test_someone_recorded_is_chosen_and_has_one_account(self, ubnd, client):
        known = make_holder(make_office(ubnd, "Chủ tịch", "CHỦ TỊCH", is_head=True), "Lê Văn Bình", since=BEGINNING)
        sent = self.SENT | {"agency": ubnd.pk, "full_name": "le van binh"}
        asked = client.post(INVITE, sent)
        assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["person"])
        assert client.post(INVITE, sent | {"person": known.person_id}).status_code == 302
        assert User.objects.get(username="binh").person == known.person
        again = client.post(INVITE, sent | {"person": known.person_id, "username": "binh2"})
        assert (again.status_code, list(again.context["form"].errors)) == (422, ["person"])

    @pytest.mark.parametrize("role", ["system_admin", "x", ""])
    def test_a_role_that_is_not_offered_is_refused(self, ubnd, client, role):
        answer = client.post(INVITE, self.SENT | {"agency": ubnd.pk, "role": role})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])
        assert not User.objects.filter(username="binh").exists()

    @pytest.mark.parametrize("agency", ["foreign", "0", HUGE, "x"])
    def test_an_agency_out_of_reach_is_refused(self, client, agency):
        foreign = make_agency(make_unit(), "ubnd")
        answer = client.post(INVITE, self.SENT | {"agency": foreign.pk if agency == "foreign" else agency})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["agency"])

    def test_fields_nobody_asked_for_are_not_stored(self, ubnd, keeper, client):
        """Abuse case 9."""
        forged = {"is_active": "", "password": "x", "user": keeper.user_id, "id": "77", "pk": "77", "is_staff": "1"}
        assert client.post(INVITE, self.SENT | forged | {"agency": ubnd.pk}).status_code == 302
        user = User.objects.get(username="binh")
        assert user.is_active and not user.has_usable_password() and user.pk != 77
        assert user.memberships.get().role == Role.OFFICIAL

    def test_where_agencies_are_many_they_are_found_by_name(self, ubnd, keeper, client, monkeypatch):
        monkeypatch.setattr("agencies.people.forms.where.MOST_LISTED", 1)
        make_agency(ubnd.unit, "pgd", "Phòng Giáo dục")
        make_agency(ubnd.unit, "ptc", "Phòng Tài chính")
        several = client.post(INVITE, self.SENT | {"agency_words": "phong"})
        assert (several.status_code, list(several.context["form"].errors)) == (422, ["agency"])
        none = client.post(INVITE, self.SENT | {"agency_words": "khong co"})
        assert (none.status_code, list(none.context["form"].errors)) == (422, ["agency_words"])
        assert client.post(INVITE, self.SENT | {"agency_words": "giao duc"}).status_code == 302
        assert User.objects.get(username="binh").memberships.get().agency.code == "pgd"


class TestActs:
    def test_a_role_is_given_moved_and_ended(self, ubnd, client):
        member, office = invited(ubnd, "Lê Văn Bình", "binh"), make_agency(ubnd.unit, "btg", "Ban Tuyên giáo")
        sent = {"agency": office.pk, "role": "secretary", "title": "Thư ký", "since": "30/3/2022"}
        assert client.post(url("role", member.user_id), sent).status_code == 302
        given = member.user.memberships.get(role=Role.SECRETARY)
        moved = client.post(url("move", member.user_id, member.pk), sent | {"role": "leader"})
        assert moved.status_code == 302
        assert client.post(url("role-end", member.user_id, given.pk), {"at_once": "on"}).status_code == 302
        roles = member.user.memberships.order_by("pk").values_list("role", "valid_to")
        assert list(roles) == [("official", DAY - timedelta(days=1)), ("secretary", DAY), ("leader", None)]

    def test_suspending_and_restoring_need_a_reason(self, ubnd, client):
        member = invited(ubnd, "Lê Văn Bình", "binh")
        assert client.post(url("suspend", member.user_id), {"reason": " "}).status_code == 422
        assert client.post(url("suspend", member.user_id), {"reason": "Nghỉ việc"}).status_code == 302
        page = client.get(url("detail", member.user_id)).content.decode()
        assert "Nghỉ việc" in page and "Cho hoạt động lại" in page and "/chuyen/" not in page
        assert client.post(url("restore", member.user_id), {"reason": ""}).status_code == 422
        assert client.post(url("restore", member.user_id), {"reason": "Đi làm lại"}).status_code == 302
        assert client.post(url("restore", member.user_id), {"reason": "Đi làm lại"}).status_code == 409
        assert AuditEntry.objects.filter(after__reason="Đi làm lại", after__state="active").count() == 1

    def test_a_role_of_another_account_is_as_missing(self, ubnd, client):
        """A forged membership id."""
        one, other = invited(ubnd, "Lê Văn Bình", "binh"), invited(ubnd, "Ngô Thị Cúc", "cuc")
        for page in ("role-end", "move"):
            for forged in (other.pk, 0, 10**18):
                answer = client.post(url(page, one.user_id, forged), {"last_day": "30/3/2022", "at_once": "on"})
                assert answer.status_code == 404
        other.refresh_from_db()
        assert other.valid_to is None

    def test_an_account_out_of_reach_is_as_missing(self, client):
        stranger = invited(make_agency(make_unit(), "ubnd"), "Lê Văn Bình", "binh")
        answers = [client.get(url("detail", pk)) for pk in (stranger.user_id, 987_654)]
        assert [answer.status_code for answer in answers] == [404, 404]
        for page in ("role", "suspend", "restore", "invite-again"):
            assert client.post(url(page, stranger.user_id), {"reason": "x"}).status_code == 404
        assert client.get(f"{LIST}{HUGE}/").status_code == 404

    def test_nobody_but_administrators_opens_any_of_it(self, ubnd, sign_in):
        """Abuse case 17: a secretary posts a role for herself."""
        secretary = make_member(ubnd, Role.SECRETARY)
        client = sign_in(secretary)
        sent = {"agency": ubnd.pk, "role": "unit_admin", "title": "x", "since": "30/3/2022"}
        for page in (LIST, INVITE, url("detail", secretary.user_id), url("role", secretary.user_id), "/quan-tri/"):
            assert client.get(page).status_code == 403
        assert client.post(url("role", secretary.user_id), sent).status_code == 403
        assert client.post(url("move", secretary.user_id, secretary.pk), sent).status_code == 403
        assert list(secretary.user.memberships.all()) == [secretary]
        assert AuditEntry.objects.filter(action=AuditAction.REFUSED, actor_id=secretary.pk).count() == 7

    def test_an_administrators_own_account_offers_nothing(self, ubnd, keeper, client):
        page = client.get(url("detail", keeper.user_id)).content.decode()
        assert "Không ai tự thay đổi" in page and "/vai-tro/" not in page
        sent = {"agency": ubnd.pk, "role": "secretary", "title": "x", "since": "30/3/2022"}
        assert client.post(url("role", keeper.user_id), sent).status_code == 403
        assert client.post(url("role-end", keeper.user_id, keeper.pk), {"at_once": "on"}).status_code == 403


class TestLanding:
    def test_administrators_begin_here_and_see_what_needs_a_look(self, ubnd, client):
        assert client.get("/")["Location"] == "/quan-tri/"
        services.suspend(invited(ubnd, "Ngô Thị Cúc", "cuc").user, reason="Nghỉ việc")
        invited(ubnd, "Đỗ Thị Én", "en")
        sign_ins.note_lockout(Limit.PAIR, username="en", address="10.0.0.1")
        answer = client.get("/quan-tri/")
        assert (answer.context["awaited"].invited, answer.context["awaited"].suspended) == (0, 1)
        assert [lockout.username for lockout in answer.context["lockouts"]] == ["en"]

    def test_no_page_of_the_administration_shows_content(self, ubnd, client, sign_in):
        program = make_program("signed", agencies=[ubnd, make_agency(ubnd.unit, "btg")], title="Chuyện kín của các bên")
        system = sign_in(make_member(ubnd, Role.SYSTEM_ADMIN))
        member = invited(ubnd, "Lê Văn Bình", "binh")
        for one in (client, system):
            for path in ("/quan-tri/", LIST, INVITE, url("detail", member.user_id), "/can-bo/"):
                page = one.get(path).content.decode()
                assert "Chuyện kín" not in page and program.code not in page, path

    def test_the_menu_leads_administrators_here_and_nobody_else(self, ubnd, client, sign_in):
        assert 'href="/quan-tri/"' in client.get("/tro-giup/").content.decode()
        assert 'href="/quan-tri/"' not in sign_in(make_member(ubnd)).get("/tro-giup/").content.decode()
