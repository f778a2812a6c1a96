"""The pages of posts and people: what they show, what they ask back, whom they send away, what they cost."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.services import end_agency
from agencies.models import Office, OfficeHolding, Person
from agencies.people import services
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.people import make_agency, make_holder, make_member, make_office, make_unit

pytestmark = pytest.mark.django_db

EARLIER = date(2021, 1, 1)
HUGE = "9" * 30


@pytest.fixture
def ubnd():
    return make_agency(make_unit("DT", "huyện Đông Triều"), "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def head(ubnd):
    return make_office(ubnd, "Chủ tịch UBND huyện", "CHỦ TỊCH", is_head=True)


@pytest.fixture
def secretary(ubnd):
    return make_member(ubnd, Role.SECRETARY)


def url(name: str, agency, *more) -> str:
    return reverse(f"agencies:{name}", args=[agency.unit.code.lower(), agency.code, *more])


class TestPosts:
    def test_holders_of_today_and_before_stand_with_their_decisions(self, ubnd, head, sign_in):
        make_holder(head, "Trần Việt Dũng", since=EARLIER, until=date(2021, 12, 31), decision="Quyết định số 1")
        make_holder(head, "Đặng Văn Tuấn", since=date(2022, 1, 1), decision="Quyết định số 2", is_acting=True)
        page = sign_in(make_member(ubnd)).get(url("office-list", ubnd)).content.decode()
        for words in ("Quyết định số 1", "Quyết định số 2", "01/01/2021", "Quyền cấp trưởng (Q.)", "CHỦ TỊCH"):
            assert words in page
        assert page.index("Đặng Văn Tuấn") < page.index("Trần Việt Dũng")
        assert "thu-ky" not in page and url("office-add", ubnd) not in page

    def test_the_agencys_own_page_leads_to_its_posts(self, ubnd, head, secretary, sign_in):
        page = sign_in(secretary).get(url("agency-detail", ubnd)).content.decode()
        assert url("office-list", ubnd) in page

    def test_the_agencys_own_page_names_an_acting_head_and_no_closed_post(self, ubnd, head, sign_in):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER, is_acting=True)
        closed = make_office(ubnd, "Chức vụ đã bỏ", "CHỨC VỤ")
        services.close_office(closed, last_day=date(2022, 1, 31))
        seats = sign_in(make_member(ubnd)).get(url("agency-detail", ubnd)).context["seats"]
        assert [(seat.title, seat.holder) for seat in seats] == [("Quyền Chủ tịch UBND huyện", "Đặng Văn Tuấn")]

    def test_a_closed_agency_offers_nothing_to_fill(self, ubnd, head, sign_in):
        end_agency(ubnd, last_day=date(2022, 3, 1))
        administrator = make_member(make_agency(ubnd.unit, "vp"), Role.UNIT_ADMIN)
        page = sign_in(administrator).get(url("office-list", ubnd)).content.decode()
        assert "Cơ quan kết thúc hoạt động ngày 01/3/2022" in page
        assert url("office-add", ubnd) not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, ubnd, secretary, sign_in, count, django_assert_max_num_queries):
        for number in range(count):
            post = make_office(ubnd, f"Chức vụ {number}", "CHỨC VỤ", seats=5)
            for name in ("Lê Văn Bình", "Ngô Thị Cúc", "Hồ Văn Đức")[:count]:
                make_holder(post, name, since=EARLIER)
        client = sign_in(secretary)
        with django_assert_max_num_queries(12):
            client.get(url("office-list", ubnd))


class TestForms:
    def test_a_post_is_added_and_its_wrong_number_refused(self, ubnd, secretary, sign_in):
        client = sign_in(secretary)
        sent = {"title": "Phó Chủ tịch", "printed_title": "PHÓ CHỦ TỊCH", "authority": "KT", "protocol_order": "5"}
        for seats in ("0", "21", HUGE, "hai", ""):
            answer = client.post(url("office-add", ubnd), sent | {"seats": seats})
            assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["seats"])
        assert client.post(url("office-add", ubnd), sent | {"seats": "3"}).status_code == 302
        office = Office.objects.get()
        assert (office.seats, office.authority, office.titles.get().title) == (3, "KT", "Phó Chủ tịch")

    def test_someone_recorded_already_must_be_chosen_or_be_said_to_be_new(self, ubnd, head, secretary, sign_in):
        known = make_holder(head, "Trần Việt Dũng", since=EARLIER, until=date(2021, 12, 31)).person
        client, page = sign_in(secretary), url("office-appoint", ubnd, head.pk)
        sent = {"full_name": "tran viet dung", "since": "1/1/2022"}
        asked = client.post(page, sent)
        assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["person"])
        assert "Trần Việt Dũng – Chủ tịch UBND huyện" in asked.content.decode()
        assert OfficeHolding.objects.count() == 1
        assert client.post(page, sent | {"person": str(known.pk)}).status_code == 302
        assert OfficeHolding.objects.filter(person=known).count() == 2

    def test_the_same_name_is_another_person_when_said_so(self, ubnd, head, secretary, sign_in):
        make_holder(head, "Trần Việt Dũng", since=EARLIER, until=date(2021, 12, 31))
        sent = {"full_name": "Trần Việt Dũng", "since": "1/1/2022", "person": "new"}
        assert sign_in(secretary).post(url("office-appoint", ubnd, head.pk), sent).status_code == 302
        assert Person.objects.filter(full_name="Trần Việt Dũng").count() == 2

    @pytest.mark.parametrize("forged", ["0", HUGE, "x", "-1"])
    def test_a_forged_person_is_refused(self, ubnd, head, secretary, sign_in, forged):
        make_holder(head, "Trần Việt Dũng", since=EARLIER, until=date(2021, 12, 31))
        sent = {"full_name": "Trần Việt Dũng", "since": "1/1/2022", "person": forged}
        answer = sign_in(secretary).post(url("office-appoint", ubnd, head.pk), sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["person"])
        assert OfficeHolding.objects.count() == 1

    def test_a_person_of_another_unit_cannot_be_appointed_by_id(self, ubnd, head, secretary, sign_in):
        stranger = services.register_person("Hồ Văn Lạ")
        sent = {"full_name": "Trần Việt Dũng", "since": "1/1/2022", "person": str(stranger.pk)}
        assert sign_in(secretary).post(url("office-appoint", ubnd, head.pk), sent).status_code == 302
        assert not stranger.holdings.exists()

    def test_two_heads_at_once_are_refused_on_the_page(self, ubnd, head, secretary, sign_in):
        make_holder(head, "Trần Việt Dũng", since=EARLIER)
        sent = {"full_name": "Đặng Văn Tuấn", "since": "1/1/2022"}
        answer = sign_in(secretary).post(url("office-appoint", ubnd, head.pk), sent)
        assert answer.status_code == 422
        assert "Mỗi lúc cơ quan chỉ có một người đứng đầu: Trần Việt Dũng" in answer.content.decode()
        assert not Person.objects.filter(full_name="Đặng Văn Tuấn").exists()

    def test_an_office_ended_before_it_began_is_refused_on_the_page(self, ubnd, head, secretary, sign_in):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        answer = sign_in(secretary).post(url("holding-end", ubnd, held.pk), {"last_day": "31/12/2020"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["last_day"])
        held.refresh_from_db()
        assert held.valid_to is None

    def test_a_holding_is_ended_and_corrected(self, ubnd, head, secretary, sign_in):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        client = sign_in(secretary)
        ended = client.post(url("holding-end", ubnd, held.pk), {"last_day": "30/3/2022", "ended_by": "Số 9"})
        assert ended.status_code == 302
        sent = {"since": "1/7/2021", "until": "30/3/2022", "decision": "Số 3", "reason": "Gõ nhầm"}
        assert client.post(url("holding-correct", ubnd, held.pk), sent).status_code == 302
        held.refresh_from_db()
        assert (held.valid_from, held.valid_to, held.ended_by, held.decision) == (
            date(2021, 7, 1),
            date(2022, 3, 30),
            "Số 9",
            "Số 3",
        )
        acts = AuditEntry.objects.filter(object_kind="agencies.officeholding", actor_id=secretary.pk)
        assert [entry.action for entry in acts.order_by("sequence")] == [AuditAction.ENDED, AuditAction.CHANGED]

    def test_a_post_is_renamed_from_a_day_and_closed(self, ubnd, secretary, sign_in):
        post = make_office(ubnd, "Phó Chủ tịch", "PHÓ CHỦ TỊCH", authority="KT")
        client = sign_in(secretary)
        sent = {"title": "Phó Chủ tịch Thường trực", "printed_title": "PHÓ CHỦ TỊCH", "authority": "KT"}
        sent |= {"protocol_order": "3", "seats": "1"}
        missing = client.post(url("office-edit", ubnd, post.pk), sent)
        assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["since"])
        assert client.post(url("office-edit", ubnd, post.pk), sent | {"since": "1/1/2022"}).status_code == 302
        assert client.post(url("office-close", ubnd, post.pk), {"last_day": "30/3/2022"}).status_code == 302
        post.refresh_from_db()
        assert (post.title, post.protocol_order, post.ended_on) == ("Phó Chủ tịch Thường trực", 3, date(2022, 3, 30))
        assert client.post(url("office-close", ubnd, post.pk), {"last_day": "30/3/2022"}).status_code == 409

    def test_fields_nobody_asked_for_are_not_stored(self, ubnd, secretary, sign_in):
        """Abuse case 9."""
        other = make_agency(ubnd.unit, "khac")
        sent = {"title": "Phó Chủ tịch", "printed_title": "PHÓ", "authority": "KT", "seats": "1", "protocol_order": "5"}
        forged = {"agency": other.pk, "ended_on": "1/1/2022", "pk": "77", "id": "77", "title_sorted": "x"}
        assert sign_in(secretary).post(url("office-add", ubnd), sent | forged).status_code == 302
        office = Office.objects.get()
        assert (office.agency, office.ended_on) == (ubnd, None)
        assert office.pk != 77


class TestDoors:
    def test_whoever_may_not_is_told_whom_to_ask_and_nothing_changes(self, ubnd, head, sign_in):
        held = make_holder(head, "Trần Việt Dũng", since=EARLIER)
        client = sign_in(make_member(ubnd, Role.LEADER))
        for page in (
            url("office-add", ubnd),
            url("office-edit", ubnd, head.pk),
            url("office-close", ubnd, head.pk),
            url("office-appoint", ubnd, head.pk),
            url("holding-end", ubnd, held.pk),
            url("holding-correct", ubnd, held.pk),
        ):
            answer = client.post(page, {"last_day": "30/3/2022", "title": "x"})
            assert answer.status_code == 403 and "thư ký của UBND huyện" in answer.content.decode(), page
        held.refresh_from_db()
        assert held.valid_to is None
        assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 6

    def test_another_units_posts_are_as_missing(self, ubnd, head, secretary, sign_in):
        foreign = make_agency(make_unit("KH"), "ubnd")
        post = make_office(foreign, "Chủ tịch", "CHỦ TỊCH", is_head=True)
        held = make_holder(post, "Hồ Văn Lạ", since=EARLIER)
        client = sign_in(secretary)
        assert client.get(url("office-list", foreign)).status_code == 404
        assert client.get(reverse("agencies:person-detail", args=[held.person_id])).status_code == 404
        for page in ("office-appoint", "office-edit"):
            assert client.get(url(page, ubnd, post.pk)).status_code == 404
        assert client.post(url("holding-end", ubnd, held.pk), {"last_day": "30/3/2022"}).status_code == 404
        assert client.get(f"/can-bo/{HUGE}/").status_code == 404


class TestPeople:
    def test_people_are_listed_in_order_and_found_without_marks(self, ubnd, head, sign_in):
        make_holder(head, "Trần Việt Dũng", since=EARLIER)
        post = make_office(ubnd, "Phó Chủ tịch", "PHÓ CHỦ TỊCH", authority="KT", seats=2)
        for name in ("Lê Văn Đạt", "Ngô Thị Dung"):
            make_holder(post, name, since=EARLIER)
        client = sign_in(make_member(ubnd))
        page = client.get("/can-bo/").content.decode()
        places = [page.index(name) for name in ("Trần Việt Dũng", "Ngô Thị Dung", "Lê Văn Đạt")]
        assert places == sorted(places)
        found = client.get("/can-bo/", {"q": "le dat"}).content.decode()
        assert "Lê Văn Đạt" in found and "Ngô Thị Dung" not in found
        nothing = client.get("/can-bo/", {"q": "khong co ai"}).content.decode()
        assert "Hiện không có ai tên này giữ chức vụ" in nothing

    @pytest.mark.parametrize("page", ["-1", "x", HUGE, "2"])
    def test_no_page_number_breaks_the_list(self, ubnd, head, sign_in, page):
        make_holder(head, "Trần Việt Dũng", since=EARLIER)
        assert sign_in(make_member(ubnd)).get("/can-bo/", {"page": page}).status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, ubnd, sign_in, count, django_assert_max_num_queries):
        for number in range(count):
            make_holder(make_office(ubnd, f"Chức vụ {number}", "X"), f"Người Thứ {number}", since=EARLIER)
        client = sign_in(make_member(ubnd))
        with django_assert_max_num_queries(10):
            client.get("/can-bo/")

    def test_a_name_is_corrected_by_whoever_keeps_the_post(self, ubnd, head, secretary, sign_in):
        person = make_holder(head, "Trần Việt Dũn", since=EARLIER).person
        page = reverse("agencies:person-rename", args=[person.pk])
        assert sign_in(make_member(ubnd)).post(page, {"full_name": "Trần Việt Dũng"}).status_code == 403
        client = sign_in(secretary)
        assert client.post(page, {"full_name": "Dũng"}).status_code == 422
        assert client.post(page, {"full_name": "Trần Việt Dũng"}).status_code == 302
        assert "đồng chí Dũng" in client.get(reverse("agencies:person-detail", args=[person.pk])).content.decode()
