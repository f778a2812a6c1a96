"""Papers as Word files: the words and measures of the paper, real styles, the same bytes, and nothing that acts."""

import io
import re
import zipfile
from collections import Counter
from datetime import date
from functools import cache
from html import unescape
from xml.etree import ElementTree

import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from records.errors import RuleBroken
from records.files.contents import look_inside
from records.files.enums import FileKind
from reports.documents.blocks import Column, Figure, Paragraph, Row, Table
from reports.documents.comment_table import TablePaper
from reports.documents.layout_profiles import ND30, PARTY_05, PROFILES
from reports.documents.papers import (
    Annex,
    Letterhead,
    LetterPaper,
    PaperDay,
    PaperSection,
    PaperState,
    Recipients,
    SignatureBlock,
)
from reports.documents.render import paper_html
from reports.docx import engine, styles
from reports.docx.engine import paper_docx
from tests.checkers.papers import letterhead, program_paper, report_paper, signatures, task_table
from tests.checkers.word import Opened, opened


def letter(**changes) -> LetterPaper:
    given = {
        "state": PaperState.ISSUED,
        "letterhead": letterhead(issuer_lines=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẦM HÀ"), number=7, symbol="UBND-VP"),
        "subject": "Đôn đốc thực hiện nhiệm vụ phối hợp năm 2022",
        "addressees": ("Hội Nông dân huyện", "Hội Liên hiệp Phụ nữ huyện"),
        "opening": (Paragraph("Ủy ban nhân dân huyện đề nghị các cơ quan thực hiện như sau:"),),
        "closing": "Trân trọng đề nghị các cơ quan phối hợp",
        "signatures": signatures(1),
        "recipients": Recipients(("Như trên", "Lưu: VT")),
    }
    return LetterPaper(**{**given, **changes})


def draft(label: str = "0.2"):
    head = letterhead(number=None, day=PaperDay(2022, 3))
    return program_paper(2, state=PaperState.DRAFT, letterhead=head, draft_label=label)


PAPERS = {
    "2 parties": lambda: program_paper(2),
    "3 parties": lambda: program_paper(3),
    "8 parties": lambda: program_paper(8),
    "16 parties": lambda: program_paper(16),
    "report": report_paper,
    "draft": draft,
    "letter": letter,
    "letter to one": lambda: letter(addressees=("Hội Nông dân huyện",)),
    "Party": lambda: program_paper(2, profile_code=PARTY_05.code, closing="Hết"),
}
every_paper = pytest.mark.parametrize("name", PAPERS)


@cache
def written(name: str) -> bytes:
    return paper_docx(PAPERS[name]())


@cache
def read(name: str) -> Opened:
    return opened(written(name))


def words_of_page(html: str) -> Counter[str]:
    """Every word the same paper's page says; charts are drawn there, and only named here."""
    body = html[html.index("<body") :]
    for drawn in ("svg", "style"):
        body = re.sub(rf"<{drawn}.*?</{drawn}>", " ", body, flags=re.DOTALL)
    body = re.sub(r'<div class="strip">.*?</div>\s*</div>', " ", body, flags=re.DOTALL)
    return Counter(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@every_paper
def test_the_word_file_says_what_the_page_says_word_for_word(name):
    assert read(name).words == words_of_page(paper_html(PAPERS[name]()))


@every_paper
def test_the_same_paper_gives_the_same_bytes(name, monkeypatch):
    first = written(name)
    monkeypatch.setenv("TZ", "America/New_York")
    assert paper_docx(PAPERS[name]()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_word_gives_other_bytes():
    assert paper_docx(program_paper(closing="Khác")) != written("2 parties")


@every_paper
def test_the_portal_would_take_its_own_file_in(name):
    """Rule: R-FILE-2. Nothing in it acts by itself, and every part is well-formed."""
    look_inside(FileKind.DOCX, io.BytesIO(written(name)))
    for part, xml in read(name).parts.items():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(xml)


def test_every_part_of_a_paper_stands_in_the_style_named_after_it():
    paper, word = program_paper(2), read("2 parties")
    expected = {
        "Quốc hiệu": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        "Tiêu ngữ": ["Độc lập - Tự do - Hạnh phúc"],
        "Cơ quan ban hành": list(paper.letterhead.issuer_lines),
        "Số, ký hiệu": ["Số: 02/CTPH-HĐND-UBND-MTTQ"],
        "Địa danh, ngày tháng": ["Đầm Hà, ngày 30 tháng 3 năm 2022"],
        "Title": ["CHƯƠNG TRÌNH"],
        "Subtitle": paper.subject_lines,
        "Căn cứ": paper.bases,
        "Heading 1": [f"{section.label} {section.heading}" for section in paper.sections],
        "Quyền hạn": ["TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN HUYỆN", "TM. ỦY BAN NHÂN DÂN HUYỆN"],
        "Chức vụ": ["CHỦ TỊCH", "CHỦ TỊCH"],
        "Họ tên người ký": ["Đặng Văn Tuấn", "Trần Việt Dũng"],
        "Nơi nhận": ["Nơi nhận:"],
        "Danh sách nơi nhận": list(paper.recipients),
        "Phụ lục": ["Phụ lục"],
        "Tên phụ lục": ["DANH MỤC NHIỆM VỤ PHỐI HỢP NĂM 2022"],
    }
    assert {style: word.in_style(style) for style in expected} == expected


@pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))
def test_styles_carry_the_measures_of_the_profile(profile):
    document = opened(paper_docx(program_paper(2, profile_code=profile.code))).document
    for name, look in styles.LOOKS.items():
        style = document.styles[name]
        assert style.font.size.pt == styles.size_pt(profile, look.size), name
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    text, measures = document.styles["Normal"].paragraph_format, profile.measures
    assert round(text.first_line_indent.cm, 2) == measures["indent"].value
    assert text.space_after.pt == measures["paragraph-gap"].value
    pages = document.sections[0]
    assert (round(pages.page_width.mm), round(pages.page_height.mm)) == (210, 297)
    for side in ("top", "right", "bottom", "left"):
        assert round(getattr(pages, f"{side}_margin").mm) == measures[f"margin-{side}"].value


def test_conventions_of_the_party_are_followed():
    word = read("Party")
    assert word.in_style("Quốc hiệu") == ["ĐẢNG CỘNG SẢN VIỆT NAM"] and word.in_style("Tiêu ngữ") == []
    assert word.in_style("Cơ quan ban hành")[-1] == "*" and word.in_style("Subtitle")[-1] == "-----"
    assert word.document.styles["Chức vụ"].font.bold is False
    assert word.document.styles["Nơi nhận"].font.underline is True
    assert "Hết." in word.in_style("Normal")


def test_a_letter_is_about_something_and_to_somebody_and_has_no_title():
    word = read("letter")
    assert word.in_style("Trích yếu công văn") == ["V/v đôn đốc thực hiện nhiệm vụ phối hợp năm 2022"]
    assert word.in_style("Kính gửi") == ["Kính gửi:", "- Hội Nông dân huyện;", "- Hội Liên hiệp Phụ nữ huyện."]
    assert word.in_style("Title") == word.in_style("Subtitle") == []
    one = read("letter to one")
    assert one.in_style("Kính gửi") == ["Kính gửi: Hội Nông dân huyện"]


@pytest.mark.parametrize("parties", (2, 3, 4, 8, 9, 16))
def test_the_lead_signs_at_the_top_right_and_every_line_is_kept_with_the_next(parties):
    word = opened(paper_docx(program_paper(parties)))
    grids = [table for table in word.document.tables if table.rows[0].cells[0].paragraphs[0].style.name == "Quyền hạn"]
    across = len(grids[0].columns)
    names = [row.cells for grid in grids for row in grid.rows[2::3]]
    assert names[0][across - 1].text == "Trần Việt Dũng"
    assert sum(bool(cell.text) for row in names for cell in row) == parties
    for grid in grids:
        for row in grid.rows:
            assert row._tr.trPr.find(qn("w:cantSplit")) is not None
            for cell in row.cells:
                assert all(one.paragraph_format.keep_with_next for one in cell.paragraphs)
    closing = next(one for one in word.document.paragraphs if one.text == program_paper(parties).closing_text)
    assert closing.paragraph_format.keep_with_next


def test_the_issuers_of_the_party_have_the_width_they_have_on_the_page():
    """Otherwise a line of the letterhead that fits the PDF breaks in Word."""
    for name, width in (("Party", 78 + 10), ("2 parties", 66 + 10)):
        assert round(read(name).document.tables[0].columns[0].width.mm) == width


def test_addressees_stand_apart_from_the_head_and_the_text():
    for name in ("letter", "letter to one"):
        lines = [one for one in read(name).document.paragraphs if one.style.name == "Kính gửi"]
        assert lines[0].paragraph_format.space_before.pt == lines[-1].paragraph_format.space_after.pt == 12


def test_recipients_below_several_signers_stand_in_two_columns_as_on_the_page():
    told = ("Thường trực Tỉnh ủy", "Thường trực Huyện ủy", "Các bên", "UBND các xã", "Lưu: VT")
    word = opened(paper_docx(program_paper(2, recipients=Recipients(told))))
    [grid] = [
        table for table in word.document.tables if table.rows[0].cells[0].paragraphs[0].style.name.startswith("Danh")
    ]
    assert [len(cell.paragraphs) for cell in grid.rows[0].cells] == [3, 2]
    assert word.in_style("Danh sách nơi nhận")[-1] == "- Lưu: VT."


def test_the_break_before_an_annex_takes_no_line():
    """On a page that is full it would fall on a page of its own, with nothing else on it."""
    endings = [one for one in read("8 parties").document.paragraphs if one._p.pPr.find(qn("w:sectPr")) is not None]
    assert len(endings) == 1 and all(one.paragraph_format.line_spacing.pt == 1 for one in endings)


def test_a_second_title_stands_under_the_name():
    block = SignatureBlock(lines=("CHỦ TỊCH",), signer="Trần Việt Dũng", second_title="Phó Bí thư Huyện ủy")
    word = opened(paper_docx(program_paper(2, signatures=(block, *signatures(1)))))
    assert word.in_style("Chức danh khác") == ["Phó Bí thư Huyện ủy"]


def test_pages_are_numbered_by_word_from_the_second_on():
    word = read("2 parties")
    assert word.fields == ["PAGE"]
    first = word.document.sections[0]
    assert first.different_first_page_header_footer
    assert first.first_page_header._element.findall(f".//{qn('w:instrText')}") == []
    assert not any(section.different_first_page_header_footer for section in list(word.document.sections)[1:])


def test_a_wide_annex_lies_on_turned_pages_of_its_own():
    wide = Annex(number="II", title="NHIỆM VỤ", blocks=(task_table(),), is_landscape=True)
    upright = Annex(number="I", title="KẾT QUẢ", blocks=(task_table(),))
    sections = opened(paper_docx(program_paper(2, annexes=(wide, upright)))).document.sections
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in sections]
    assert turned == [False, True, False]
    assert (round(sections[1].page_width.mm), round(sections[1].page_height.mm)) == (297, 210)
    assert round(sections[1].top_margin.mm) == ND30.measures["landscape-binding-edge"].value
    assert round(sections[2].left_margin.mm) == ND30.measures["margin-left"].value


def test_a_table_repeats_its_heading_and_tears_only_rows_longer_than_a_page():
    long = "Nội dung rất dài. " * 400
    columns = (Column("TT", 10, "center"), Column("Nội dung", 90))
    rows = (Row(("Lĩnh vực",)), Row(("1", "Ngắn")), Row(("2", long)), Row(("", "Cộng"), is_total=True))
    paper = program_paper(2, annexes=(Annex(title="BẢNG", blocks=(Table(columns=columns, rows=rows),)),))
    grid = opened(paper_docx(paper)).document.tables[-1]
    marks = (qn("w:tblHeader"), qn("w:cantSplit"))
    held = [[bool(list(row._tr.iter(mark))) for mark in marks] for row in grid.rows]
    assert held == [[True, True], [False, True], [False, True], [False, False], [False, True]]
    assert abs(sum(column.width for column in grid.columns) - Mm(165)) < Mm(1)


def test_a_draft_says_so_with_its_version_on_every_page():
    word = read("draft")
    assert word.watermarks == ["DỰ THẢO 0.2", "DỰ THẢO 0.2"]
    assert word.in_style("Dự thảo") == ["DỰ THẢO\n(Bản 0.2)"]
    assert opened(paper_docx(draft("0.2+"))).in_style("Dự thảo") == ["DỰ THẢO\n(Sửa sau bản 0.2)"]
    assert opened(paper_docx(draft(""))).watermarks == ["DỰ THẢO", "DỰ THẢO"]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (PaperState.DRAFT, "Dự thảo"),
        (PaperState.FOR_SIGNING, "Bản trình ký"),
        (PaperState.ISSUED, "Bản phát hành"),
    ],
)
def test_the_file_says_what_it_was_made_of(state, said):
    paper = program_paper(2, state=state)
    properties = opened(paper_docx(paper)).document.core_properties
    assert properties.content_status == said
    assert properties.title == paper.title and properties.language == "vi-VN"
    assert properties.identifier == paper.digest()
    assert properties.created.date() == date(2022, 3, 30)
    if state is not PaperState.DRAFT:
        assert opened(paper_docx(paper)).watermarks == []


def test_a_file_one_may_change_carries_no_code_of_verification():
    """Why: whoever scans the code is told that the paper is valid; the words of this file may be others by then."""
    stripped = program_paper(2).stripped("program", version="1.1")
    content = opened(paper_docx(stripped))
    assert stripped.strip and stripped.strip.code_in_groups.encode() not in b"".join(content.parts.values())
    assert content.words == read("2 parties").words


def test_a_chart_is_a_drawing_and_a_picture_with_its_values_in_words():
    word = read("report")
    figures = [block for section in report_paper().sections for block in section.blocks if isinstance(block, Figure)]
    drawn = [part for part in word.parts if part.endswith(".svg")]
    pictures = [part for part in word.parts if part.endswith(".png")]
    assert (len(figures), len(drawn), len(pictures)) == (2, 2, 2)
    for part in drawn:
        assert ElementTree.fromstring(word.parts[part]).tag == "{http://www.w3.org/2000/svg}svg"
    for part in pictures:
        with Image.open(io.BytesIO(word.parts[part])) as picture:
            assert picture.width == 1248 and len(picture.convert("RGB").getcolors(64 * 64)) > 5
    told = [node.get("descr") for node in word.document.element.body.iter(qn("wp:docPr"))]
    assert len(told) == 2 and all(any(char.isdigit() for char in words) for words in told)


HOSTILE = (
    '=cmd|"/c calc"!A1',
    '{ DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" }',
    "{ INCLUDEPICTURE http://127.0.0.1/a.png }",
    "<w:p><w:r><w:instrText>HYPERLINK http://x.invalid</w:instrText></w:r></w:p>",
    "]]></w:t><!ENTITY a SYSTEM 'file:///etc/passwd'>&a; &lt; &#0;",
    '"><script>alert(1)</script>',
    "{{ paper }}{% include 'base.html' %}",
    "http://127.0.0.1/ file:///etc/passwd \\\\127.0.0.1\\share",
    "🎉 中文 Êđê ê̆",
)


def paper_saying(text: str):
    table = Table(caption=text, columns=(Column(text, 50), Column(text, 50)), rows=(Row((text, text)), Row((text,))))
    return program_paper(
        2,
        letterhead=Letterhead(
            issuer_lines=(text,), superior_lines=(text,), symbol=text, place=text, day=PaperDay(2022, 3, 30)
        ),
        kind_name=text,
        subject=text,
        legal_bases=(text, text),
        opening=(Paragraph(text),),
        sections=(PaperSection(number=text, heading=text, blocks=(Paragraph(text), table)),),
        closing=text,
        signatures=(SignatureBlock(lines=(text, text), signer=text, note=text, second_title=text),) * 2,
        recipients=Recipients((text, text)),
        annexes=(Annex(number=text, title=text, reference=text, blocks=(Paragraph(text), table)),),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_asks_word_for_nothing(text):
    word: Opened = opened(paper_docx(paper_saying(text)))
    typed = "".join(text.split())[:12]
    assert sum(typed in "".join(said.split()) for _style, said in word.said) >= 15
    assert word.fields == ["PAGE"] and word.targets_outside == []
    expected = set(read("2 parties").parts)
    assert set(word.parts) == expected


@pytest.mark.parametrize("text", ["a\x00b", "tên\u202egnp.exe", "a\ud800b", "a\x0bb\x1f", "\ufffe"])
def test_characters_no_file_may_hold_are_left_out(text):
    word = opened(paper_docx(paper_saying(text + "xong")))
    assert all("xong" in said or "Nơi nhận" in said for _style, said in word.said if "x" in said)


def test_a_cell_keeps_its_lines_in_a_table_of_comments_and_nowhere_else():
    table = Table(columns=(Column("Ý kiến", 100),), rows=(Row(("Dòng một\nDòng hai",)),))
    loose = TablePaper(title="BẢNG", subtitle="Ý kiến", lines=("(Đợt 1)",), blocks=(table,), author="UBND huyện")
    assert opened(paper_docx(loose)).in_style("Đầu bảng")[1:] == ["Dòng một", "Dòng hai"]
    bound = program_paper(2, annexes=(Annex(title="BẢNG", blocks=(table,)),))
    assert opened(paper_docx(bound)).in_style("Đầu bảng")[1:] == ["Dòng một Dòng hai"]


def test_a_paper_too_long_for_one_file_is_refused_with_a_reason():
    rows = tuple(Row((str(n), "x", "x", "x", "x")) for n in range(engine.MOST_ROWS + 1))
    table = Table(columns=task_table().columns, rows=rows)
    with pytest.raises(RuleBroken):
        paper_docx(program_paper(2, annexes=(Annex(title="BẢNG", blocks=(table,)),)))
    with pytest.raises(RuleBroken):
        paper_docx(program_paper(2, opening=(Paragraph("x" * (engine.MOST_LETTERS + 1)),)))


def test_a_sheet_to_sign_has_room_on_every_line():
    columns = (Column("TT", 10, "center"), Column("Ký tên", 90))
    table = Table(columns=columns, rows=(Row(("Đại biểu",)), Row(("1", "")), Row(("2", ""))))
    sheet = TablePaper(title="DANH SÁCH", subtitle="Ký tên", lines=(), blocks=(table,), is_landscape=False)
    document = opened(paper_docx(sheet)).document
    assert document.sections[0].orientation == WD_ORIENT.PORTRAIT
    heights = [row.height for row in document.tables[0].rows]
    assert heights[:2] == [None, None] and [round(high.mm) for high in heights[2:]] == [9, 9]
