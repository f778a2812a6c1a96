"""The kinds of paper beside the program and the report: what each says, built from the story of Đầm Hà."""

from datetime import date, time
from itertools import pairwise

import pytest

from coordination.models import Conference, Program
from coordination.partyreports import services as partyreports
from coordination.register.services import amend
from coordination.urging import services as urging
from coordination.urging.queries import overdue_by_lead
from portal.demo.story import Story
from records import clock
from records.errors import RuleBroken
from reports.documents.blocks import Row
from reports.documents.comment_table import TablePaper
from reports.documents.enums import PaperKind
from reports.documents.kinds import KINDS, kind_at, kind_of, kind_of_program
from reports.documents.papers import LetterPaper, Paper, PaperState
from reports.documents.sign_in_sheet import SPARE, SPARE_LINES
from reports.issuing.rendering import rendered
from tests.checkers.pdf import taken_apart, wrong_glyphs
from tests.factories.programs import make_program
from tests.factories.story import told_story

pytestmark = pytest.mark.on_sqlite

DAY, SUMMER = date(2022, 4, 1), date(2022, 7, 20)


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), told_story() as told:
        yield told


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of the module writes into a savepoint of its own."""


@pytest.fixture
def conference(story) -> Conference:
    return Conference.objects.get(pk=story.conference.pk)


def built(kind: PaperKind, subject, story: Story, day: date = DAY):
    return kind_of(kind).build(subject, actor=story.cast.secretary, day=day)


def said(paper: Paper) -> str:
    """Everything the running text of a paper says."""
    parts = [paragraph.text for paragraph in paper.opening]
    waiting = list(paper.sections)
    while waiting:
        section = waiting.pop(0)
        parts += [section.heading, *(block.text for block in section.blocks if block.kind == "paragraph")]
        waiting = [*section.children, *waiting]
    return "\n".join([*parts, paper.closing_text])


def test_every_kind_has_its_own_name_in_addresses():
    assert len({kind.slug for kind in KINDS}) == len({kind.code for kind in KINDS}) == len(KINDS) == len(PaperKind)
    assert all(kind_at(kind.slug) is kind for kind in KINDS)
    assert kind_at("khong-co") is None


def test_what_an_address_names_is_found_again_and_only_by_those_who_see_it(story, conference):
    insider, stranger = story.cast.secretary, story.cast.members["thu-ky-hai-ha"]
    for kind in KINDS:
        subjects = kind.subjects(insider)
        for subject in subjects[:2]:
            key = kind.key_of(subject)
            assert kind.find(insider, key) == subject, (kind.code, key)
            assert kind.find(stranger, key) is None, (kind.code, key)
        for wrong in ("", "0", "x_1", "9" * 30, "²", "a_²"):
            assert kind.find(insider, wrong) is None, (kind.code, wrong)


def test_an_invitation_asks_every_group_on_the_list_and_encloses_the_agenda(story, conference):
    paper = built(PaperKind.INVITATION, conference, story)
    assert paper.kind_name == "GIẤY MỜI"
    assert paper.addressed[0] == "- Thường trực Huyện ủy;"
    assert paper.addressed[-1] == "- Lãnh đạo các xã, thị trấn."
    assert "14 giờ 00, chiều ngày 30 tháng 3 năm 2022" in said(paper)
    assert "Hội trường UBND huyện" in said(paper)
    (agenda,) = paper.tables()
    assert [row.cells[1] for row in agenda.rows][:2] == ["14 giờ 00", "14 giờ 10"]
    assert len(agenda.rows) == conference.agenda.count()


def test_an_invitation_without_a_list_names_no_party(story, conference):
    conference.invitations.all().delete()
    conference.attendance.all().delete()
    paper = built(PaperKind.INVITATION, Conference.objects.get(pk=conference.pk), story)
    assert paper.addressed == ["Các đại biểu dự hội nghị"]


def test_a_sign_in_sheet_has_a_line_for_everyone_invited(story, conference):
    paper = built(PaperKind.SIGN_IN_SHEET, conference, story)
    assert isinstance(paper, TablePaper) and not paper.is_landscape
    (table,) = paper.tables()
    lines = [row for row in table.rows if not row.is_group]
    invited = sum(group.invited for group in conference.attendance.all())
    assert len(lines) == invited + SPARE_LINES
    assert [row.cells[0] for row in lines] == [str(number) for number in range(1, len(lines) + 1)]
    assert table.rows[-SPARE_LINES - 1] == Row((SPARE,))


def test_minutes_tell_who_came_what_was_said_and_when_it_ended(story, conference):
    paper = built(PaperKind.MINUTES, conference, story)
    assert paper.state is PaperState.FOR_SIGNING
    told = said(paper)
    assert "Chủ trì: đồng chí Trần Việt Dũng, Chủ tịch UBND huyện." in told
    assert "Các đại biểu phân tích, làm rõ những hạn chế" in told
    assert "Đồng chí Đặng Văn Tuấn, Phó Bí thư Thường trực Huyện ủy, Chủ tịch HĐND huyện phát biểu." in told
    assert told.endswith("Hội nghị kết thúc vào 16 giờ 45 cùng ngày./.")
    (attendance,) = paper.tables()
    assert attendance.rows[-1] == Row(("", "Cộng", "44", "41", "03", "03"), is_total=True)
    chair, taker = paper.signatures
    assert (chair.lines, chair.signer) == (("CHỦ TRÌ",), "Trần Việt Dũng")
    assert (taker.lines, taker.signer) == (("THƯ KÝ",), None)


def test_an_unknown_count_is_no_zero_and_makes_no_total(story, conference):
    conference.attendance.filter(position=1).update(present=None)
    (attendance,) = built(PaperKind.MINUTES, Conference.objects.get(pk=conference.pk), story).tables()
    assert attendance.rows[0].cells[3] == "…"
    assert not any(row.is_total for row in attendance.rows)


def test_what_a_conference_concluded_is_a_draft_until_it_was_held(story, conference):
    Conference.objects.filter(pk=conference.pk).update(state="running")
    running = Conference.objects.get(pk=conference.pk)
    assert built(PaperKind.MINUTES, running, story).is_draft
    assert built(PaperKind.CONCLUSION_NOTICE, running, story).is_draft
    assert not built(PaperKind.INVITATION, running, story).is_draft


def test_a_notice_says_who_concluded_what_and_whom_it_was_given_to(story, conference):
    paper = built(PaperKind.CONCLUSION_NOTICE, conference, story)
    assert paper.subject.startswith("Kết luận của đồng chí Trần Việt Dũng, Chủ tịch UBND huyện tại hội nghị")
    told = said(paper)
    assert "Chiều ngày 30 tháng 3 năm 2022, tại Hội trường UBND huyện" in told
    assert "Sau khi nghe báo cáo kết quả phối hợp giữa Ban Tuyên giáo Huyện ủy với UBND huyện năm 2021; báo cáo" in told
    for conclusion in conference.conclusions.all():
        assert conclusion.text.rstrip(".") in told
    assert "Cơ quan thực hiện: Ban Tuyên giáo Huyện ủy và Hội Nông dân huyện." in told
    assert "- Hội Nông dân;" in list(paper.recipients)


def test_an_annex_of_tasks_lists_every_task_once_with_its_targets(story):
    program = story.programs_2022["B"]
    paper = built(PaperKind.TASK_ANNEX, program, story)
    (table,) = paper.tables()
    rows = [row for row in table.rows if not row.is_group]
    assert len(rows) == program.tasks.count()
    assert [row.cells[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert all(not (first.is_group and second.is_group) for first, second in pairwise(table.rows))
    assert any("\n" in row.cells[6] and "trong đó" in row.cells[6] for row in rows)
    assert paper.lines[0].startswith("(Kèm theo Chương trình số …/CTPH-HĐND-UBND-MTTQ")


def test_a_program_without_tasks_has_no_annex(story):
    with pytest.raises(RuleBroken):
        kind_of(PaperKind.TASK_ANNEX).build(make_program("draft", 2), actor=story.cast.secretary, day=DAY)


def test_an_amendment_says_what_stays_in_force(story):
    with clock.standing_at(clock.at(DAY, 9)):
        draft = amend(story.programs_2022["A"], actor=story.cast.secretary, by="annex")
        kind = kind_of_program(draft)
        paper = kind.build(Program.objects.get(pk=draft.pk), actor=story.cast.secretary, day=DAY)
    assert kind.code is PaperKind.AMENDMENT
    assert paper.kind_name == "PHỤ LỤC" and paper.is_draft
    assert said(paper).startswith("Sửa đổi, bổ sung một số nội dung của Chương trình")
    assert "các nội dung khác của Chương trình" in paper.closing
    assert paper.closing_text.endswith("Phụ lục này có hiệu lực kể từ ngày ký./.")


def test_a_party_reports_its_own_tasks_with_the_counts_of_the_dashboard(story):
    program, agency = story.programs_2021["B"], story.cast.agencies["hnd"]
    official = story.cast.official_of("hnd")
    with clock.standing_at(clock.at(DAY, 9)):
        report = partyreports.write_party_report(
            program,
            actor=official,
            agency=agency,
            year=2021,
            cut_off_on=date(2021, 12, 31),
            texts={"strengths": "Bám sát nhiệm vụ được giao", "next_year": "Dòng một.\nDòng hai"},
            revision=1,
        )
        paper = kind_of(PaperKind.PARTY_REPORT).build(report, actor=official, day=DAY)
    led = program.tasks.led_by([agency.pk])
    dated = led.exclude(deadline=None).count()
    assert paper.is_draft and paper.letterhead.symbol == "BC-HND"
    assert f"cơ quan chủ trì {dated:02} nhiệm vụ có thời hạn" in said(paper)
    assert "Bám sát nhiệm vụ được giao." in said(paper) and "Dòng hai." in said(paper)
    own, other = paper.annexes
    assert sum(not row.is_group for row in own.blocks[0].rows) == led.count()
    helped = program.tasks.filter(roles__agency=agency).exclude(pk__in=led.values("pk")).distinct()
    assert sum(not row.is_group for row in other.blocks[0].rows) == helped.count()
    assert paper.addressees == ("Thường trực HĐND huyện", "Văn phòng HĐND và UBND huyện")


@pytest.fixture
def letter(story):
    with clock.standing_at(clock.at(SUMMER, 9)):
        actor = story.cast.secretary
        urged = next(one for one in overdue_by_lead(actor, SUMMER) if one.agency.code == "btg")
        yield urging.draw_up_letter(
            actor=actor,
            issuer=story.cast.agencies["ubnd"],
            addressee=urged.agency,
            tasks=urged.tasks,
            answer_by=date(2022, 7, 29),
            words="Cử cán bộ đầu mối\nGửi kế hoạch khắc phục.",
        )


def test_an_urging_letter_names_each_task_with_the_days_it_is_late(story, letter):
    paper = built(PaperKind.URGING_LETTER, letter, story, SUMMER)
    assert isinstance(paper, LetterPaper) and paper.kind_name == ""
    assert paper.about_line == "V/v đôn đốc thực hiện nhiệm vụ quá hạn thuộc chương trình phối hợp năm 2022"
    assert paper.addressed == ["Ban Tuyên giáo Huyện ủy"]
    (table,) = paper.tables()
    for row, urged in zip(table.rows, letter.urged.select_related("task"), strict=True):
        assert row.cells[1] == urged.task.title
        assert row.cells[4] == str((SUMMER - urged.task.deadline).days)
    assert "chậm nhất ngày 29/7/2022" in said(paper)
    assert "Cử cán bộ đầu mối." in said(paper)


def test_every_kind_is_printed_whole_in_letters_that_exist(story, conference, letter):
    """One PDF a kind: no glyph stands for another letter, and what is an annex lies on pages of its own."""
    for kind in (
        PaperKind.INVITATION,
        PaperKind.SIGN_IN_SHEET,
        PaperKind.MINUTES,
        PaperKind.CONCLUSION_NOTICE,
        PaperKind.TASK_ANNEX,
        PaperKind.URGING_LETTER,
    ):
        subjects = {PaperKind.TASK_ANNEX: story.programs_2022["B"], PaperKind.URGING_LETTER: letter}
        paper = built(kind, subjects.get(kind, conference), story, SUMMER)
        made = rendered(paper)
        printed = taken_apart(made.content)
        assert not wrong_glyphs(made.content), kind
        assert made.file_name.endswith(".pdf") and printed.text, kind


def test_a_conference_ends_after_it_began(conference):
    assert conference.ended_at == time(16, 45)
