"""What becomes of a program all have signed: it is issued once, and amended by what the same parties sign."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies.access.enums import Role
from coordination.programs import services as programs
from coordination.programs.enums import AmendmentWay
from coordination.programs.models import Program
from coordination.programs.queries import search
from coordination.register import services as register
from coordination.register.enums import NumberState
from coordination.register.queries import usual_recipients, usual_symbol
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from reports.documents.program_paper import program_paper
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import advance, make_parties, make_program, secretary_of, write_text
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 30)
TITLE = "Chương trình phối hợp công tác năm 2022 giữa các bên"


@pytest.fixture
def parties():
    return make_parties(make_unit(), 3)


@pytest.fixture
def secretary(parties):
    return secretary_of(parties[0])


@pytest.fixture
def program(parties):
    return make_program("signed", agencies=parties, title=TITLE, short_title="Phối hợp công tác 2022")


def again(program: Program) -> Program:
    return Program.objects.get(pk=program.pk)


def refused(act) -> str | None:
    """The field a rule names."""
    with pytest.raises(RuleBroken) as refusal:
        act()
    return refusal.value.field


def in_force(program: Program) -> Program:
    """A draft written and walked to force."""
    write_text(program, secretary_of(program.drafting_agency))
    return advance(program, "signed")


def test_a_program_is_issued_once_with_its_day_and_recipients(program, secretary):
    register.assign_number(program, actor=secretary, symbol="CTPH-A-B-C")
    register.issue(again(program), actor=secretary, issued_on=clock.today(), recipients="Bên A;\n\n Bên B ;\nBên A")
    issued = again(program)
    assert (issued.issued_on, issued.issued_to) == (clock.today(), "Bên A\nBên B")
    entry = issued.register_entries.get()
    assert (entry.state, entry.used_on, entry.dated_on) == (NumberState.USED, issued.issued_on, issued.signed_on)
    told = AuditEntry.objects.get(action=AuditAction.ISSUED)
    assert told.object_code == program.code and told.after["paper_number"] == "01/CTPH-A-B-C"
    with pytest.raises(Conflict):
        register.issue(issued, actor=secretary, issued_on=clock.today(), recipients="Bên C")
    with pytest.raises(Conflict):
        register.assign_number(issued, actor=secretary, number=2, symbol="CTPH-A-B-C")


def test_a_number_not_known_does_not_stop_the_issue_and_is_used_once_it_is_given(program, secretary):
    register.issue(program, actor=secretary, issued_on=clock.today(), recipients="Bên A")
    assert again(program).document_number is None
    register.assign_number(again(program), actor=secretary, symbol="CTPH-A-B-C")
    assert again(program).register_entries.get().state == NumberState.USED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"issued_on": DAY + timedelta(days=400)}, "issued_on"),
        ({"issued_on": date(2000, 1, 1)}, "issued_on"),
        ({"recipients": " \n;\n"}, "recipients"),
        ({"recipients": "x" * 201}, "recipients"),
        ({"recipients": "\n".join(f"Nơi {n}" for n in range(201))}, "recipients"),
    ],
)
def test_a_bad_issue_is_refused_at_its_field(program, secretary, changed, field):
    given = {"issued_on": clock.today(), "recipients": "Bên A"} | changed
    assert refused(lambda: register.issue(program, actor=secretary, **given)) == field
    assert again(program).issued_on is None


@pytest.mark.parametrize("state", ["draft", "agreed", "signing", "closed"])
def test_only_what_is_in_force_is_issued_or_amended(state):
    program = make_program(state)
    actor = secretary_of(program.drafting_agency)
    with pytest.raises(Conflict):
        register.issue(program, actor=actor, issued_on=clock.today(), recipients="Bên A")
    with pytest.raises(Conflict):
        register.amend(program, actor=actor, by=AmendmentWay.ANNEX)


def test_only_the_drafting_secretary_issues_and_amends(program, parties):
    for other in (secretary_of(parties[1]), make_member(parties[0], Role.LEADER)):
        with pytest.raises(NotAllowed):
            register.issue(program, actor=other, issued_on=clock.today(), recipients="Bên A")
        with pytest.raises(NotAllowed):
            register.amend(program, actor=other, by=AmendmentWay.PROGRAM)


def test_parties_and_coordinators_are_proposed_as_recipients():
    unit = make_unit()
    parties = make_parties(unit, 2)
    helper = make_agency(unit, "helper", "Phòng giúp việc", protocol_order=90)
    program = make_program("draft", agencies=parties)
    make_task(program, lead=parties[0], coordinators=[helper])
    assert usual_recipients(program) == [str(agency) for agency in (*parties, helper)]
    Program.objects.filter(pk=program.pk).update(recipients="- Như điều 3;\n- Lưu: VT.")
    assert usual_recipients(again(program)) == ["Như điều 3", "Lưu: VT"]


def test_the_symbol_is_made_of_the_kind_and_the_parties():
    unit = make_unit()
    names = (("hdnd", "Thường trực HĐND"), ("ubnd", "UBND huyện"), ("mttq", "Ủy ban MTTQ"))
    parties = [make_agency(unit, code, name, protocol_order=n) for n, (code, name) in enumerate(names)]
    regulation = make_program("draft", agencies=parties, kind="regulation")
    assert usual_symbol(regulation, DAY) == "QCPH-HDND-UBND-MTTQ"
    many = [make_agency(unit, f"co-quan-{n}", f"Cơ quan {n}", protocol_order=20 + n) for n in range(16)]
    assert usual_symbol(make_program("draft", agencies=many), DAY) == "CTPH-CO-QUAN-0"


@pytest.mark.parametrize("words", ["69/QCPH", "QCPH-HĐND", "qcph-hdnd", "69/qcph-hđnd-ubnd"])
def test_a_program_is_found_by_part_of_its_number(parties, secretary, words):
    numbered = make_program("agreed", agencies=parties)
    make_program("agreed", agencies=parties)
    register.assign_number(numbered, actor=secretary, number=69, symbol="QCPH-HĐND-UBND-MTTQ")
    assert list(search(secretary, words)) == [again(numbered)]


def test_an_amendment_is_a_draft_of_the_same_parties_with_the_same_lead_and_period(program, secretary, parties):
    draft = register.amend(program, actor=secretary, by=AmendmentWay.PROGRAM)
    assert (draft.amends, draft.amends_by, draft.amendment_number) == (program, "program", 1)
    assert (draft.state, draft.based_on, draft.kind) == ("draft", program, program.kind)
    assert (draft.period_start, draft.period_end) == (program.period_start, program.period_end)
    assert draft.code != program.code
    assert draft.title == f"Sửa đổi, bổ sung một số nội dung của {TITLE}"
    assert [party.agency for party in draft.parties.all()] == parties
    assert [party.is_lead for party in draft.parties.all()] == [True, False, False]
    assert again(program).state == "in_force"


def test_the_period_is_lengthened_and_never_shortened(program, secretary):
    def amended(until: date) -> Program:
        return register.amend(program, actor=secretary, by=AmendmentWay.ANNEX, period_end=until)

    assert refused(lambda: amended(program.period_end - timedelta(days=1))) == "period_end"
    assert amended(date(2023, 6, 30)).period_end == date(2023, 6, 30)


def test_the_parties_of_an_amendment_stay_those_of_the_program(program, secretary, parties):
    draft = register.amend(program, actor=secretary, by=AmendmentWay.PROGRAM)
    other = make_agency(parties[0].unit, "khac", "Hội khác", protocol_order=99)
    for lead, chosen in ((parties[0], parties[:2]), (parties[0], [*parties, other]), (parties[1], parties)):
        drafts = [programs.PartyDraft(agency, is_lead=agency == lead) for agency in chosen]
        act = {"actor": secretary, "revision": draft.revision, "parties": drafts}
        assert refused(lambda act=act: programs.edit_program(draft, **act)) == "parties"
    same = [programs.PartyDraft(agency, is_lead=agency == parties[0]) for agency in reversed(parties)]
    programs.edit_program(draft, actor=secretary, revision=draft.revision, parties=same)
    assert [party.agency for party in again(draft).parties.all()] == parties[::-1]


def test_an_amendment_goes_the_same_way_and_one_of_it_amends_the_first(program, secretary):
    first = in_force(register.amend(program, actor=secretary, by=AmendmentWay.ANNEX))
    second = register.amend(first, actor=secretary, by=AmendmentWay.PROGRAM)
    assert (second.amends, second.amendment_number) == (program, 2)
    assert second.title.startswith("Sửa đổi, bổ sung lần 2 một số nội dung của Chương trình")
    assert [one.amendment_number for one in program.amendments.order_by("pk")] == [1, 2]


def test_a_second_amendment_beside_one_under_way_takes_a_warning(program, secretary):
    one = register.amend(program, actor=secretary, by=AmendmentWay.PROGRAM)
    assert refused(lambda: register.amend(program, actor=secretary, by=AmendmentWay.ANNEX)) == "beside_another"
    two = register.amend(program, actor=secretary, by=AmendmentWay.ANNEX, beside_another=True)
    assert (one.amendment_number, two.amendment_number) == (1, 2)


def test_what_amends_nothing_or_itself_is_impossible(program, secretary):
    draft = register.amend(program, actor=secretary, by=AmendmentWay.PROGRAM)
    rows = Program.objects.filter(pk=draft.pk)
    for columns in ({"amends": draft}, {"amends": None}, {"amends_by": ""}, {"amendment_number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**columns)
    assert refused(lambda: register.amend(program, actor=secretary, by="letter")) == "by"


def test_a_program_of_another_unit_is_not_amended(secretary):
    foreign = make_program("signed", unit=make_unit("XA", "huyện Xa"))
    with pytest.raises(NotAllowed) as refusal:
        register.amend(foreign, actor=secretary, by=AmendmentWay.PROGRAM)
    assert refusal.value.decision.hidden


def test_the_paper_says_what_it_amends_with_dots_for_what_is_not_known(program, secretary):
    draft = register.amend(program, actor=secretary, by=AmendmentWay.PROGRAM)
    line = program_paper(again(draft), day=DAY).opening[0].text
    assert line == (
        "Sửa đổi, bổ sung một số nội dung của Chương trình phối hợp công tác năm 2022 giữa các bên số …/… "
        "ngày 30 tháng 3 năm 2022 của Bên thứ 1, Bên thứ 2 và Bên thứ 3, như sau:"
    )
    register.assign_number(program, actor=secretary, number=2, symbol="CTPH-A-B-C")
    assert "số 02/CTPH-A-B-C ngày 30" in program_paper(again(draft), day=DAY).opening[0].text


def test_an_annex_is_printed_as_one(program, secretary):
    draft = register.amend(program, actor=secretary, by=AmendmentWay.ANNEX)
    paper = program_paper(again(draft), day=DAY)
    assert paper.kind_name == "PHỤ LỤC" and paper.subject.startswith("Sửa đổi, bổ sung")
