"""What a reader with a ruler finds on the papers: Decree 30, Appendix I."""

import functools
import unicodedata

import pytest

from reports.checking.queries import check_of
from reports.documents.blocks import Paragraph
from reports.documents.papers import PaperDay, PaperSection, PaperState
from reports.documents.render import paper_html
from reports.pdf.engine import render_pdf
from tests.checkers.papers import LETTERS, PARTIES, TEXT, letterhead, program_paper, report_paper
from tests.checkers.pdf import MM, Printed, taken_apart, wrong_glyphs

pytestmark = pytest.mark.on_sqlite

PARTY_COUNTS = (2, 3, 8, 16)
PAPERS = {
    **{f"{count} parties": functools.partial(program_paper, count) for count in PARTY_COUNTS},
    "report": report_paper,
    "draft": lambda: program_paper(
        2, state=PaperState.DRAFT, letterhead=letterhead(number=None, day=PaperDay(2022, 3))
    ),
}


@functools.cache
def printed_bytes(name: str) -> bytes:
    return render_pdf(paper_html(PAPERS[name]()))


@functools.cache
def printed(name: str) -> Printed:
    return taken_apart(printed_bytes(name))


every_paper = pytest.mark.parametrize("name", PAPERS)


@every_paper
def test_pages_are_a4_with_the_margins_of_the_decree(name):
    paper = printed(name)
    assert {tuple(sorted(size)) for size in paper.sizes} == {(210, 297)}
    body = [line for line in paper.lines if not line.text.isdigit() and not paper.is_landscape[line.page - 1]]
    left, right = min(line.x0 for line in body) / MM, max(line.x1 for line in body) / MM
    assert 29.5 <= left <= 35 and 14.5 <= 210 - right <= 20.5
    assert min(line.top for line in body) / MM >= 20
    assert max(line.bottom for line in body) / MM <= 297 - 20


@every_paper
def test_page_numbers_stand_in_the_middle_of_the_top_margin_but_not_on_page_1(name):
    paper = printed(name)
    for page in range(1, len(paper.sizes) + 1):
        in_margin = [line for line in paper.on(page) if line.bottom < 20 * MM and line.text.isdigit()]
        assert [line.text for line in in_margin] == ([] if page == 1 else [str(page)])
        width, side = paper.sizes[page - 1][0], 7.5 if not paper.is_landscape[page - 1] else 0
        assert all(line.size == 13 and abs(line.middle / MM - width / 2 - side) < 1 for line in in_margin)


@every_paper
def test_one_typeface_draws_every_letter_it_claims(name):
    assert all(font.startswith("Tinos") for font in printed(name).fonts)
    assert wrong_glyphs(printed_bytes(name)) == []


@every_paper
def test_text_comes_back_composed(name):
    text = printed(name).text
    assert text == unicodedata.normalize("NFC", text)
    assert not any(unicodedata.combining(char) for char in text)
    assert "None" not in text and "\ufffd" not in text


def test_every_vietnamese_letter_comes_back():
    assert printed("report").lacks(*LETTERS.split()) == []


@every_paper
def test_national_heading_is_right_on_one_line_with_a_rule_as_long_as_the_motto(name):
    paper = printed(name)
    nation = paper.find("^CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM$", page=1)
    motto = paper.find("^Độc lập - Tự do - Hạnh phúc$", page=1)
    assert (nation.size, motto.size) == (12, 13)
    assert nation.is_bold and motto.is_bold and nation.middle > 105 * MM
    assert abs(nation.middle - motto.middle) < 3
    assert 0.95 < paper.rule_under(motto) / motto.width < 1.05


@every_paper
def test_issuer_number_and_place_stand_where_the_decree_puts_them(name):
    paper = printed(name)
    nation = paper.find("^CỘNG HÒA", page=1)
    issuer = [line for line in paper.on(1) if line.x1 < nation.x0 and line.top < nation.top + 75 and line.is_bold]
    assert issuer and all(line.size == 12 and line.text == line.text.upper() for line in issuer)
    share = paper.rule_under(issuer[-1]) / max(line.width for line in issuer)
    assert 1 / 3 <= share <= 0.55
    number, place = paper.find("^Số:", page=1), paper.find("tháng 3 năm 2022$", page=1)
    assert number.size == 13 and not number.is_bold and number.middle < 105 * MM
    assert place.size == 13 and place.is_italic and abs(place.middle - nation.middle) < 3
    assert abs(number.bottom - place.bottom) < 1


@every_paper
def test_title_is_centred_over_a_rule(name):
    paper = printed(name)
    kind = paper.find("^(CHƯƠNG TRÌNH|BÁO CÁO)$", page=1)
    subject = [line for line in paper.on(1) if line.is_bold and kind.bottom < line.bottom < kind.bottom + 70]
    subject = [line for line in subject if abs(line.middle - kind.middle) < 3]
    assert kind.size == 14 and abs(kind.middle / MM - 112.5) < 1
    assert 1 / 3 <= paper.rule_under(subject[-1]) / max(line.width for line in subject) <= 0.55


@every_paper
def test_running_text_is_14_points_with_an_indent_of_12_7_mm(name):
    paper = printed(name)
    body = [line for line in paper.lines if line.width > 100 * MM and line.size == 14 and not line.is_bold]
    indents = {round(line.x0 / MM - 30, 1) for line in body if not _is_centred(line)}
    assert indents - {0.0} == {12.7}


def _is_centred(line) -> bool:
    return line.is_italic and not line.text.startswith("Căn cứ")


@pytest.mark.parametrize("count", PARTY_COUNTS)
def test_lead_signs_at_the_top_right_and_no_block_is_torn(count):
    paper = printed(f"{count} parties")
    names = [line for line in paper.lines if line.is_bold and line.text in ("Trần Việt Dũng", "Đặng Văn Tuấn", "…" * 8)]
    assert len(names) == count and all(line.size == 13 for line in names)
    lead = next(line for line in names if line.text == "Trần Việt Dũng")
    assert lead.x0 > max(
        line.x1 for line in names if line.page == lead.page and line.bottom == lead.bottom and line != lead
    )
    assert (lead.page, lead.top) == min((line.page, line.top) for line in names)
    for name in names:
        above = [
            line
            for line in paper.on(name.page)
            if line.is_bold and line.bottom < name.top and abs(line.middle - name.middle) < 3
        ]
        title = max(above, key=lambda line: line.bottom)
        assert title.text in ("CHỦ TỊCH", "BÍ THƯ")
        assert (name.top - title.bottom) / MM >= 25
        assert name.bottom - 80 * MM < min(line.top for line in above if line.bottom > name.top - 60 * MM)


@pytest.mark.parametrize("count", (2, 4, 8, 9, 16))
def test_names_of_one_row_stand_on_one_line(count):
    paper = taken_apart(render_pdf(paper_html(program_paper(count))))
    names = [line for line in paper.lines if line.is_bold and line.text in ("Trần Việt Dũng", "Đặng Văn Tuấn", "…" * 8)]
    rows = {(line.page, round(line.bottom)) for line in names}
    assert len(names) == count and len(rows) == -(-count // 2)


def _short_program(count: int, lines: int):
    """A program with a short title and so many lines of text, every other one closing with a single line."""
    said = (Paragraph("Các bên phối hợp thực hiện."),) * lines
    closing = "Chương trình có hiệu lực kể từ ngày ký" if lines % 4 else TEXT
    sections = (PaperSection(number="I", heading="NỘI DUNG", blocks=said),)
    return program_paper(count, subject="Phối hợp năm 2022", sections=sections, closing=closing, annexes=())


@pytest.mark.parametrize("lines", (2, 8, 14, 20, 26))
@pytest.mark.parametrize("count", (2, 8, 16))
def test_signatures_stand_whole_below_the_last_lines_wherever_the_text_ends(count, lines):
    program = _short_program(count, lines)
    content = render_pdf(paper_html(program))
    assert check_of(program, content).failed == ()
    paper = taken_apart(content)
    titles = [line for line in paper.lines if line.text in {title for _authority, title, _signer in PARTIES}]
    first, *further = sorted({line.page for line in titles})
    edge = min(line.top for line in titles if line.page == first)
    text = [line for line in paper.on(first) if line.size == 14 and not line.is_bold and line.bottom < edge]
    assert len([line for line in text if line.width > 20 * MM]) >= 2
    for page in further:
        opening = [line.text for line in paper.on(page) if not line.text.isdigit()]
        assert opening[:2] == ["Phần ký tiếp theo của", "chương trình phối hợp năm 2022"]
    assert paper.find("^Nơi nhận:").page == [first, *further][-1] == len(paper.sizes)


def test_recipients_are_11_points_left_of_a_lone_signer_and_below_several():
    for name, beside in (("report", True), ("2 parties", False), ("16 parties", False)):
        paper = printed(name)
        head = paper.find("^Nơi nhận:")
        assert head.size == 12 and head.is_bold and head.is_italic
        items = [line for line in paper.on(head.page) if line.text.startswith("- ") and line.top > head.top]
        assert items and all(line.size == 11 for line in items)
        signer = [line for line in paper.on(head.page) if line.text in ("Trần Việt Dũng", "…" * 8)][-1]
        assert (head.top < signer.top) is beside


def test_a_table_longer_than_its_page_repeats_its_heading():
    paper = printed("2 parties")
    pages = [line.page for line in paper.lines if line.text == "Nội dung nhiệm vụ"]
    assert len(pages) > 1 and len(pages) == len(set(pages))


def test_a_draft_says_so_and_a_paper_for_signing_does_not():
    assert "DỰ THẢO" in printed("draft").text
    assert "DỰ THẢO" not in printed("2 parties").text


def test_a_draft_leaves_number_and_day_to_be_filled_in():
    assert printed("draft").find("^Số: /CTPH-HĐND-UBND-MTTQ$", page=1)
    assert printed("draft").find("^Đầm Hà, ngày tháng 3 năm 2022$", page=1)


def test_invented_figures_are_called_illustrative():
    assert "Số liệu minh họa." in printed("report").text
    assert "minh họa" not in printed("2 parties").text
