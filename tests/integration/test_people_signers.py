"""The printed title is chosen for each signature and frozen there; speeches keep the title of their day."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import OfficeHolding
from agencies.people import services
from agencies.people.queries import head_on, signers_of
from coordination.conferences import services as conferences
from coordination.conferences.enums import SpeechKind
from coordination.models import Program, SignatureSlot
from coordination.programs import services as programs
from records.errors import RuleBroken
from reports.documents.program_paper import program_paper
from tests.factories.conferences import make_conference
from tests.factories.people import make_agency, make_holder, make_office, make_unit
from tests.factories.programs import make_parties, make_program, secretary_of, slot_of

pytestmark = pytest.mark.django_db

DAY, EARLIER = date(2022, 3, 30), date(2021, 1, 1)


@pytest.fixture
def parties():
    return make_parties(make_unit(), 3)


@pytest.fixture
def head(parties):
    return make_office(parties[1], "Chủ tịch Bên thứ 2", "CHỦ TỊCH", is_head=True)


@pytest.fixture
def deputy(parties):
    return make_office(parties[1], "Phó Chủ tịch Bên thứ 2", "PHÓ CHỦ TỊCH", authority="KT", seats=2)


def slot_in(program: Program, parties) -> SignatureSlot:
    return slot_of(Program.objects.get(pk=program.pk), parties[1])


def block_of(program: Program, parties):
    """The second party's block on the paper as it stands now."""
    program = Program.objects.get(pk=program.pk)
    return next(
        block
        for block, slot in zip(program_paper(program, day=DAY).signatures, sorted_slots(program), strict=True)
        if slot.party.agency_id == parties[1].pk
    )


def sorted_slots(program: Program) -> list[SignatureSlot]:
    slots = SignatureSlot.objects.filter(version__program=program).select_related("party")
    return sorted(slots, key=lambda slot: (not slot.party.is_lead, slot.position))


def page_of(program: Program, slot: SignatureSlot) -> str:
    return reverse("coordination:program-signer", args=[program.slug, slot.pk])


class TestWhoIsOffered:
    def test_one_person_with_two_offices_stands_there_with_each(self, parties, head, deputy):
        held = make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
        secretary = make_office(parties[1], "Bí thư Chi bộ", "BÍ THƯ", authority="TM")
        services.appoint(held.person, secretary, since=EARLIER)
        make_holder(deputy, "Lê Văn Bình", since=EARLIER)
        offered = [(one.person.full_name, one.printed_title, one.authority) for one in signers_of(parties[1], DAY)]
        assert offered == [
            ("Đặng Văn Tuấn", "CHỦ TỊCH", "TM"),
            ("Đặng Văn Tuấn", "BÍ THƯ", "TM"),
            ("Lê Văn Bình", "PHÓ CHỦ TỊCH", "KT"),
        ]

    def test_nobody_of_another_day_or_agency_is_offered(self, parties, head, deputy):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER, until=date(2021, 12, 31))
        make_holder(deputy, "Lê Văn Bình", since=date(2022, 4, 1))
        make_holder(make_office(parties[0], "Chủ tịch", "CHỦ TỊCH", is_head=True), "Hồ Văn Lạ", since=EARLIER)
        assert signers_of(parties[1], DAY) == []
        assert head_on(parties[1], date(2021, 6, 1)).person.full_name == "Đặng Văn Tuấn"

    def test_an_acting_head_signs_as_acting(self, parties, head):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER, is_acting=True)
        program = make_program("signing", agencies=parties)
        slot = slot_in(program, parties)
        assert (slot.signer_name, slot.title, slot.authority) == ("Đặng Văn Tuấn", "CHỦ TỊCH", "Q")
        assert block_of(program, parties).lines[-1] == "Q. CHỦ TỊCH"


class TestChoice:
    def test_the_paper_prints_the_chosen_office(self, parties, head, deputy, sign_in):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
        chosen = make_holder(deputy, "Lê Văn Bình", since=EARLIER)
        program = make_program("signing", agencies=parties)
        client, slot = sign_in(secretary_of(parties[1])), slot_in(program, parties)
        page = client.get(page_of(program, slot)).content.decode()
        assert "Lê Văn Bình, Phó Chủ tịch Bên thứ 2" in page and "Đặng Văn Tuấn, Chủ tịch Bên thứ 2" in page
        answer = client.post(page_of(program, slot), {"holder": str(chosen.pk), "title": "", "signer_name": ""})
        assert answer.status_code == 302
        slot = slot_in(program, parties)
        assert (slot.signer, slot.signer_name, slot.title, slot.authority) == (
            chosen.person,
            "Lê Văn Bình",
            "PHÓ CHỦ TỊCH",
            "KT",
        )
        block = block_of(program, parties)
        assert (block.lines[-2:], block.signer) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Văn Bình")

    def test_what_was_chosen_stays_when_office_and_name_change(self, parties, deputy):
        chosen = make_holder(deputy, "Lê Văn Bình", since=EARLIER)
        program = make_program("signing", agencies=parties)
        secretary = secretary_of(parties[1])
        programs.choose_signer(slot_in(program, parties), actor=secretary, holding=chosen)
        before = block_of(program, parties)
        facts = {"printed_title": "PHÓ CHỦ TỊCH THƯỜNG TRỰC", "authority": "TM", "seats": 2, "protocol_order": 9}
        services.change_office(deputy, title="Phó Chủ tịch Thường trực", since=EARLIER, **facts)
        services.rename_person(chosen.person, "Lê Văn Bình Minh")
        services.end_holding(chosen, last_day=DAY)
        assert block_of(program, parties) == before
        slot = slot_in(program, parties)
        assert (slot.signer_name, slot.title, slot.authority) == ("Lê Văn Bình", "PHÓ CHỦ TỊCH", "KT")

    def test_someone_who_is_not_recorded_is_typed(self, parties, head, sign_in):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
        program = make_program("signing", agencies=parties)
        client, slot = sign_in(secretary_of(parties[1])), slot_in(program, parties)
        missing = client.post(page_of(program, slot), {"holder": "typed", "signer_name": "Ngô Thị Cúc", "title": ""})
        assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["title"])
        sent = {"holder": "typed", "signer_name": "Ngô Thị Cúc", "title": "CHÁNH VĂN PHÒNG", "authority": "TL"}
        assert client.post(page_of(program, slot), sent).status_code == 302
        assert block_of(program, parties).lines == ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
        assert slot_in(program, parties).signer is None

    @pytest.mark.parametrize("forged", ["0", "9" * 30, "x"])
    def test_a_forged_holding_is_refused(self, parties, head, sign_in, forged):
        make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
        program = make_program("signing", agencies=parties)
        client, slot = sign_in(secretary_of(parties[1])), slot_in(program, parties)
        answer = client.post(page_of(program, slot), {"holder": forged, "title": "CHỦ TỊCH"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["holder"])

    def test_an_office_of_another_agency_or_day_is_refused_by_the_service(self, parties, deputy):
        foreign = make_holder(
            make_office(make_agency(parties[0].unit, "khac"), "Trưởng", "TRƯỞNG", is_head=True),
            "Hồ Văn Lạ",
            since=EARLIER,
        )
        gone = make_holder(deputy, "Lê Văn Bình", since=EARLIER, until=date(2021, 12, 31))
        program = make_program("signing", agencies=parties)
        kept = SignatureSlot.objects.filter(pk=slot_in(program, parties).pk).values().get()
        for holding in (foreign, gone, OfficeHolding(pk=0)):
            with pytest.raises(RuleBroken):
                programs.choose_signer(slot_in(program, parties), actor=secretary_of(parties[1]), holding=holding)
        assert SignatureSlot.objects.filter(pk=kept["id"]).values().get() == kept


def test_a_speech_keeps_the_name_and_title_of_its_day(parties, head):
    held = make_holder(head, "Đặng Văn Tuấn", since=EARLIER)
    secretary = secretary_of(parties[1])
    conference = make_conference("running", held_on=DAY, organiser=parties[1], actor=secretary)
    speech = conferences.record_speech(
        conference,
        actor=secretary,
        kind=SpeechKind.values[0],
        speaker_name="Đặng Văn Tuấn",
        speaker_title="Phó Bí thư Thường trực, Chủ tịch Bên thứ 2",
        person=held.person,
    )
    services.end_holding(held, last_day=DAY)
    services.rename_person(held.person, "Đặng Văn Tuấn Anh")
    speech.refresh_from_db()
    assert (speech.speaker_name, speech.speaker_title) == (
        "Đặng Văn Tuấn",
        "Phó Bí thư Thường trực, Chủ tịch Bên thứ 2",
    )
