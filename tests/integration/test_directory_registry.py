"""Keeping the record of agencies: added, called otherwise from a day on, corrected with a reason, reached where."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Block, Family
from agencies.directory.services import bring_agency_names_up_to_date, call_agency, end_agency, naming_from
from agencies.models import Agency, Membership
from agencies.people.services import set_up_office
from agencies.registry.services import FIRST, Facts, add_agency, change_agency, correct_agency, facts_of
from agencies.registry.services.facts import place_behind
from agencies.units.enums import UnitKind, UnitLevel
from agencies.units.services import found_unit
from coordination.programs.queries import signing_stand
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db

CREATE = "/co-quan/tao/"
TODAY, LAST_YEAR = date(2022, 3, 30), date(2021, 6, 1)
DECOMPOSED = "\u0110a\u0302\u0300m Ha\u0300"


def address(page: str, agency: Agency) -> str:
    return reverse(f"agencies:agency-{page}", args=[agency.unit.slug, agency.code])


def filled(client, url: str, **changes) -> dict:
    """What the form on a page would send as it stands, with some fields changed."""
    form = client.get(url).context["form"]
    return {name: "" if (value := form[name].value()) is None else value for name in form.fields} | changes


def codes(unit) -> list[str]:
    return [agency.code for agency in unit.agencies.in_protocol_order()]


def facts(**changes) -> Facts:
    known = {"name": "Báo Bình Minh", "abbreviation": "BBM", "kind": "other", "kind_label": "Báo"}
    return Facts(**known | changes)


@pytest.fixture
def unit():
    return make_unit("BM", "huyện Bình Minh")


@pytest.fixture
def ubnd(unit) -> Agency:
    return make_agency(unit, "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def hnd(unit, ubnd) -> Agency:
    return make_agency(unit, "hnd", "Hội Nông dân huyện", family=Family.ORGANISATION, protocol_order=21)


@pytest.fixture
def secretary(ubnd) -> Membership:
    return make_member(ubnd, Role.SECRETARY)


class TestAdding:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "a\x00b"}, "name"),
            ({"name": "Đ" * 201}, "name"),
            ({"name": "ubnd HUYỆN"}, "name"),
            ({"kind_label": ""}, "kind_label"),
            ({"kind": "sect"}, "kind"),
            ({"abbreviation": ""}, "abbreviation"),
            ({"abbreviation": "ubnd"}, "document_symbol"),
            ({"code": "UBND"}, "code"),
            ({"code": "báo"}, "code"),
            ({"code": "a b"}, "code"),
            ({"after": "999999"}, "after"),
            ({"parent": "999999"}, "parent"),
            ({"valid_from": "31/3/2022"}, "valid_from"),
            ({"valid_from": "31/12/1999"}, "valid_from"),
            ({"valid_from": "30/02/2022"}, "valid_from"),
            ({"valid_from": "30/3/2022", "valid_to": "29/3/2022"}, "valid_to"),
            ({"phone": "gọi tôi"}, "phone"),
            ({"email": "toa soan"}, "email"),
            ({"letterhead_lines": "\n".join("dòng" for _ in range(6))}, "letterhead_lines"),
            ({"authority_lines": "Đ" * 81}, "authority_lines"),
            ({"family": "sect"}, "family"),
            ({"authority": "XX"}, "authority"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_the_field(self, changes, field, ubnd, sign_in):
        client, before = sign_in(make_member(ubnd)), Agency.objects.count()
        good = {"name": "Báo Bình Minh", "kind_label": "Báo", "abbreviation": "BBM"}
        answer = client.post(CREATE, filled(client, CREATE, **good | changes))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert Agency.objects.count() == before

    def test_the_name_is_kept_in_one_unicode_form(self, ubnd, sign_in):
        client = sign_in(make_member(ubnd))
        typed = filled(client, CREATE, name=f"Báo {DECOMPOSED}", kind_label="Báo", abbreviation="BĐH")
        assert client.post(CREATE, typed).status_code == 302
        assert Agency.objects.get(code="bdh").current_name == "Báo Đầm Hà"

    @pytest.mark.parametrize(
        ("kind", "family", "authority", "head"),
        [
            ("peoples_committee", Family.STATE, "TM", "CHỦ TỊCH"),
            ("propaganda_board", Family.PARTY, "", "TRƯỞNG BAN"),
            ("youth_union", Family.ORGANISATION, "TM", "BÍ THƯ"),
            ("other", Family.OTHER, "", "THỦ TRƯỞNG"),
        ],
    )
    def test_what_is_left_blank_is_filled_as_usual_for_the_kind(self, kind, family, authority, head, ubnd, sign_in):
        client = sign_in(make_member(ubnd))
        typed = {"name": "Cơ quan Mới", "kind": kind, "kind_label": "Loại mới", "abbreviation": "CQM"}
        assert client.post(CREATE, filled(client, CREATE, **typed)).status_code == 302
        name = Agency.objects.get(code="cqm").names.get()
        assert (name.family, name.authority, name.head_title) == (family, authority, head)
        assert name.letterhead_lines == name.authority_lines == "CƠ QUAN MỚI"

    def test_two_agencies_of_one_abbreviation_get_codes_of_their_own(self, unit, secretary):
        first = add_agency(unit, facts(), actor=secretary, valid_from=TODAY)
        second = add_agency(unit, facts(name="Báo Khác", document_symbol="BK"), actor=secretary, valid_from=TODAY)
        assert (first.code, second.code) == ("bbm", "bbm-2")

    def test_a_symbol_is_free_again_after_its_agency_ended(self, unit, ubnd, secretary):
        old = add_agency(unit, facts(), actor=secretary, valid_from=BEGINNING)
        with pytest.raises(RuleBroken):
            add_agency(unit, facts(name="Báo Mới"), actor=secretary, valid_from=LAST_YEAR)
        end_agency(old, last_day=LAST_YEAR - timedelta(days=1))
        assert add_agency(unit, facts(name="Báo Mới"), actor=secretary, valid_from=LAST_YEAR).code == "bbm-2"

    def test_an_agency_that_has_ended_is_entered_for_history(self, unit, secretary):
        old = add_agency(unit, facts(), actor=secretary, valid_from=BEGINNING, valid_to=LAST_YEAR)
        assert (old.valid_to, old.names.get().valid_to) == (LAST_YEAR, LAST_YEAR)
        assert not old.offices.exists()

    def test_the_place_is_behind_another_and_all_others_keep_their_order(self, unit, ubnd, hnd, secretary):
        make_agency(unit, "btg", "Ban Tuyên giáo", protocol_order=22)
        for number, after in enumerate((ubnd, ubnd, FIRST, None)):
            new = facts(name=f"Báo {number}", document_symbol=f"B{number}", after=after)
            add_agency(unit, new, actor=secretary, valid_from=TODAY, code=f"bao-{number}")
        assert codes(unit) == ["bao-2", "ubnd", "bao-1", "bao-0", "hnd", "btg", "bao-3"]
        for agency in unit.agencies.all():
            assert agency.names.get().protocol_order == agency.protocol_order

    def test_room_is_made_between_agencies_of_one_rank(self, unit, secretary, ubnd):
        for code in ("a", "b", "c"):
            make_agency(unit, code, f"Hội {code.upper()}", protocol_order=60)
        first = unit.agencies.get(code="a")
        add_agency(unit, facts(after=first), actor=secretary, valid_from=TODAY)
        assert codes(unit) == ["ubnd", "a", "bbm", "b", "c"]

    def test_an_agency_of_another_unit_is_no_neighbour(self, unit):
        with pytest.raises(RuleBroken):
            place_behind(unit, make_agency(make_unit(), "la"))

    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER, Role.UNIT_ADMIN])
    def test_whoever_works_in_the_unit_adds_there_and_nowhere_else(self, role, unit, ubnd, sign_in):
        below = found_unit(
            code="BM-1", level=UnitLevel.COMMUNE, kind=UnitKind.COMMUNE, name="xã Một", bare_name="Một",
            valid_from=BEGINNING, parent=unit,
        )  # fmt: skip
        foreign = make_unit("XX", "huyện Xa")
        member = make_member(ubnd, role)
        client = sign_in(member)
        assert client.get(CREATE).status_code == 200
        keeps_below = role == Role.UNIT_ADMIN
        assert client.get(CREATE, {"unit": "BM-1"}).status_code == (200 if keeps_below else 403)
        assert "form" not in client.get(CREATE, {"unit": foreign.code}).context
        if keeps_below:
            assert add_agency(below, facts(), actor=member, valid_from=TODAY).unit == below
        else:
            with pytest.raises(NotAllowed):
                add_agency(below, facts(), actor=member, valid_from=TODAY)
        with pytest.raises(NotAllowed) as refusal:
            add_agency(foreign, facts(), actor=member, valid_from=TODAY)
        assert refusal.value.decision.hidden

    def test_a_system_administrator_chooses_the_unit_without_marks(self, unit, ubnd, sign_in):
        client = sign_in(make_member(make_agency(make_unit("HT"), "vp"), Role.SYSTEM_ADMIN))
        assert client.get(CREATE, {"unit": "binh minh"}).context["unit"] == unit
        make_unit("BM2", "huyện Bình Minh")
        offered = client.get(CREATE, {"unit": "binh minh"}).context["units"]
        assert {one.code for one in offered} == {"BM", "BM2"}
        assert client.get(CREATE, {"unit": "không có"}).status_code == 200


class TestFromADayOn:
    def change(self, client, agency: Agency, **changes):
        url = address("edit", agency)
        return client.post(url, filled(client, url, since="01/6/2021", **changes))

    def test_what_is_entered_holds_from_the_day_and_before_it_all_stays(self, hnd, secretary, sign_in):
        head = set_up_office(hnd, title="Chủ tịch Hội Nông dân huyện", printed_title="CHỦ TỊCH", is_head=True)
        new = {"name": "Hội Nông dân Việt Nam huyện", "document_symbol": "HNDVN", "head_title": "Trưởng ban"}
        answer = self.change(sign_in(secretary), hnd, **new, family="front", legal_basis="Quyết định số 5")
        assert answer.status_code == 302, answer.context["form"].errors
        hnd = Agency.objects.get(pk=hnd.pk)
        old, new = hnd.name_on(LAST_YEAR - timedelta(days=1)), hnd.name_on(LAST_YEAR)
        assert (old.name, old.document_symbol, old.head_title) == ("Hội Nông dân huyện", "HND", "CHỦ TỊCH")
        assert (new.name, new.document_symbol, new.head_title) == ("Hội Nông dân Việt Nam huyện", "HNDVN", "TRƯỞNG BAN")
        assert (hnd.current_name, hnd.block, hnd.revision) == (new.name, Block.FRONT, 1)
        titles = [(title.title, title.printed_title) for title in head.titles.order_by("valid_from")]
        assert titles[-1] == ("Chủ tịch Hội Nông dân Việt Nam huyện", "TRƯỞNG BAN")
        entry = entries_about(hnd).filter(action=AuditAction.CHANGED).first()
        assert (entry.before["document_symbol"], entry.after["document_symbol"]) == ("HND", "HNDVN")

    def test_a_signed_paper_keeps_the_name_it_was_signed_under(self, ubnd, hnd, secretary, sign_in):
        program = make_program("signing", agencies=[ubnd, hnd])
        self.change(sign_in(secretary), hnd, name="Hội Nông dân Việt Nam huyện")
        assert [slot.agency_name for slot in signing_stand(program).slots] == ["UBND huyện", "Hội Nông dân huyện"]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"since": "31/3/2022"}, "since"),
            ({"since": "01/01/2000"}, "since"),
            ({"since": "31/12/1999"}, "since"),
            ({"since": "31/02/2022"}, "since"),
            ({"since": ""}, "since"),
            ({"name": ""}, "name"),
            ({"name": "uBND huyện"}, "name"),
            ({"document_symbol": "UBND"}, "document_symbol"),
            ({"head_title": ""}, "head_title"),
            ({"kind": "other", "kind_label": ""}, "kind_label"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_the_field(self, changes, field, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("edit", hnd)
        answer = client.post(url, filled(client, url, since="01/6/2021") | changes)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert hnd.names.count() == 1

    def test_periods_of_names_never_overlap(self, hnd, secretary):
        change_agency(hnd, facts(name="Một", head_title="CT"), actor=secretary, revision=0, since=LAST_YEAR)
        with pytest.raises(RuleBroken):
            change_agency(hnd, facts(name="Hai", head_title="CT"), actor=secretary, revision=1, since=LAST_YEAR)
        assert [name.name for name in hnd.names.order_by("valid_from")] == ["Hội Nông dân huyện", "Một"]

    def test_no_agency_stands_under_itself_over_however_many_steps(self, unit, ubnd, hnd, secretary):
        chain = [ubnd, hnd, make_agency(unit, "ph", "Phòng")]
        for above, below in pairwise(chain):
            known = facts_of(below, below.names.get())
            change_agency(below, facts_with(known, parent=above), actor=secretary, revision=0, since=LAST_YEAR)
        for parent in chain:
            with pytest.raises(RuleBroken) as refusal:
                known = facts_of(ubnd, ubnd.names.get())
                change_agency(ubnd, facts_with(known, parent=parent), actor=secretary, revision=0, since=TODAY)
            assert refusal.value.field == "parent"

    def test_a_parent_exists_on_the_day(self, unit, ubnd, hnd, secretary):
        late = add_agency(unit, facts(), actor=secretary, valid_from=TODAY)
        gone = add_agency(
            unit, facts(name="Cũ", document_symbol="C"), actor=secretary, valid_from=BEGINNING, valid_to=LAST_YEAR
        )
        for parent in (late, gone):
            with pytest.raises(RuleBroken) as refusal:
                known = facts_with(facts_of(hnd, hnd.names.get()), parent=parent)
                change_agency(hnd, known, actor=secretary, revision=0, since=LAST_YEAR)
            assert refusal.value.field == "parent"

    def test_whoever_comes_second_sees_both_versions_and_loses_nothing(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("edit", hnd)
        mine = filled(client, url, since="01/6/2021", name="Tên của tôi")
        client.post(url, filled(client, url, since="01/01/2021", name="Tên của người khác"))
        answer = client.post(url, mine)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Tên của tôi" in page and "Tên của người khác" in page
        again = answer.context["form"]
        sent = {name: again[name].value() or "" for name in again.fields}
        assert client.post(url, sent).status_code == 302
        assert hnd.names.count() == 3

    def test_a_place_left_as_it_is_keeps_the_rank(self, hnd, secretary, sign_in):
        self.change(sign_in(secretary), hnd, name="Tên khác")
        assert Agency.objects.get(pk=hnd.pk).protocol_order == 21

    def test_a_name_recorded_ahead_becomes_the_present_one_on_its_day(self, hnd):
        ahead = naming_from(hnd.names.get())
        call_agency(hnd, type(ahead)(**vars(ahead) | {"name": "Tên năm sau"}), since=date(2023, 1, 1))
        assert Agency.objects.get(pk=hnd.pk).current_name == "Hội Nông dân huyện"
        assert bring_agency_names_up_to_date(date(2022, 12, 31)) == 0
        assert bring_agency_names_up_to_date(date(2023, 1, 1)) == 1
        assert Agency.objects.get(pk=hnd.pk).current_name == "Tên năm sau"


class TestCorrecting:
    def test_a_mistake_is_mended_in_place_with_its_reason(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("correct", hnd)
        answer = client.post(url, filled(client, url, name="Hội Nông dân huyện Bình Minh", reason="Thiếu địa danh"))
        assert answer.status_code == 302, answer.context["form"].errors
        name = hnd.names.get()
        assert (name.name, name.valid_from) == ("Hội Nông dân huyện Bình Minh", BEGINNING)
        assert Agency.objects.get(pk=hnd.pk).current_name == name.name
        entry = entries_about(hnd).filter(action=AuditAction.CHANGED).first()
        assert entry.after == {"name": name.name, "reason": "Thiếu địa danh", "correction": True}
        assert entry.before == {"name": "Hội Nông dân huyện"}

    def test_no_reason_no_correction(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("correct", hnd)
        answer = client.post(url, filled(client, url, name="Khác"))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
        with pytest.raises(RuleBroken):
            known = facts_of(hnd, hnd.names.get())
            correct_agency(hnd, known, actor=secretary, revision=0, reason="  ")

    def test_a_stale_page_is_told(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("correct", hnd)
        assert client.post(url, filled(client, url, reason="Thử", revision="9")).status_code == 409
        with pytest.raises(Conflict):
            known = facts_of(hnd, hnd.names.get())
            correct_agency(hnd, known, actor=secretary, revision=9, reason="Thử")


class TestContact:
    def test_an_agency_is_reached_where_its_secretary_says(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("contact", hnd)
        typed = {"phone": "0203 3880 001 / 002", "email": "hnd@binhminh.example", "address": f"Phố {DECOMPOSED}"}
        assert client.post(url, filled(client, url, **typed)).status_code == 302
        hnd = Agency.objects.get(pk=hnd.pk)
        assert (hnd.phone, hnd.email, hnd.address) == ("0203 3880 001 / 002", "hnd@binhminh.example", "Phố Đầm Hà")
        assert entries_about(hnd).filter(after__phone=hnd.phone).exists()
        page = client.get("/co-quan/").content.decode()
        assert "0203 3880 001 / 002" in page and "hnd@binhminh.example" in page

    @pytest.mark.parametrize("changes", [{"phone": "abc"}, {"phone": "1" * 70}, {"email": "x@"}, {"address": "a\x00"}])
    def test_what_reaches_nobody_is_refused(self, changes, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("contact", hnd)
        answer = client.post(url, filled(client, url) | changes)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [*changes])

    def test_a_stale_page_is_told(self, hnd, secretary, sign_in):
        client, url = sign_in(secretary), address("contact", hnd)
        assert client.post(url, filled(client, url, revision="9")).status_code == 409


@pytest.mark.parametrize("page", ["edit", "correct", "contact"])
class TestWhoMay:
    @pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER])
    def test_others_of_the_unit_are_told_who_may(self, page, role, ubnd, hnd, sign_in):
        client = sign_in(make_member(ubnd, role))
        for answer in (client.get(address(page, hnd)), client.post(address(page, hnd), {})):
            assert answer.status_code == 403
            assert "huyện Bình Minh" in answer.content.decode()

    @pytest.mark.parametrize("role", [Role.SECRETARY, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN])
    def test_secretaries_and_administrators_may(self, page, role, ubnd, hnd, sign_in):
        assert sign_in(make_member(ubnd, role)).get(address(page, hnd)).status_code == 200

    def test_a_neighbour_finds_nothing(self, page, hnd, sign_in):
        stranger = make_member(make_agency(make_unit(), "vp"), Role.SECRETARY)
        assert sign_in(stranger).get(address(page, hnd)).status_code == 404

    def test_a_secretary_above_sees_and_may_not(self, page, unit, secretary, sign_in):
        below = found_unit(
            code="BM-1", level=UnitLevel.COMMUNE, kind=UnitKind.COMMUNE, name="xã Một", bare_name="Một",
            valid_from=BEGINNING, parent=unit,
        )  # fmt: skip
        assert sign_in(secretary).get(address(page, make_agency(below, "ubnd"))).status_code == 403


def facts_with(known: Facts, **changes) -> Facts:
    return Facts(**vars(known) | changes)


def test_the_kind_changes_with_its_block(hnd, secretary):
    known = facts_of(hnd, hnd.names.get())
    changed = facts_with(known, kind=AgencyKind.COUNCIL_STANDING, family=Family.STATE)
    correct_agency(hnd, changed, actor=secretary, revision=0, reason="Nhập nhầm loại")
    hnd = Agency.objects.get(pk=hnd.pk)
    assert (hnd.kind, hnd.block) == (AgencyKind.COUNCIL_STANDING, Block.COUNCIL)
