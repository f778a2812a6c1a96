"""The strip of a paper: a code that follows from what it says, read back however it is typed, printed on every page."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from records.qr import as_path
from reports.documents.papers import Letterhead, PaperDay, PaperState
from reports.documents.render import paper_html
from reports.documents.strip import CODE_LENGTH, LETTERS, Strip, code_of, in_groups, read_code
from reports.documents.strip_print import printed_strip
from tests.checkers.papers import program_paper, report_paper


def test_a_code_has_twelve_letters_that_nobody_takes_for_each_other():
    codes = [code_of("program DH-2022-02", "1.1", str(number)) for number in range(2000)]
    assert len(set(codes)) == 2000
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(LETTERS)
    assert not set(LETTERS) & set("IO01")


@pytest.mark.parametrize("other", [("program DH-2022-03", "1.1", "x"), ("program DH-2022-02", "1.2", "x"),
                                   ("program DH-2022-02", "1.1", "y")])  # fmt: skip
def test_another_paper_version_or_word_gives_another_code(other):
    assert code_of(*other) != code_of("program DH-2022-02", "1.1", "x")


@pytest.mark.parametrize(
    "typed", ["7KQ4-M2XD-9RTP", "7kq4m2xd9rtp", " 7KQ4 M2XD 9RTP ", "7KQ4–M2XD–9RTP", "7KQ4.M2XD.9RTP"]
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "7KQ4M2XD9RTP"
    assert in_groups(read_code(typed)) == "7KQ4-M2XD-9RTP"


@pytest.mark.parametrize(
    "typed", ["", "7KQ4-M2XD-9RT", "7KQ4-M2XD-9RTPP", "7KQ4-M2XD-9RT0", "OKQ4-M2XD-9RTP", "ĐKQ4-M2XD-9RTP"]
)
def test_what_is_no_code_is_not_read(typed):
    assert read_code(typed) is None


def test_number_day_and_signatures_do_not_change_the_code():
    paper = report_paper().stripped("conference_report DH")
    unnumbered = replace(paper.letterhead, number=None, symbol="", day=PaperDay(2022))
    signed = tuple(replace(block, note="(Đã ký)") for block in paper.signatures)
    before = replace(paper, letterhead=unnumbered, signatures=signed, state=PaperState.FOR_SIGNING)
    assert before.stripped("conference_report DH").strip == paper.strip
    reworded = replace(paper, closing="Trên đây là báo cáo khác")
    assert reworded.stripped("conference_report DH").strip.code != paper.strip.code


def test_the_digest_is_that_of_the_data_that_travels_along():
    strip = Strip.of("program DH-2022-02", '{"title":"Chương trình"}', "1.1")
    assert strip.digest == hashlib.sha256(strip.data.encode()).hexdigest()
    assert strip.short_digest.replace(" ", "").partition("…")[0] == strip.digest[:8]


def test_the_code_of_a_phone_leads_to_the_answer_itself():
    paper = replace(program_paper(2), state=PaperState.ISSUED).stripped("program DH-2022-02", version="1.1")
    printed = printed_strip(paper)
    assert printed.place == "phoi-hop.example/xac-minh"
    assert printed.version == "Bản 1.1"
    assert printed.number == "02/CTPH-HĐND-UBND-MTTQ"
    assert printed.qr == as_path(f"https://phoi-hop.example/xac-minh/{printed.code}/", border=0)
    html = paper_html(paper)
    assert printed.code in html and printed.qr.path in html


def test_the_version_laid_before_the_signers_says_so_and_a_draft_has_no_strip():
    paper = program_paper(2).stripped("program DH-2022-02", version="1.2")
    assert printed_strip(replace(paper, state=PaperState.FOR_SIGNING)).version == "Bản trình ký 1.2"
    draft = replace(paper, state=PaperState.DRAFT)
    assert printed_strip(draft) is None
    assert "strip" not in paper_html(draft)


def test_a_number_longer_than_the_line_is_left_to_the_letterhead():
    paper = program_paper(2)
    long = Letterhead(
        issuer_lines=("UBND",), number=2, symbol="CTPH" + "-HĐND" * 10, day=PaperDay.of(date(2022, 3, 30))
    )
    assert printed_strip(replace(paper, letterhead=long).stripped("program X")).number == ""


def test_the_address_of_the_office_is_what_the_code_says(monkeypatch):
    monkeypatch.setattr(settings, "PORTAL_ADDRESS", "http://127.0.0.1:8000")
    assert printed_strip(program_paper(2).stripped("program X")).place == "127.0.0.1:8000/xac-minh"
