"""The table of comments and answers: what it says, in the order of the draft; as Word and as PDF the same."""

import io
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from coordination.consultation import services as consultation
from coordination.consultation.enums import PlaceKind, Silence
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import RuleBroken
from reports.documents.comment_table import COMMENT_COLUMNS, comment_table
from reports.docx.engine import paper_docx
from tests.checkers import pdf
from tests.conftest import MOMENT
from tests.factories.consultations import (
    DAYS_OPEN,
    close,
    drafter_of,
    make_comment,
    make_round,
    party_of,
    place_in,
    writer_of,
)
from tests.factories.programs import make_program

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_answered():
    """Three comments of two parties, written against the order of the draft; one party has none, one is silent."""
    round = make_round(
        make_program("draft", 5),
        silence=Silence.NO_COMMENTS,
        letter_number=7,
        letter_symbol="UBND-VP",
        letter_on=date(2022, 3, 29),
    )
    second, third, fourth = (party_of(round, turn) for turn in (2, 3, 4))
    last = make_comment(round, third, place=place_in(round, PlaceKind.SECTION, 2), text="Bỏ cụm từ “cùng làm”.")
    first = make_comment(round, second, place=place_in(round, PlaceKind.SECTION, 0), text="Viết gọn.", proposed="Gọn.")
    make_comment(round, second, place=place_in(round, PlaceKind.WHOLE), text="Thống nhất bố cục.")
    consultation.declare_no_comments(round, actor=writer_of(fourth.agency), party=fourth)
    drafter = drafter_of(round)
    consultation.answer(first, actor=drafter, revision=1, state="accepted")
    consultation.answer(last, actor=drafter, revision=1, state="explained", words="Cụm từ theo Nghị quyết")
    return round


def test_rows_stand_in_the_order_of_the_document():
    paper = comment_table(make_answered())
    rows = [row.cells for row in paper.tables()[1].rows]
    assert rows == [
        ("1", "Toàn văn dự thảo", "Bên thứ 2", "Thống nhất bố cục.", ""),
        (
            "2",
            "Mục I. Mục đích, yêu cầu",
            "Bên thứ 2",
            "Viết gọn.\nĐề nghị sửa thành: “Gọn.”",
            "Tiếp thu.",
        ),
        (
            "3",
            "Mục II.1. Xây dựng nông thôn mới",
            "Bên thứ 3",
            "Bỏ cụm từ “cùng làm”.",
            "Giải trình: Cụm từ theo Nghị quyết.",
        ),
    ]


def test_counts_per_agency_stand_on_top():
    paper = comment_table(make_answered())
    assert [row.cells for row in paper.tables()[0].rows] == [
        ("1", "Bên thứ 2", "2", "1", "-", "-", ""),
        ("2", "Bên thứ 3", "1", "-", "-", "1", ""),
        ("3", "Bên thứ 4", "-", "-", "-", "-", "Không có ý kiến"),
        ("4", "Bên thứ 5", "-", "-", "-", "-", "Chưa trả lời"),
        ("", "Tổng cộng", "3", "1", "-", "1", ""),
    ]
    assert paper.blocks[0].text == (
        "Đã lấy ý kiến 04 cơ quan: 02 cơ quan có ý kiến, 01 cơ quan không có ý kiến, 01 cơ quan chưa trả lời. "
        "Tổng số 03 ý kiến: tiếp thu 01, giải trình 01, chưa trả lời 01."
    )
    assert paper.lines == (
        "(Theo Công văn số 07/UBND-VP ngày 29/3/2022; Đợt 1, bản dự thảo 0.1 gửi ngày 30/3/2022; "
        "lấy ý kiến đến hết ngày 09/4/2022)",
    )


@pytest.mark.parametrize(
    ("silence", "printed"),
    [
        (Silence.AGREEMENT, "Không trả lời đúng hạn, coi như đồng ý với dự thảo"),
        (Silence.NO_COMMENTS, "Không trả lời đúng hạn, coi như không có ý kiến"),
        (Silence.NOTHING, "Không trả lời"),
    ],
)
def test_a_silent_agency_is_told_as_the_letter_said(silence, printed):
    round = make_round(silence=silence)
    make_comment(round)
    with clock.standing_at(MOMENT + timedelta(days=DAYS_OPEN + 1)):
        closed = close(round)
    assert comment_table(closed).tables()[0].rows[1].cells[-1] == printed


def test_an_agency_cut_short_is_not_called_silent():
    round = make_round(silence=Silence.AGREEMENT)
    make_comment(round)
    closed = close(round, reason="Trình sớm")
    assert comment_table(closed).tables()[0].rows[1].cells[-1] == "Chưa trả lời khi kết thúc đợt lấy ý kiến"


def test_a_round_without_comments_makes_no_table(sign_in):
    round = make_round()
    with pytest.raises(RuleBroken):
        comment_table(round)
    client = sign_in(drafter_of(round))
    for kind in ("docx", "pdf"):
        answer = client.get(reverse(f"reports:comment-table-{kind}", args=[round.program.slug, 1]))
        assert answer.status_code == 422
    assert not AuditEntry.objects.filter(action=AuditAction.EXPORTED).exists()


def test_the_word_file_has_real_styles_and_repeats_its_heading():
    paper = comment_table(make_answered())
    document = Document(io.BytesIO(paper_docx(paper)))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert [one.style.name for one in document.paragraphs[:3]] == ["Title", "Subtitle", "Dẫn chiếu"]
    for name in ("Normal", "Title", "Subtitle", "Chữ trong bảng", "Đầu bảng"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert document.core_properties.language == "vi-VN"
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    counts, comments = document.tables
    for table in (counts, comments):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [cell.text for cell in comments.rows[0].cells] == [column.heading for column in COMMENT_COLUMNS]
    assert [[cell.text for cell in row.cells] for row in comments.rows[1:]] == [
        list(row.cells) for row in paper.tables()[1].rows
    ]


def test_the_same_table_gives_the_same_bytes():
    paper = comment_table(make_answered())
    content = paper_docx(paper)
    assert paper_docx(paper) == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(packed.read(name))


def test_what_looks_like_a_formula_or_a_field_is_plain_text():
    round = make_round()
    hostile = '=cmd|"/c calc"!A1 {DDEAUTO c:\\\\x} <w:p/> & ]]>'
    make_comment(round, text=hostile, proposed="@SUM(1)\n\t+1")
    content = paper_docx(comment_table(round))
    document = Document(io.BytesIO(content))
    assert document.tables[1].rows[1].cells[3].text.splitlines()[0] == hostile
    body = document.element.body
    assert not list(body.iter(qn("w:instrText")))
    assert not list(body.iter(qn("w:fldChar")))


def test_one_click_hands_over_either_file_and_the_audit_tells(sign_in):
    round = make_answered()
    client = sign_in(drafter_of(round))
    word = client.get(reverse("reports:comment-table-docx", args=[round.program.slug, 1]))
    assert (word.status_code, word.headers["Content-Type"]) == (200, WORD)
    assert word.headers["Content-Disposition"].startswith("attachment;")
    assert Document(io.BytesIO(word.content)).tables
    printed = client.get(reverse("reports:comment-table-pdf", args=[round.program.slug, 1]))
    assert (printed.status_code, printed.headers["Content-Type"]) == (200, "application/pdf")
    printed = pdf.taken_apart(printed.content)
    assert {(297, 210)} == {(int(wide + 0.5), int(high + 0.5)) for wide, high in printed.sizes}
    words = printed.text
    for said in ("BẢNG TỔNG HỢP", "Cơ quan góp ý", "Thống nhất bố cục.", "Giải trình: Cụm từ theo Nghị quyết."):
        assert said in words
    told = AuditEntry.objects.filter(action=AuditAction.EXPORTED, object_kind="coordination.consultationround")
    assert [entry.after["file"].rpartition(".")[2] for entry in told.order_by("sequence")] == ["docx", "pdf"]
