"""Papers as dataclasses: what is unknown stays blank, what is typed stays text."""

import dataclasses
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from django.utils.safestring import mark_safe
from fontTools.ttLib import TTFont

from agencies.directory.enums import AgencyKind, Family
from agencies.models import Agency, AgencyName
from reports.composed import values
from reports.documents import wording
from reports.documents.blocks import SHORT_TABLE, Column, Figure, Paragraph, Row, Table
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of
from reports.documents.measuring import width_pt
from reports.documents.meeting import TO_FILL_IN
from reports.documents.papers import Letterhead, PaperDay, PaperSection, PaperState, Recipients, SignatureBlock
from reports.documents.render import paper_html
from reports.pdf.assets import FACES
from tests.checkers.papers import letterhead, program_paper, report_paper, signatures


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (PaperDay(2022, 3, 5), "ngày 05 tháng 3 năm 2022"),
        (PaperDay(2022, 2, 15), "ngày 15 tháng 02 năm 2022"),
        (PaperDay(2022, 11, 30), "ngày 30 tháng 11 năm 2022"),
        (PaperDay(2022, 3), "ngày \u00a0\u00a0\u00a0\u00a0\u00a0 tháng 3 năm 2022"),
        (PaperDay(2022), "ngày \u00a0\u00a0\u00a0\u00a0\u00a0 tháng \u00a0\u00a0\u00a0\u00a0\u00a0 năm 2022"),
    ],
)
def test_days_are_padded_as_the_decree_says_and_blank_where_unknown(day, text):
    assert day.text == text


@pytest.mark.parametrize(
    ("number", "text"), [(2, "Số: 02/CTPH"), (58, "Số: 58/CTPH"), (None, "Số: " + "\u00a0" * 6 + "/CTPH")]
)
def test_a_number_is_padded_or_left_blank(number, text):
    assert letterhead(number=number, symbol="CTPH").number_text == text


def test_the_day_of_the_file_is_known_only_when_the_day_is_whole():
    assert PaperDay.of(date(2022, 3, 30)).iso == "2022-03-30"
    assert PaperDay(2022, 3).iso is None


def test_an_unknown_signer_is_a_dotted_gap():
    assert set(SignatureBlock(lines=("CHỦ TỊCH",)).name) == {"…"}
    assert SignatureBlock(lines=("CHỦ TỊCH",), signer="Trần Việt Dũng").name == "Trần Việt Dũng"


def test_nothing_unknown_is_printed_as_none():
    paper = program_paper(
        2,
        letterhead=Letterhead(issuer_lines=("ỦY BAN NHÂN DÂN",), day=PaperDay(2022)),
        signatures=(SignatureBlock(lines=("CHỦ TỊCH",)),) * 2,
        legal_bases=(),
        opening=(),
        annexes=(),
    )
    assert "None" not in paper_html(paper)


def test_bases_end_with_semicolons_and_the_last_with_a_full_stop():
    assert program_paper(legal_bases=("Căn cứ A;", "Căn cứ B.", "Căn cứ C")).bases == [
        "Căn cứ A;", "Căn cứ B;", "Căn cứ C."
    ]  # fmt: skip


@pytest.mark.parametrize(
    "closing", ["Trân trọng báo cáo", "Trân trọng báo cáo.", "Trân trọng báo cáo./.", "Trân trọng báo cáo ;"]
)
def test_the_text_ends_with_the_end_mark_once(closing):
    assert report_paper(closing=closing).closing_text == "Trân trọng báo cáo./."


def test_recipients_are_dashed_and_the_last_ends_with_a_full_stop():
    assert list(Recipients(("Thường trực Huyện ủy;", "- Như trên.", " ", "Lưu: VT"))) == [
        "- Thường trực Huyện ủy;", "- Như trên;", "- Lưu: VT."
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "label"), [("I", "I."), ("1", "1."), ("a", "a)"), ("đ", "đ)"), ("2.1", "2.1."), ("1)", "1)"), ("", "")]
)
def test_section_numbers_are_printed_with_their_sign(number, label):
    assert PaperSection(number=number, heading="x").label == label


def test_a_part_without_heading_carries_its_number_before_its_words():
    section = PaperSection(
        number="3", level=2, blocks=(Paragraph("Làm tốt công tác phòng, chống dịch."), Paragraph("Tiếp."))
    )
    html = paper_html(program_paper(sections=(section,)))
    assert "<p>3. Làm tốt" in html and "<p>Tiếp.</p>" in html


def test_text_is_composed_and_cleaned_wherever_it_comes_in():
    decomposed = unicodedata.normalize("NFD", "Đầm Hà")
    paper = program_paper(
        subject=decomposed + "\u202e",
        legal_bases=(decomposed,),
        sections=(PaperSection(heading=decomposed, blocks=(Paragraph(decomposed),)),),
    )
    html = paper_html(paper)
    assert html == unicodedata.normalize("NFC", html) and "\u202e" not in html


def letters_of(face) -> set[int]:
    with TTFont(face, lazy=True) as font:
        return set(font.getBestCmap())


def test_white_space_no_face_can_draw_becomes_a_plain_space():
    """Pasted from other programs; the engine would print a box for it, for it is asked of letters only."""
    drawable = set.intersection(*map(letters_of, FACES))
    every = [chr(code) for code in range(0x10000) if chr(code).isspace()]
    told = Paragraph("Đầm".join(every)).text
    assert {char for char in told if ord(char) not in drawable} <= set("\t\n\r")
    assert Paragraph("30\u3000tháng\u20283\u202f%").text == "30 tháng\n3\u00a0%"


def test_text_that_calls_itself_safe_is_escaped_all_the_same():
    html = paper_html(program_paper(closing=mark_safe("<b>đậm</b>"), legal_bases=(mark_safe("<i>nghiêng</i>"),)))
    assert "<b>" not in html and "<i>" not in html
    assert "&lt;b&gt;đậm" in html


@pytest.mark.parametrize("markup", ["<svg></svg>", mark_safe("<script></script>"), mark_safe("<p>x</p>")])
def test_a_figure_takes_nothing_but_a_chart(markup):
    with pytest.raises(TypeError):
        Figure(caption="Biểu đồ", svg=markup)


def test_a_row_that_does_not_fit_its_columns_is_refused():
    columns = (Column("TT", 10), Column("Nội dung", 45), Column("Chủ trì", 45))
    with pytest.raises(ValueError, match="does not fit"):
        Table(caption="Bảng 1", columns=columns, rows=(Row(("1", "x")),))
    with pytest.raises(ValueError):
        Column("TT", 10, "middle")


def test_the_digest_changes_with_any_word_and_only_then():
    paper = program_paper()
    assert paper.digest() == program_paper().digest()
    for changed in (
        program_paper(closing="Khác"),
        program_paper(state=PaperState.DRAFT),
        program_paper(letterhead=letterhead(number=3)),
        program_paper(signatures=tuple(reversed(signatures(2)))),
        dataclasses.replace(paper, is_illustrative=True),
    ):
        assert changed.digest() != paper.digest()


def test_a_subject_is_broken_into_even_lines():
    lines = program_paper(
        subject="Phối hợp công tác năm 2022 giữa Ủy ban nhân dân huyện với Ủy ban Mặt trận"
    ).subject_lines
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) < 15
    assert report_paper(subject="Kết quả năm 2021,\nnhiệm vụ năm 2022").subject_lines == [
        "Kết quả năm 2021,",
        "nhiệm vụ năm 2022",
    ]
    assert report_paper(subject="Kết quả\nnăm 2021").title == "Báo cáo kết quả năm 2021"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (43, 46, "93,5%"),
        (46, 46, "100%"),
        (0, 5, "0%"),
        (1, 3, "33,3%"),
        (2, 3, "66,7%"),
        (1999, 2000, "99,9%"),
        (0, 0, "-"),
    ],
)
def test_shares_are_rounded_to_one_decimal_and_never_up_to_the_whole(part, whole, text):
    assert values.share(part, whole) == text


def test_names_are_listed_and_dashes_are_hyphens():
    assert wording.listed(["A"]) == "A" and wording.listed(["A", "B", "C"]) == "A, B và C"
    assert wording.hyphenated("chính trị – xã hội — huyện") == "chính trị - xã hội - huyện"
    assert [paragraph.text for paragraph in wording.paragraphs("Một\n\n Hai. \n")] == ["Một.", "Hai."]


def test_a_few_long_rows_are_no_short_table():
    """Printed whole, they would leave the page before them empty and stand under no heading."""
    columns = (Column("TT", 10), Column("Nội dung", 90))
    short = Table(columns=columns, rows=tuple(Row((str(n), "Nhiệm vụ")) for n in range(SHORT_TABLE)))
    assert short.is_short and not replace(short, rows=(*short.rows, Row(("12", "Nhiệm vụ")))).is_short
    assert not replace(short, rows=(Row(("1", "Nội dung rất dài. " * 100)),)).is_short


@pytest.mark.parametrize(
    ("family", "kind", "symbol"),
    [(Family.STATE, "", "UBND-VP"), (Family.PARTY, "", "CV-UBND-VP"), ("", AgencyKind.YOUTH_UNION, "CV-UBND-VP")],
)
def test_letters_of_the_party_and_the_union_are_named_in_their_symbol(family, kind, symbol):
    """Hướng dẫn 36-HD/VPTW: "Số 12-CV/BTGHU"; Decree 30 gives official letters no abbreviation."""
    name = AgencyName(family=family or Family.ORGANISATION, document_symbol="UBND-VP", agency=Agency(kind=kind))
    assert kind_of(PaperKind.URGING_LETTER).symbol(name) == symbol
    assert kind_of(PaperKind.MINUTES).symbol(name) == "BB-UBND-VP"


def test_a_place_to_be_filled_in_stands_on_the_line_of_its_word():
    """Dots that go on over to the next line pull the words of the justified line before them apart."""
    room_mm = 210 - 30 - 15 - 12.7
    assert width_pt(f"Thư ký (người ghi biên bản): {TO_FILL_IN}", 14) * 25.4 / 72 < room_mm
