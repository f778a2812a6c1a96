"""The life of a program: each step, what stops it, what it leaves behind."""

from datetime import date, timedelta

import pytest

from agencies.people.services import appoint, register_person, set_up_office
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState, SignatureMethod, SignatureState
from coordination.programs.models import Program
from coordination.programs.queries import (
    missing_before_comments,
    missing_before_settling,
    missing_before_signing,
    missing_in_print,
    outline_of,
    signing_stand,
)
from records.audit.enums import AuditAction
from records.audit.queries import entries_about
from records.errors import Conflict, RuleBroken
from tests.factories.people import make_agency, make_unit
from tests.factories.programs import (
    ASIDE,
    ROAD,
    STATES,
    advance,
    agree,
    make_parties,
    make_program,
    secretary_of,
    sign,
    slot_of,
)

pytestmark = pytest.mark.django_db

STATE_OF = {
    "draft": ProgramState.DRAFT,
    "consulting": ProgramState.CONSULTING,
    "revising": ProgramState.REVISING,
    "agreed": ProgramState.AGREED,
    "signing": ProgramState.SIGNING,
    "signed": ProgramState.IN_FORCE,
    "evaluating": ProgramState.EVALUATING,
    "closed": ProgramState.CLOSED,
    "submitted": ProgramState.SUBMITTED,
    "superseded": ProgramState.SUPERSEDED,
    "cancelled": ProgramState.CANCELLED,
}


def drafter(program):
    return secretary_of(program.drafting_agency)


def blocking(missing):
    return [item.text for item in missing if item.blocks]


def again(program):
    return Program.objects.get(pk=program.pk)


@pytest.mark.parametrize("state", STATES)
def test_program_walks_to_state(state):
    program = make_program(state)
    assert program.state == STATE_OF[state]
    road = ROAD[: ROAD.index(ASIDE.get(state, state)) + 1]
    passed = [str(STATE_OF[one]) for one in (*road, *([state] if state in ASIDE else []))]
    assert [change.to_state for change in program.state_changes.all()] == passed
    moves = entries_about(program).filter(action=AuditAction.MOVED)
    assert [entry.after["state"] for entry in moves.order_by("sequence")] == passed[1:]


def test_codes_run_by_unit_and_year():
    unit, other = make_unit("DH"), make_unit("TY")
    parties = make_parties(unit, 2)
    codes = [make_program(agencies=parties, year=year).code for year in (2022, 2022, 2021)]
    assert [*codes, make_program(unit=other).code] == ["DH-2022-01", "DH-2022-02", "DH-2021-01", "TY-2022-01"]


def test_lead_signs_first_and_letterhead_keeps_the_order_given():
    unit = make_unit()
    one, two, three = make_parties(unit, 3)
    program = programs.create_program(
        actor=secretary_of(one),
        year=2022,
        kind="program",
        title="Chương trình",
        short_title="Chương trình",
        period_start=date(2022, 1, 1),
        period_end=date(2022, 12, 31),
        parties=[programs.PartyDraft(one), programs.PartyDraft(two, is_lead=True), programs.PartyDraft(three)],
    )
    assert [party.agency for party in program.parties.order_by("letterhead_order")] == [one, two, three]
    assert [party.agency for party in program.parties.order_by("signing_order")] == [two, one, three]


def test_parties_change_in_the_draft_and_keep_their_rows():
    program = make_program()
    one, two, three = [party.agency for party in program.parties.all()]
    kept = program.parties.get(agency=three).pk
    parties = [programs.PartyDraft(three, is_lead=True), programs.PartyDraft(one)]
    programs.edit_program(program, actor=drafter(program), revision=program.revision, parties=parties)
    assert [party.agency for party in again(program).parties.all()] == [three, one]
    assert program.parties.get(is_lead=True).pk == kept
    assert not program.parties.filter(agency=two).exists()


def test_sub_item_stands_in_reading_order():
    program = make_program()
    secretary = drafter(program)
    first = program.sections.get(numbering="I")
    programs.write_section(program, actor=secretary, numbering="III", heading="Tổ chức thực hiện")
    late = programs.write_section(program, actor=secretary, numbering="1", heading="Mục đích", parent=first)
    programs.write_section(program, actor=secretary, numbering="a", heading="Chung", parent=late)
    written = [(entry.depth, entry.section.numbering) for entry in outline_of(again(program))]
    assert written == [(1, "I"), (2, "1"), (3, "a"), (1, "II"), (2, "1"), (1, "III")]
    positions = [entry.section.position for entry in outline_of(again(program))]
    assert positions == sorted(positions) == list(range(1, 7))


def test_missing_before_comments_names_what_is_missing():
    unit = make_unit()
    program = make_program(unit=unit)
    assert blocking(missing_before_comments(program)) == []
    program.sections.all().delete()
    program.parties.exclude(is_lead=True).delete()
    program.parties.update(is_lead=False)
    assert len(blocking(missing_before_comments(again(program)))) == 3
    with pytest.raises(RuleBroken):
        programs.send_for_comments(program, actor=drafter(program), until=date(2022, 4, 1))
    assert again(program).state == ProgramState.DRAFT


def test_unknown_number_signers_and_bases_are_told_and_never_stop_signing():
    program = make_program("agreed")
    missing = missing_before_signing(program)
    assert blocking(missing) == [] and len(missing) == 4
    programs.lock_for_signing(program, actor=drafter(program))
    printed = missing_in_print(again(program))
    assert blocking(printed) == [] and len(printed) == 4 + 1


def test_every_party_is_named_that_has_not_agreed_before_settling():
    program = make_program("revising")
    assert len(blocking(missing_before_settling(program))) == 3
    with pytest.raises(RuleBroken, match="Bên thứ 2"):
        programs.settle(program, actor=drafter(program))
    agree(program)
    assert blocking(missing_before_settling(program)) == []
    assert programs.settle(program, actor=drafter(program)).state == ProgramState.AGREED


def test_party_without_a_title_stops_signing():
    program = make_program("agreed")
    name = program.parties.last().agency.names.get()
    name.head_title = ""
    name.save()
    assert len(blocking(missing_before_signing(program))) == 1
    with pytest.raises(RuleBroken):
        programs.lock_for_signing(program, actor=drafter(program))
    assert again(program).state == ProgramState.AGREED and not program.versions.exists()


def test_comments_end_in_the_future(today):
    program = make_program()
    with pytest.raises(RuleBroken) as refusal:
        programs.send_for_comments(program, actor=drafter(program), until=today - timedelta(days=1))
    assert refusal.value.field == "until"


def test_slots_take_titles_grounds_and_known_heads_of_the_day():
    unit = make_unit()
    parties = make_parties(unit, 2)
    office = set_up_office(parties[0], title="Chủ tịch", printed_title="CHỦ TỊCH", is_head=True)
    appoint(register_person("Trần Việt Dũng"), office, since=date(2021, 1, 1))
    program = make_program("signing", agencies=parties)
    first, second = signing_stand(program).slots
    assert (first.signer_name, first.title, first.authority) == ("Trần Việt Dũng", "CHỦ TỊCH", "TM")
    assert (second.signer_name, second.signer) == ("", None)
    assert first.authority_lines == parties[0].names.get().authority_lines


def test_same_content_locks_to_the_same_digest_and_another_to_another():
    program = make_program("signing")
    first = signing_stand(program).version
    other = program.parties.last().agency
    programs.return_version(slot_of(program, other), actor=secretary_of(other), reason="Cần xem lại")
    second = programs.lock_for_signing(again(program), actor=drafter(program))
    assert (first.label, second.label) == ("1.1", "1.2")
    assert first.digest == second.digest and len(first.digest) == 64
    other_slot = slot_of(again(program), other)
    programs.return_version(other_slot, actor=secretary_of(other), reason="Sửa nội dung")
    programs.reopen(again(program), actor=drafter(program), reason="Sửa theo ý kiến")
    section = program.sections.get(numbering="I")
    programs.edit_section(
        section, actor=drafter(program), revision=1, numbering="I", heading=section.heading, body="Nội dung mới."
    )
    agree(program)
    programs.settle(again(program), actor=drafter(program))
    assert programs.lock_for_signing(again(program), actor=drafter(program)).digest != first.digest


def test_snapshot_holds_names_of_the_day_sections_and_bases():
    program = make_program()
    programs.set_legal_bases(program, actor=drafter(program), texts=["Luật A;", "  ", "Luật  B."])
    advance(program, "agreed")
    content = programs.lock_for_signing(program, actor=drafter(program)).snapshot
    assert content["legal_bases"] == ["Luật A;", "Luật B."]
    assert [party["name"] for party in content["parties"]] == ["Bên thứ 1", "Bên thứ 2", "Bên thứ 3"]
    assert [row[:2] for row in content["sections"]] == [[1, "I"], [1, "II"], [2, "1"]]
    assert content["period"] == ["2022-01-01", "2022-12-31"] and content["tasks"] == []


def test_last_signature_brings_the_program_into_force_on_its_day(today):
    program = make_program("signing", parties=2)
    first, second = signing_stand(program).slots
    with pytest.raises(RuleBroken) as future:
        programs.record_signature(
            first, actor=drafter(program), method=SignatureMethod.PAPER, signed_on=today + timedelta(days=1)
        )
    with pytest.raises(RuleBroken) as early:
        programs.record_signature(
            first, actor=drafter(program), method=SignatureMethod.PAPER, signed_on=today - timedelta(days=1)
        )
    assert future.value.field == early.value.field == "signed_on"
    for slot in (second, first):
        assert again(program).state == ProgramState.SIGNING
        programs.record_signature(slot, actor=drafter(program), method=SignatureMethod.PAPER, signed_on=today)
    assert (again(program).state, again(program).signed_on) == (ProgramState.IN_FORCE, today)


def test_signature_is_recorded_once():
    program = make_program("signing", signed=1)
    slot = signing_stand(program).slots[0]
    with pytest.raises(Conflict):
        programs.record_signature(
            slot, actor=drafter(program), method=SignatureMethod.PAPER, signed_on=program.agreed_on
        )


def test_returned_version_is_void_and_everybody_signs_anew():
    program = make_program("signing", signed=2)
    last = program.parties.last().agency
    programs.return_version(slot_of(program, last), actor=secretary_of(last), reason="Sai tên cơ quan")
    program = again(program)
    assert program.state == ProgramState.AGREED and signing_stand(program) is None
    void = program.versions.get()
    assert void.void_reason == "Sai tên cơ quan"
    assert [slot.state for slot in void.slots.all()] == ["signed", "signed", "returned"]
    programs.lock_for_signing(program, actor=drafter(program))
    stand = signing_stand(program)
    assert stand.signed == 0 and {slot.state for slot in stand.slots} == {SignatureState.AWAITING}
    sign(program)
    assert again(program).state == ProgramState.IN_FORCE


def test_signature_on_a_returned_version_is_refused():
    program = make_program("signing")
    first, *_, last = signing_stand(program).slots
    programs.return_version(last, actor=secretary_of(last.party.agency), reason="Sai")
    programs.lock_for_signing(again(program), actor=drafter(program))
    with pytest.raises(Conflict):
        programs.record_signature(
            first, actor=drafter(program), method=SignatureMethod.PAPER, signed_on=program.agreed_on
        )


@pytest.mark.parametrize("reason", ["", "   "])
def test_return_and_reopen_need_a_reason(reason):
    program = make_program("signing")
    slot = signing_stand(program).slots[0]
    with pytest.raises(RuleBroken):
        programs.return_version(slot, actor=secretary_of(slot.party.agency), reason=reason)
    agreed = make_program("agreed")
    with pytest.raises(RuleBroken):
        programs.reopen(agreed, actor=drafter(agreed), reason=reason)
    assert again(agreed).state == ProgramState.AGREED


def test_named_signer_no_longer_points_to_the_head():
    unit = make_unit()
    parties = make_parties(unit, 2)
    office = set_up_office(parties[0], title="Chủ tịch", printed_title="CHỦ TỊCH", is_head=True)
    appoint(register_person("Trần Việt Dũng"), office, since=date(2021, 1, 1))
    program = make_program("signing", agencies=parties)
    slot = slot_of(program, parties[0])
    programs.name_signer(slot, actor=drafter(program), signer_name="", title="PHÓ CHỦ TỊCH", authority="KT")
    slot.refresh_from_db()
    assert (slot.signer, slot.signer_name, slot.title, slot.authority) == (None, "", "PHÓ CHỦ TỊCH", "KT")
    with pytest.raises(RuleBroken) as refusal:
        programs.name_signer(slot, actor=drafter(program), signer_name="A", title=" ")
    assert refusal.value.field == "title"


def test_stale_edit_is_a_conflict_and_changes_nothing():
    program = make_program()
    programs.edit_program(program, actor=drafter(program), revision=program.revision, title="Tên mới")
    with pytest.raises(Conflict):
        programs.edit_program(program, actor=drafter(program), revision=program.revision, title="Tên cũ hơn")
    assert again(program).title == "Tên mới"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"period_end": date(2021, 12, 31)}, "period_end"),
        ({"year": 1999}, "year"),
        ({"year": 2023}, "period_start"),
        ({"title": " "}, "title"),
        ({"title": "Đ" * 301}, "title"),
        ({"kind": "letter"}, "kind"),
    ],
)
def test_impossible_facts_name_their_field(facts, field):
    unit = make_unit()
    one, two = make_parties(unit, 2)
    given = {
        "year": 2022,
        "kind": "program",
        "title": "Chương trình",
        "short_title": "Chương trình",
        "period_start": date(2022, 1, 1),
        "period_end": date(2022, 12, 31),
        "parties": [programs.PartyDraft(one, is_lead=True), programs.PartyDraft(two)],
    }
    with pytest.raises(RuleBroken) as refusal:
        programs.create_program(actor=secretary_of(one), **given | facts)
    assert refusal.value.field == field and not Program.objects.exists()


@pytest.mark.parametrize("count", [0, 1, 17])
def test_two_to_sixteen_parties(count):
    unit = make_unit()
    agencies = make_parties(unit, max(count, 1))
    with pytest.raises(RuleBroken) as refusal:
        make_program(agencies=agencies[:count] or None, unit=unit, parties=0, secretary=secretary_of(agencies[0]))
    assert refusal.value.field == "parties" and not Program.objects.exists()


def test_sixteen_parties_sign():
    assert make_program("signed", parties=16).state == ProgramState.IN_FORCE


def test_foreign_party_lead_and_basis_are_refused():
    unit, other = make_unit(), make_unit()
    one, two = make_parties(unit, 2)
    stranger = make_agency(other, "la")
    foreign = make_program(unit=make_unit())
    with pytest.raises(RuleBroken) as party:
        make_program(agencies=[one, stranger], secretary=secretary_of(one))
    with pytest.raises(RuleBroken) as basis:
        make_program(agencies=[one, two], based_on=foreign)
    with pytest.raises(RuleBroken) as continued:
        make_program(agencies=[one, two], continues=foreign)
    with pytest.raises(RuleBroken) as drafting:
        make_program(agencies=[one, two], drafting_agency=two)
    fields = [refusal.value.field for refusal in (party, basis, continued, drafting)]
    assert fields == ["parties", "based_on", "continues", "drafting_agency"]


def test_legal_base_too_long_names_its_line():
    program = make_program()
    with pytest.raises(RuleBroken) as refusal:
        programs.set_legal_bases(program, actor=drafter(program), texts=["Ngắn", "Đ" * 501])
    assert refusal.value.field == "legal_bases" and "2" in str(refusal.value)
    assert not program.legal_bases.exists()


def test_empty_section_is_refused():
    program = make_program()
    with pytest.raises(RuleBroken):
        programs.write_section(program, actor=drafter(program), numbering="V", heading=" ", body="\n")
    assert program.sections.count() == 3
