"""Kiểm tra thể thức: what the check reads in a finished paper, what it finds wrong, and the gate before issuing."""

import functools
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from records import clock
from records.errors import RuleBroken
from reports.checking.enums import Outcome
from reports.checking.queries import Check, check_of
from reports.checking.reading import taken_apart
from reports.checking.sheets import POINTS_OF_MM
from reports.documents.blocks import Paragraph
from reports.documents.enums import PaperKind
from reports.documents.kinds import kind_of_program
from reports.documents.layout_profiles import PROFILES
from reports.documents.papers import (
    Annex,
    LetterPaper,
    Paper,
    PaperDay,
    PaperSection,
    PaperState,
    Recipients,
    SignatureBlock,
)
from reports.documents.render import paper_html
from reports.issuing.models import IssuedDocument
from reports.issuing.rendering import Rendered
from reports.issuing.services.keeping import keep_issued
from reports.pdf.engine import render_pdf
from tests.checkers.papers import letterhead, program_paper, report_paper, signatures
from tests.checkers.pdf import taken_apart as measured_by_another
from tests.factories.programs import make_program, secretary_of

SECOND_TITLE = "Phó Chủ tịch Ủy ban MTTQ Việt Nam xã, Chủ tịch Hội Liên hiệp Phụ nữ xã"


@functools.cache
def drawn(html: str) -> bytes:
    return render_pdf(html)


def checked(paper: Paper, spoil: Callable[[str], str] = lambda html: html) -> Check:
    """A paper judged on its PDF; `spoil` changes the document before it is drawn."""
    return check_of(paper, drawn(spoil(paper_html(paper))))


def failing(check: Check) -> list[str]:
    return [finding.code for finding in check.failed]


every_profile = pytest.mark.parametrize("code", PROFILES)


@every_profile
@pytest.mark.parametrize("make", [functools.partial(program_paper, 3), report_paper], ids=["program", "report"])
def test_a_paper_of_every_family_holds_its_own_rules(code, make):
    check = checked(make(profile_code=code))
    assert failing(check) == []
    assert check.profile is PROFILES[code] and len(check.findings) >= 28
    assert all(finding.clause and finding.name for finding in check.findings)


@pytest.mark.parametrize("parties", (2, 8, 16))
def test_papers_of_many_signers_hold_the_rules(parties):
    assert failing(checked(program_paper(parties))) == []


def _once(lines) -> dict:
    """The lines whose words stand once on their page, by page and words."""
    counted = Counter((line.page, line.text) for line in lines)
    return {(line.page, line.text): line for line in lines if counted[line.page, line.text] == 1}


def test_the_check_measures_what_another_reader_measures():
    content = drawn(paper_html(program_paper(8)))
    ours, other = taken_apart(content), measured_by_another(content)
    assert ours.fonts == other.fonts and len(ours.sizes) == len(other.sizes)
    told, seen = _once(other.lines), _once(ours.lines)
    assert len(told.keys() & seen.keys()) > 60
    for place in told.keys() & seen.keys():
        line, again = seen[place], told[place]
        assert abs(line.left - again.x0) < 1 and abs(line.right - again.x1) < 1
        assert line.size == again.size and line.is_bold == again.is_bold and line.is_italic == again.is_italic
    rule = next(rule for rule in ours.rules if abs(rule.middle - ours.sizes[0][0] / 2) > 30 * POINTS_OF_MM)
    assert rule.page == 1 and rule.width > 20


def _set(name: str, value: str) -> Callable[[str], str]:
    """Draw the paper with another value of a measure."""

    def spoil(html: str) -> str:
        start = html.index(f"--{name}: ")
        return html[:start] + f"--{name}: {value};" + html[html.index(";", start) + 1 :]

    return spoil


def _instead(old: str, new: str) -> Callable[[str], str]:
    def spoil(html: str) -> str:
        assert old in html, old
        return html.replace(old, new)

    return spoil


def _styled(css: str) -> Callable[[str], str]:
    return _instead("</head>", f"<style>{css}</style></head>")


# Faults that do not hide each other are drawn together: each drawing takes about a second.
FAULTS = {
    "page": [
        ("paper", _styled("@page { size: letter }")),
        ("margins", _set("margin-left", "25mm")),
        ("page-numbers", _styled("@page { @top-center { content: none } }")),
        ("nothing-outside", _styled("h2 { border-bottom: 1pt solid black; margin-left: -20mm }")),
        ("not-alone", _styled(".signatures { break-before: page }")),
        ("file", _instead('lang="vi"', 'lang="en"')),
    ],
    "sizes": [
        ("heading", _set("national", "15pt")),
        ("issuer", _set("issuer", "16pt")),
        ("issuer-mark", _set("issuer-rule", "80%")),
        ("type", _set("title", "18pt")),
        ("indent", _set("indent", "5mm")),
        ("paragraphs", _set("paragraph-gap", "2pt")),
        ("signers", _set("signature-many", "10pt")),
        ("room", _set("signature-room", "8mm")),
        ("recipients", _set("recipients", "14pt")),
        ("margins", _set("margin-right", "10mm")),
    ],
    "faces": [
        ("place", _styled(".place { font-style: normal }")),
        ("subject", _styled(".title .subject { font-weight: 400 }")),
        ("subject-mark", _styled(".title .subject.ruled::after { display: none }")),
        ("bases", _styled(".basis { font-style: normal }")),
        ("black", _styled("h2 { color: blue }")),
        ("lines", _set("line-height", "2.2")),
        ("justified", _styled("p { text-align: left }")),
        ("signers", _styled(".signer { font-weight: 400 }")),
        ("lead", _styled(".signature-row { flex-direction: row }")),
        ("recipients", _styled(".recipients .recipients-head { font-style: normal }")),
        ("page-numbers", _styled("@page :first { @top-center { content: counter(page) } }")),
    ],
    "words": [
        ("heading", _instead("Độc lập - Tự do - Hạnh phúc", "Độc lập, Tự do, Hạnh phúc")),
        ("one-heading", _instead('<div class="registration', '<p>ĐẢNG CỘNG SẢN VIỆT NAM</p><div class="registration')),
        ("number", _instead("Số: 02/", "Số: 2/")),
        ("draft", _instead('<h1 class="title">', '<p>DỰ THẢO</p><h1 class="title">')),
        ("size", _set("body", "12pt")),
        ("annex-pages", _styled(".annex { break-before: auto }")),
        ("margins", _set("margin-top", "15mm")),
    ],
}


@pytest.mark.parametrize("together", FAULTS)
def test_each_rule_finds_what_breaks_it(together):
    html = paper_html(program_paper(2, paragraphs=1))
    for _rule, spoil in FAULTS[together]:
        html = spoil(html)
    check = check_of(program_paper(2, paragraphs=1), drawn(html))
    assert {rule for rule, _spoil in FAULTS[together]} - set(failing(check)) == set()
    assert all(finding.said for finding in check.failed)


def test_a_page_of_signatures_that_does_not_say_of_which_paper_is_found():
    spoilt = checked(program_paper(16, annexes=()), _styled(".continued { display: none }"))
    assert failing(spoilt) == ["not-alone"]


def test_a_file_without_structure_is_found():
    bare = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(paper_html(program_paper(2))))) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(bare)
    assert failing(check_of(program_paper(2), bare.getvalue())) == ["tagged"]


def test_a_margin_that_is_too_wide_is_told_as_that_margin():
    said = [finding.said for finding in checked(program_paper(2), _set("margin-top", "40mm")).failed]
    assert any("Lề trên" in one for one in said), said


def test_what_a_paper_lacks_is_told_and_not_passed_over():
    sections = (PaperSection(number="II", heading="NỘI DUNG", blocks=(Paragraph("Nội dung."),)),)
    bare = program_paper(2, recipients=Recipients(()), signatures=(), sections=sections, closing="", annexes=())
    doubtful = {finding.code for finding in checked(bare).open if finding.outcome is Outcome.DOUBT}
    assert {"recipients", "signers", "end", "order"} <= doubtful


def test_an_academic_title_before_a_name_is_doubted():
    titled = replace(signatures(2)[0], signer="TS. Người ký thứ nhất")
    check = checked(program_paper(2, signatures=(titled, *signatures(2)[1:])))
    assert [finding.code for finding in check.open if finding.outcome is Outcome.DOUBT] == ["signers"]


def test_letters_no_single_character_stands_for_are_no_fault():
    check = checked(program_paper(2, opening=(Paragraph("Các buôn Krông Ƀuk, ơ\u0306, ư\u0306 cùng thực hiện."),)))
    assert failing(check) == []


def test_words_that_break_a_rule_are_found():
    sections = [PaperSection(number=n, heading="NỘI DUNG", blocks=(Paragraph("Nội dung."),)) for n in ("I", "III")]
    annexes = [Annex(number=n, title="DANH MỤC", blocks=(Paragraph("Nội dung."),)) for n in ("I", "3")]
    check = checked(
        program_paper(
            2,
            recipients=Recipients(("Thường trực Huyện ủy", "Các bên ký kết")),
            signatures=(SignatureBlock(lines=("Tm. Ủy ban", "Chủ tịch")), *signatures(2)[1:]),
            sections=tuple(sections),
            annexes=tuple(annexes),
            opening=(Paragraph("Thực hiện Chương trình số 01/CTPH-UBND-MTTQ, các bên thống nhất:"),),
        )
    )
    assert {"signers", "annex-numbers"} <= set(failing(check))
    doubtful = {finding.code for finding in check.open if finding.outcome is Outcome.DOUBT}
    assert doubtful == {"order", "citing", "recipients"} and not doubtful & set(failing(check))


def test_points_go_by_vietnamese_letters_and_a_paper_cited_again_is_named_short():
    points = tuple(PaperSection(number=n, level=3, blocks=(Paragraph("Nội dung."),)) for n in "abcdđeg")
    said = (
        "Thực hiện Chương trình số 01/CTPH-UBND-MTTQ ngày 05 tháng 01 năm 2021. Chương trình số 01/CTPH-UBND-MTTQ nêu:"
    )
    sections = (PaperSection(number="I", heading="NỘI DUNG", blocks=(Paragraph(said),), children=points),)
    check = checked(program_paper(2, sections=sections))
    assert failing(check) == [] and check.open == ()


def test_what_is_not_known_yet_is_told_and_stops_nothing():
    blank = letterhead(number=None, day=PaperDay(2022, 3), place="")
    check = checked(program_paper(4, letterhead=blank))
    assert check.passes
    gaps = {finding.code for finding in check.findings if finding.outcome is Outcome.GAP}
    assert gaps == {"number", "place", "signers"}


def test_a_draft_is_marked_as_one():
    check = checked(program_paper(2, state=PaperState.DRAFT))
    assert failing(check) == [] and "draft" in {finding.code for finding in check.findings}


@pytest.mark.parametrize("parties", (1, 3, 8))
def test_second_titles_stand_under_their_names_and_names_of_a_row_on_one_line(parties):
    blocks = tuple(
        SignatureBlock(lines=block.lines, signer=f"Người ký thứ {n}", second_title=SECOND_TITLE if n % 2 else "")
        for n, block in enumerate(signatures(parties))
    )
    make = report_paper if parties == 1 else program_paper
    paper = make(signatures=blocks[:1] if parties == 1 else blocks)
    paper = (
        paper
        if parties > 1
        else make(signatures=(SignatureBlock(lines=("CHỦ TỊCH",), signer="A", second_title=SECOND_TITLE),))
    )
    check = checked(paper)
    assert failing(check) == []
    names = [line for line in taken_apart(drawn(paper_html(paper))).lines if line.text.startswith("Người ký thứ")]
    across = {3: 3}.get(parties, 2)
    rows = {(line.page, round(line.base)) for line in names}
    assert len(rows) == (-(-parties // across) if parties > 1 else 0)


@pytest.mark.parametrize(("code", "parties"), [("ND30", 16), ("PARTY_05", 8), ("ND30", 3)])
def test_the_longest_grounds_and_names_tear_no_block_and_leave_none_alone(code, parties):
    long = "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM VÀ CÁC TỔ CHỨC CHÍNH TRỊ - XÃ HỘI HUYỆN ĐẦM HÀ"
    block = SignatureBlock(
        lines=(f"TM. {long}", long, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        signer="Nguyễn Thị Thanh Hương Giang Minh Nguyệt Ánh Tuyết Hồng Hạnh Phương Thảo Trâm Anh",
        second_title=SECOND_TITLE,
    )
    blocks = tuple(replace(block, signer=f"{block.signer} {n}") for n in range(parties))
    assert failing(checked(program_paper(parties, signatures=blocks, profile_code=code))) == []


def test_a_letter_says_to_whom_it_goes_and_what_it_is_about():
    letter = LetterPaper(
        state=PaperState.ISSUED,
        letterhead=letterhead(issuer_lines=("ỦY BAN NHÂN DÂN", "HUYỆN ĐẦM HÀ"), symbol="UBND-VP"),
        subject="đôn đốc thực hiện nhiệm vụ quá hạn",
        addressees=("Hội Nông dân huyện", "Huyện đoàn"),
        opening=(Paragraph("Ủy ban nhân dân huyện đề nghị các cơ quan thực hiện các nhiệm vụ đã quá hạn. " * 3),),
        closing="Ủy ban nhân dân huyện đề nghị các cơ quan quan tâm thực hiện và báo cáo kết quả đúng thời hạn trên",
        signatures=(SignatureBlock(lines=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), signer="Trần Việt Dũng"),),
        recipients=Recipients(("Như trên", "Lưu: VT")),
    )
    check = checked(letter)
    codes = {finding.code for finding in check.findings}
    assert failing(check) == [] and {"about", "addressees"} <= codes and not codes & {"type", "subject"}
    assert "addressees" in failing(checked(letter, _instead("Kính gửi:", "Gửi:")))


def test_every_page_of_a_paper_that_can_be_verified_carries_its_code():
    paper = program_paper(2).stripped("program DH-2022-01", version="1.1")
    check = checked(paper)
    assert failing(check) == [] and "strip" in {finding.code for finding in check.findings}
    assert failing(checked(paper, _styled(".strip { display: none }"))) == ["strip"]


@pytest.mark.django_db
def test_a_paper_that_breaks_a_rule_is_not_kept_as_issued():
    program = make_program("signed", parties=2)
    paper = kind_of_program(program).build(program, actor=secretary_of(program.drafting_agency), day=clock.today())
    facts = {"kind": PaperKind.PROGRAM, "about": {"program": program}, "unit_id": program.unit_id}
    facts |= {"actor": secretary_of(program.drafting_agency), "dated_on": clock.today()}
    spoilt = Rendered(paper, drawn(_set("national", "18pt")(paper_html(paper))))
    with pytest.raises(RuleBroken) as refused:
        keep_issued(spoilt, lambda: paper, **facts)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in str(refused.value)
    assert not IssuedDocument.objects.exists()
    assert keep_issued(Rendered(paper, drawn(paper_html(paper))), lambda: paper, **facts).program == program
