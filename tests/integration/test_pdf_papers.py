"""Programs and conferences as papers: frozen at signing, named as on their day, counted as the dashboard counts."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from agencies.access.enums import Role
from agencies.directory.enums import AgencyKind, Family
from agencies.directory.models import AgencyName
from coordination.figures.queries import Scope, figures_of
from coordination.models import Program
from coordination.programs import services as programs
from coordination.programs.queries import signing_stand
from portal.demo.story import Story
from records.errors import NotAllowed
from reports.documents.conference_report import conference_report
from reports.documents.papers import PaperState
from reports.documents.program_paper import program_paper
from reports.documents.render import paper_html
from reports.pdf.engine import render_pdf
from tests.checkers.pdf import Printed, taken_apart, wrong_glyphs
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.factories.story import told_story
from tests.factories.tasks import make_task

pytestmark = pytest.mark.on_sqlite

DAY = date(2022, 3, 30)
CUT_OFF = date(2022, 3, 28)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


def printed_of(paper) -> Printed:
    return taken_apart(render_pdf(paper_html(paper)))


@pytest.mark.parametrize(
    ("state", "printed"),
    [
        ("draft", PaperState.DRAFT),
        ("agreed", PaperState.DRAFT),
        ("signing", PaperState.FOR_SIGNING),
        ("signed", PaperState.ISSUED),
        ("closed", PaperState.ISSUED),
    ],
)
def test_a_paper_says_how_far_its_program_has_come(state, printed):
    assert program_paper(make_program(state, parties=2), day=DAY).state is printed


def test_a_draft_leaves_number_day_and_signers_blank():
    paper = program_paper(make_program("draft", parties=2, document_symbol="CTPH-X"), day=DAY)
    assert paper.letterhead.number is None and paper.letterhead.day.day is None
    assert [block.signer for block in paper.signatures] == [None, None]


def test_what_is_written_after_locking_does_not_enter_the_paper():
    program = make_program("agreed", parties=2)
    make_task(program)
    program = advance_from_agreed(program)
    before = program_paper(program, day=DAY).digest()
    program.sections.update(body="Nội dung viết thêm sau khi khóa.")
    Program.objects.filter(pk=program.pk).update(title="Tên khác", effect_clause="Khác.")
    program.tasks.update(title="Nhiệm vụ sửa sau khi khóa")
    assert program_paper(Program.objects.get(pk=program.pk), day=DAY).digest() == before


def advance_from_agreed(program: Program) -> Program:
    programs.lock_for_signing(program, actor=secretary_of(program.drafting_agency))
    return Program.objects.get(pk=program.pk)


def test_parties_keep_the_names_of_the_day_the_version_was_locked():
    program = make_program("signed", parties=2)
    agency = program.parties.get(is_lead=True).agency
    before = program_paper(program, day=DAY).letterhead.issuer_lines
    old = agency.names.get()
    AgencyName.objects.filter(pk=old.pk).update(valid_to=date(2022, 12, 31))
    old.pk, old.valid_from, old.letterhead_lines = None, date(2023, 1, 1), "TÊN MỚI"
    old.save(force_insert=True)
    assert program_paper(Program.objects.get(pk=program.pk), day=date(2024, 1, 5)).letterhead.issuer_lines == before


def test_signed_slots_say_so_and_the_lead_comes_first():
    program = make_program("signing", parties=4, signed=2)
    stand = signing_stand(program)
    paper = program_paper(program, day=DAY)
    assert [block.note for block in paper.signatures].count("(Đã ký)") == 2
    lead = next(slot for slot in stand.slots if slot.party.is_lead)
    assert lead.agency_name.upper() in paper.signatures[0].lines[0]


@pytest.mark.parametrize("parties", (2, 3, 8, 16))
def test_the_letterhead_names_the_parties_in_five_lines_at_most(parties):
    unit = make_unit(name="huyện Đầm Hà")
    kinds = [(AgencyKind.PEOPLES_COMMITTEE, Family.STATE), (AgencyKind.FRONT_COMMITTEE, Family.FRONT)]
    kinds += [(AgencyKind.FARMERS_UNION, Family.ORGANISATION)] * (parties - 2)
    agencies = [
        make_agency(unit, f"ben-{n}", f"Cơ quan số {n} huyện", kind=kind, family=family, protocol_order=n)
        for n, (kind, family) in enumerate(kinds)
    ]
    paper = program_paper(make_program("signing", agencies=agencies), day=DAY)
    printed = taken_apart(render_pdf(paper_html(paper)))
    nation = printed.find("^CỘNG HÒA", page=1)
    issuer = [line for line in printed.on(1) if line.is_bold and line.x1 < nation.x0 and line.top < nation.top + 75]
    assert issuer[-1].text == "HUYỆN ĐẦM HÀ" and len(issuer) <= 5
    assert len(paper.signatures) == parties
    said = " ".join(line.text for line in issuer)
    assert ("CÁC TỔ CHỨC CHÍNH TRỊ - XÃ HỘI" in said) is (parties > 3)


def test_a_paper_only_party_bodies_sign_has_the_partys_heading():
    unit = make_unit()
    agencies = [
        make_agency(unit, code, kind=AgencyKind.PROPAGANDA_BOARD, family=Family.PARTY) for code in ("btg-1", "btg-2")
    ]
    paper = program_paper(make_program("signing", agencies=agencies), day=DAY)
    assert paper.profile_code == "PARTY_36" and paper.letterhead.number_text.startswith("Số ")


def test_a_paper_takes_the_same_queries_whatever_it_holds():
    def queries(parties: int, tasks: int) -> int:
        program = make_program("agreed", parties=parties)
        for _number in range(tasks):
            make_task(program)
        program = advance_from_agreed(program)
        with CaptureQueriesContext(
            connection,
        ) as made:
            program_paper(Program.objects.get(pk=program.pk), day=DAY)
        return len(made)

    assert queries(2, 1) == queries(5, 3) <= 18


def test_the_program_of_the_story_is_printed_with_every_signature(story: Story):
    paper = program_paper(story.programs_2022["B"], day=DAY)
    pdf = render_pdf(paper_html(paper))
    printed = taken_apart(pdf)
    assert wrong_glyphs(pdf) == []
    assert len(paper.signatures) == 8 and paper.signatures[0].signer == "Đặng Văn Tuấn"
    assert printed.text.count("(Đã ký)") == 8
    assert "Số liệu minh họa." in printed.text
    table = paper.annexes[0].blocks[0]
    assert sum(not row.is_group for row in table.rows) == story.programs_2022["B"].tasks.count() == 30


def test_the_report_counts_what_the_dashboard_counts(story: Story):
    paper = report(story)
    figures = figures_of(
        Scope(story.cast.secretary, program_ids=tuple(program.pk for program in story.programs_2021.values())),
        2021,
        as_of=CUT_OFF,
    )
    totals = [row.cells for table in paper.tables() for row in table.rows if row.is_total]
    year = figures.year
    expected = tuple(str(int(count)) for count in (year.total, year.on_time, year.late, year.overdue))
    assert len(totals) == 3 and all(cells[1:5] == expected for cells in totals)
    assert expected == ("46", "36", "7", "3")
    said = "hoàn thành 43/46 nhiệm vụ (93,5%), trong đó 36 nhiệm vụ đúng hạn, 07 nhiệm vụ hoàn thành chậm"
    assert printed_of(paper).lacks(said) == []


def report(story: Story, **changes):
    return conference_report(story.conference, **{"actor": story.cast.secretary, "cut_off": CUT_OFF, **changes})


def test_the_report_holds_its_parts_in_order(story: Story):
    paper = report(story)
    assert [(section.number, section.heading) for section in paper.sections] == [
        ("I", "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, TRIỂN KHAI"),
        ("II", "KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG PHỐI HỢP"),
        ("III", "ĐÁNH GIÁ CHUNG"),
        ("IV", "NHIỆM VỤ TRỌNG TÂM PHỐI HỢP NĂM 2022"),
        ("V", "KIẾN NGHỊ, ĐỀ XUẤT"),
    ]
    assert [child.heading for child in paper.sections[2].children] == [
        "Ưu điểm", "Tồn tại, hạn chế", "Nguyên nhân", "Bài học kinh nghiệm"
    ]  # fmt: skip
    asked = [block.text for block in paper.sections[3].blocks if block.text[:1].isdigit()]
    assert len(asked) == story.conference.conclusions.count()
    assert [annex.label for annex in paper.annexes] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert paper.signatures[0].signer == "Trần Việt Dũng"
    assert paper.letterhead.number is None and paper.letterhead.day.day is None


def test_an_acting_head_signs_the_report_as_acting(story: Story):
    dung = story.cast.people["dung"]
    with transaction.atomic():
        dung.holdings.update(is_acting=True)
        assert report(story).signatures[0].lines[-1] == "Q. CHỦ TỊCH"
        transaction.set_rollback(True)


def test_the_report_leaves_out_what_its_source_leaves_in_doubt(story: Story):
    doubtful = story.evaluation.findings.filter(is_doubtful=True)
    assert doubtful and printed_of(report(story)).lacks(*(finding.text for finding in doubtful)) == [
        finding.text for finding in doubtful
    ]
    sure = story.evaluation.findings.filter(is_doubtful=False)
    assert printed_of(report(story)).lacks(*(finding.text[:60] for finding in sure)) == []


def test_each_task_of_the_year_stands_in_the_annex_with_its_outcome(story: Story):
    rows = [row.cells for row in report(story).annexes[0].blocks[0].rows if not row.is_group]
    assert len(rows) == 46
    outcomes = [cells[6] for cells in rows]
    assert {name: outcomes.count(name) for name in set(outcomes)} == {
        "Đúng hạn": 36, "Hoàn thành chậm": 7, "Chưa hoàn thành": 3
    }  # fmt: skip
    assert all(cells[7].startswith("Chậm") for cells in rows if cells[6] == "Hoàn thành chậm")


def test_the_report_is_refused_to_who_does_not_see_all_its_programs(story: Story):
    outsider = make_member(story.cast.agencies["pn"], Role.SECRETARY)
    with pytest.raises(NotAllowed):
        report(story, actor=outsider)


def test_the_report_is_made_in_a_fixed_number_of_queries(story: Story, django_assert_max_num_queries):
    """Whom the reader acts for is read once and kept with the reader."""
    report(story)
    with django_assert_max_num_queries(40):
        report(story)


def test_the_reports_charts_are_drawn_in_the_papers_typeface(story: Story):
    pdf = render_pdf(paper_html(report(story)))
    printed = taken_apart(pdf)
    assert wrong_glyphs(pdf) == [] and all(font.startswith("Tinos") for font in printed.fonts)
    assert printed.lacks("Biểu đồ 1.", "Biểu đồ 2.", "T1 T2 T3", "T12", "Đã hoàn thành", "93,5%") == []
