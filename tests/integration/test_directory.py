"""The directory of agencies: who is listed where, found by what, and what is told of each."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.directory.models import AgencyName, AgencySuccession
from agencies.directory.services import let_serve
from agencies.people.services import appoint, register_person, set_up_office
from agencies.units.enums import SuccessionKind, UnitKind, UnitLevel
from agencies.units.services import found_unit, record_succession
from tests.factories.people import BEGINNING, make_agency, make_member, make_unit
from tests.factories.programs import make_program
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
LIST = "/co-quan/"


def address(agency) -> str:
    return reverse("agencies:agency-detail", args=[agency.unit.code.lower(), agency.code])


@pytest.fixture
def unit():
    return make_unit("DT", "huyện Đông Triều")


@pytest.fixture
def ubnd(unit):
    return make_agency(unit, "ubnd", "UBND huyện", protocol_order=20)


@pytest.fixture
def reader(ubnd):
    return make_member(ubnd)


class TestList:
    def test_blocks_stand_in_protocol_order(self, unit, ubnd, reader, sign_in):
        make_agency(unit, "ccb", "Hội Cựu chiến binh", family=Family.ORGANISATION, protocol_order=60)
        make_agency(unit, "mttq", "Ủy ban MTTQ", family=Family.FRONT, protocol_order=40)
        make_agency(unit, "btg", "Ban Tuyên giáo", family=Family.PARTY, protocol_order=30)
        make_agency(unit, "hdnd", "Thường trực HĐND", kind=AgencyKind.COUNCIL_STANDING, protocol_order=10)
        make_agency(unit, "hcc", "Hội Chữ thập đỏ", family=Family.OTHER, protocol_order=90)
        blocks = sign_in(reader).get(LIST).context["blocks"]
        assert [[row.agency.code for row in block.rows] for block in blocks] == [
            ["hdnd"],
            ["ubnd"],
            ["btg"],
            ["mttq", "ccb"],
            ["hcc"],
        ]

    @pytest.mark.parametrize("words", ["giao duc", "Giáo  dục", "PHÒNG GIÁO", "pgd", "gia\u0301o du\u0323c"])
    def test_search_needs_no_marks(self, unit, reader, sign_in, words):
        make_agency(unit, "pgd", "Phòng Giáo dục và Đào tạo")
        blocks = sign_in(reader).get(LIST, {"q": words}).context["blocks"]
        assert [row.agency.code for block in blocks for row in block.rows] == ["pgd"]

    @pytest.mark.parametrize("words", ["khong-co", "%", "_", "' OR 1=1 --", "x" * 5000])
    def test_a_search_without_a_match_says_so(self, ubnd, reader, sign_in, words):
        answer = sign_in(reader).get(LIST, {"q": words})
        assert answer.status_code == 200
        assert "Không tìm thấy cơ quan" in answer.content.decode()

    def test_invisible_characters_do_not_hinder_a_search(self, reader, sign_in):
        blocks = sign_in(reader).get(LIST, {"q": "ub\x00nd"}).context["blocks"]
        assert [row.agency.code for block in blocks for row in block.rows] == ["ubnd"]

    def test_other_units_are_not_listed_units_below_are(self, unit, ubnd, reader, sign_in):
        foreign = make_agency(make_unit(name="huyện Khác"), "ubnd-khac", "UBND huyện Khác")
        commune = found_unit(
            code="DTX1",
            level=UnitLevel.COMMUNE,
            kind=UnitKind.COMMUNE,
            name="xã Bình Khê",
            bare_name="Bình Khê",
            valid_from=BEGINNING,
            parent=unit,
        )
        below = make_agency(commune, "ubnd", "UBND xã Bình Khê")
        client = sign_in(reader)
        page = client.get(LIST).content.decode()
        assert "UBND xã Bình Khê" in page
        assert foreign.current_name not in page
        assert client.get(address(below)).status_code == 200
        assert client.get(address(foreign)).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_keeps_its_budget(self, unit, reader, sign_in, count, django_assert_max_num_queries):
        for number in range(count):
            make_agency(unit, f"co-quan-{number}")
        client = sign_in(reader)
        with django_assert_max_num_queries(16):
            client.get(LIST)


class TestAgency:
    def test_names_over_time_stand_with_their_legal_basis(self, ubnd, reader, sign_in):
        first = ubnd.names.get()
        AgencyName.objects.filter(pk=first.pk).update(valid_to=date(2019, 12, 31), name="UBND huyện cũ")
        facts = {"short_name": "UBND", "abbreviation": "UBND", "document_symbol": "UBND", "family": Family.STATE}
        AgencyName.objects.create(
            agency=ubnd,
            name="UBND huyện mới",
            valid_from=date(2020, 1, 1),
            legal_basis="Nghị quyết số 1",
            letterhead_lines="UBND",
            head_title="CHỦ TỊCH",
            **facts,
        )
        answer = sign_in(reader).get(address(ubnd))
        assert [name.name for name in answer.context["names"]] == ["UBND huyện mới", "UBND huyện cũ"]
        page = answer.content.decode()
        assert "Nghị quyết số 1" in page
        assert "Chưa có thông tin căn cứ pháp lý" in page

    def test_office_holders_of_today_are_named_and_gaps_told(self, ubnd, reader, sign_in):
        head = set_up_office(ubnd, title="Chủ tịch", printed_title="CHỦ TỊCH", is_head=True)
        set_up_office(ubnd, title="Phó Chủ tịch", printed_title="PHÓ CHỦ TỊCH")
        before = appoint(register_person("Đặng Văn Tuấn"), head, since=date(2015, 1, 1))
        type(before).objects.filter(pk=before.pk).update(valid_to=date(2020, 12, 31))
        appoint(register_person("Trần Việt Dũng"), head, since=date(2021, 1, 1))
        answer = sign_in(reader).get(address(ubnd))
        assert [(seat.title, seat.holder) for seat in answer.context["seats"]] == [
            ("Chủ tịch", "Trần Việt Dũng"),
            ("Phó Chủ tịch", ""),
        ]
        assert "Chưa có thông tin" in answer.content.decode()

    def test_successors_are_named_from_both_sides(self, unit, ubnd, reader, sign_in):
        later = make_agency(unit, "ubnd-moi", "UBND xã mới")
        AgencySuccession.objects.create(
            predecessor=ubnd, successor=later, kind=SuccessionKind.MERGED, effective_on=date(2025, 7, 1)
        )
        client = sign_in(reader)
        assert "nay là UBND xã mới" in client.get(address(ubnd)).content.decode()
        assert "trước là UBND huyện" in client.get(address(later)).content.decode()

    def test_the_units_own_succession_is_told(self, unit, ubnd, reader, sign_in):
        old = [
            found_unit(
                code=f"DTX{number}",
                level=UnitLevel.COMMUNE,
                kind=UnitKind.COMMUNE,
                name=name,
                bare_name=name,
                valid_from=BEGINNING,
                parent=unit,
            )
            for number, name in enumerate(("xã Đức Chính", "xã An Sinh"))
        ]
        new = found_unit(
            code="DTM",
            level=UnitLevel.COMMUNE,
            kind=UnitKind.COMMUNE,
            name="xã Đông Mới",
            bare_name="Đông Mới",
            valid_from=date(2025, 7, 1),
        )
        record_succession(
            old, new, kind=SuccessionKind.MERGED, effective_on=date(2025, 7, 1), decision="Nghị quyết số 2"
        )
        (passing,) = sign_in(reader).get(LIST).context["passings"]
        assert (passing.predecessors, passing.successor) == (["xã An Sinh", "xã Đức Chính"], "xã Đông Mới")
        page = sign_in(reader).get(address(ubnd)).content.decode()
        assert "Nghị quyết số 2" in page

    def test_an_office_names_whom_it_works_for(self, unit, ubnd, reader, sign_in):
        office = make_agency(unit, "van-phong", "Văn phòng")
        let_serve(office, ubnd, since=BEGINNING)
        assert sign_in(reader).get(address(office)).context["serves"] == [ubnd]

    def test_only_programs_and_tasks_the_reader_sees_are_shown(self, unit, ubnd, reader, sign_in):
        other, third = make_agency(unit, "btg", "Ban Tuyên giáo"), make_agency(unit, "mttq", "Ủy ban MTTQ")
        mine = make_program("agreed", agencies=[ubnd, other])
        hidden = make_program("agreed", agencies=[other, third])
        for program in (mine, hidden):
            make_task(program, lead=other)
        page = sign_in(reader).get(address(other)).content.decode()
        assert mine.code in page
        assert hidden.code not in page
        assert "Chủ trì 1 nhiệm vụ năm 2022" in page

    def test_administrators_see_the_agency_but_no_program(self, ubnd, sign_in):
        program = make_program("agreed", agencies=[ubnd, make_agency(ubnd.unit, "btg")])
        page = sign_in(make_member(ubnd, Role.UNIT_ADMIN)).get(address(ubnd))
        assert page.status_code == 200
        assert program.code not in page.content.decode()

    @pytest.mark.parametrize("path", ["/co-quan/dt/khong-co/", "/co-quan/khong-co/ubnd/"])
    def test_what_is_not_there_is_not_found(self, reader, sign_in, path):
        assert sign_in(reader).get(path).status_code == 404

    def test_strangers_are_sent_to_sign_in(self, ubnd, client):
        assert client.get(LIST).status_code == 302
        assert client.get(address(ubnd)).status_code == 302

    @pytest.mark.parametrize("count", [1, 3])
    def test_an_agency_keeps_its_budget(self, ubnd, reader, sign_in, count, django_assert_max_num_queries):
        for number in range(count):
            office = set_up_office(ubnd, title=f"Chức danh {number}", printed_title="CHỨC DANH")
            appoint(register_person("Đặng Văn Tuấn"), office, since=BEGINNING)
            make_program("agreed", agencies=[ubnd, make_agency(ubnd.unit, f"ben-{number}")])
        client = sign_in(reader)
        with django_assert_max_num_queries(24):
            client.get(address(ubnd))
