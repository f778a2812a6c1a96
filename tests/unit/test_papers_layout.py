"""By which rules a paper is laid out, what each of them asks, and the lines above a signature."""

import re
from datetime import date
from pathlib import Path

import pytest

from agencies.directory.enums import AgencyKind, Family, PaperRules, SigningAuthority
from agencies.directory.paper_rules import offered_rules
from agencies.models import Agency, AgencyName
from records.errors import RuleBroken
from reports.documents.layout_profiles import (
    ND30,
    NEUTRAL,
    PARTY_05,
    PARTY_36,
    PROFILES,
    YOUTH,
    Measure,
    profile_for,
)
from reports.documents.render import paper_html
from reports.documents.signing import authority_lines, lines_above
from tests.checkers.papers import letterhead, program_paper

STYLE_SHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "document.css"
DAY = date(2022, 3, 30)
BODY = "BAN THƯỜNG TRỰC\nỦY BAN MTTQ VIỆT NAM HUYỆN"
every_profile = pytest.mark.parametrize("profile", PROFILES.values(), ids=list(PROFILES))


def named(family: Family, kind: AgencyKind = AgencyKind.OTHER, **facts) -> AgencyName:
    return AgencyName(agency=Agency(kind=kind), family=family, **facts)


STATE = named(Family.STATE, AgencyKind.PEOPLES_COMMITTEE)
FRONT = named(Family.FRONT, AgencyKind.FRONT_COMMITTEE)
BOARD = named(Family.PARTY, AgencyKind.PROPAGANDA_BOARD)
YOUNG = named(Family.ORGANISATION, AgencyKind.YOUTH_UNION)
WOMEN = named(Family.ORGANISATION, AgencyKind.WOMENS_UNION)
FARMERS = named(Family.ORGANISATION, AgencyKind.FARMERS_UNION, paper_rules=PaperRules.PARTY)


@pytest.mark.parametrize(
    ("parties", "profile"),
    [
        ([STATE, BOARD], ND30),
        ([BOARD, STATE], ND30),
        ([YOUNG, WOMEN, STATE], ND30),
        ([FRONT, WOMEN], ND30),
        ([BOARD, FRONT], PARTY_36),
        ([YOUNG, WOMEN], YOUTH),
        ([WOMEN, YOUNG], NEUTRAL),
        ([FARMERS, WOMEN], PARTY_36),
        ([named(Family.OTHER)], NEUTRAL),
    ],
)
def test_a_paper_follows_the_rules_of_its_lead_and_decree_30_wherever_a_state_body_signs(parties, profile):
    assert profile_for(parties[0], parties, DAY) is profile


@pytest.mark.parametrize(
    ("day", "profile"),
    [
        (date(2018, 4, 3), PARTY_36),
        (date(2026, 5, 26), PARTY_36),
        (date(2026, 5, 27), PARTY_05),
        (date(2030, 1, 1), PARTY_05),
    ],
)
def test_the_partys_later_instruction_holds_from_its_day_on(day, profile):
    assert profile_for(BOARD, [BOARD], day) is profile


@pytest.mark.parametrize(("lead", "day"), [(STATE, date(2020, 3, 4)), (BOARD, date(2018, 4, 2))])
def test_a_paper_older_than_its_rules_is_refused_not_laid_out_by_halves(lead, day):
    with pytest.raises(RuleBroken):
        profile_for(lead, [lead], day)


def test_what_the_secretary_chose_goes_before_the_usual():
    assert profile_for(STATE, [STATE, BOARD], DAY, chosen=PaperRules.PARTY) is PARTY_36
    assert profile_for(BOARD, [BOARD, STATE], DAY, chosen="neutral") is NEUTRAL


def test_only_the_rules_of_those_who_sign_and_the_plain_ones_are_offered():
    assert offered_rules([STATE, BOARD]) == [PaperRules.ND30, PaperRules.PARTY, PaperRules.NEUTRAL]
    assert offered_rules([BOARD, BOARD]) == [PaperRules.PARTY, PaperRules.NEUTRAL]
    assert offered_rules([FRONT, YOUNG]) == [PaperRules.ND30, PaperRules.YOUTH, PaperRules.NEUTRAL]


@every_profile
def test_every_measure_has_a_clause_and_lies_in_its_range(profile):
    assert all(measure.clause for measure in profile.measures.values())
    assert all(measure.allows(measure.value) for measure in profile.measures.values())
    with pytest.raises(ValueError):
        Measure(12, "pt", "clause", (13, 14))


def test_the_style_sheet_reads_the_measures_and_nothing_else():
    used = set(re.findall(r"var\((--[a-z-]+)\)", STYLE_SHEET.read_text()))
    given = {profile.code: {name for name, _value in profile.custom_properties()} for profile in PROFILES.values()}
    assert used == given["ND30"]
    # The Party's and the Youth Union's marks stand in place of rules; only the decree has a motto.
    marked = {"--motto", "--issuer-rule", "--subject-rule"}
    assert used - given["PARTY_36"] == used - given["PARTY_05"] == used - given["YOUTH"] == marked
    assert used - given["NEUTRAL"] == {"--national", "--motto"}


@pytest.mark.parametrize(
    ("code", "symbol", "text"),
    [
        ("ND30", "CTPH-UBND-BTGHU", "Số: 02/CTPH-UBND-BTGHU"),
        ("NEUTRAL", "CTPH-LHPN", "Số: 02/CTPH-LHPN"),
        ("PARTY_36", "CTPH-BTGHU-MTTQ", "Số 02-CTPH/BTGHU-MTTQ"),
        ("PARTY_05", "CTr/BTGHU", "Số 02-CTr/BTGHU"),
        ("YOUTH", "KH-ĐTN", "Số: 02-KH/ĐTN"),
    ],
)
def test_number_and_symbol_are_written_as_the_rules_of_the_paper_say(code, symbol, text):
    assert program_paper(profile_code=code, letterhead=letterhead(symbol=symbol)).letterhead.number_text == text


def test_a_party_paper_ends_with_a_full_stop_and_puts_a_hyphen_before_its_bases():
    paper = program_paper(
        profile_code="PARTY_05", closing="Trân trọng báo cáo./.", legal_bases=("Căn cứ A;", "- Căn cứ B")
    )
    assert paper.closing_text == "Trân trọng báo cáo."
    assert paper.bases == ["- Căn cứ A;", "- Căn cứ B."]


@pytest.mark.parametrize(
    ("code", "there", "absent"),
    [
        ("ND30", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"], ["ĐẢNG CỘNG SẢN", "ĐOÀN TNCS"]),
        ("PARTY_36", ["ĐẢNG CỘNG SẢN VIỆT NAM"], ["CỘNG HÒA", "Độc lập", "ĐOÀN TNCS"]),
        ("PARTY_05", ["ĐẢNG CỘNG SẢN VIỆT NAM"], ["CỘNG HÒA", "Độc lập", "ĐOÀN TNCS"]),
        ("YOUTH", ["ĐOÀN TNCS HỒ CHÍ MINH"], ["CỘNG HÒA", "Độc lập", "ĐẢNG CỘNG SẢN"]),
        ("NEUTRAL", [], ["CỘNG HÒA", "Độc lập", "ĐẢNG CỘNG SẢN", "ĐOÀN TNCS"]),
    ],
)
def test_no_paper_has_two_headings(code, there, absent):
    html = paper_html(program_paper(profile_code=code))
    assert [words for words in there if words not in html] == []
    assert [words for words in absent if words in html] == []


@pytest.mark.parametrize(
    ("authority", "title", "style", "lines"),
    [
        (SigningAuthority.COLLECTIVE, "CHỦ TỊCH", {},
         ("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "CHỦ TỊCH")),
        (SigningAuthority.DEPUTY, "PHÓ CHỦ TỊCH", {},
         ("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (SigningAuthority.DEPUTY, "PHÓ TRƯỞNG PHÒNG", {"is_collective": False},
         ("BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "KT. CHỦ TỊCH", "PHÓ TRƯỞNG PHÒNG")),
        (SigningAuthority.BY_ORDER, "CHÁNH VĂN PHÒNG", {}, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (SigningAuthority.AUTHORISED, "CHÁNH VĂN PHÒNG", {}, ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (SigningAuthority.ACTING, "CHỦ TỊCH", {},
         ("TM. BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "Q. CHỦ TỊCH")),
        (SigningAuthority.OWN, "CHỦ TỊCH", {}, ("BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "CHỦ TỊCH")),
        (SigningAuthority.COLLECTIVE, "BÍ THƯ", {"is_party": True},
         ("T/M BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "BÍ THƯ")),
        (SigningAuthority.DEPUTY, "PHÓ BÍ THƯ", {"is_party": True},
         ("T/M BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "PHÓ BÍ THƯ")),
        (SigningAuthority.DEPUTY, "PHÓ TRƯỞNG BAN", {"is_party": True, "is_collective": False},
         ("BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "K/T CHỦ TỊCH", "PHÓ TRƯỞNG BAN")),
        (SigningAuthority.BY_ORDER, "CHÁNH VĂN PHÒNG", {"is_party": True},
         ("T/L BAN THƯỜNG TRỰC", "ỦY BAN MTTQ VIỆT NAM HUYỆN", "CHÁNH VĂN PHÒNG")),
    ],
)  # fmt: skip
def test_the_lines_above_a_signature_follow_the_ground_it_is_given_on(authority, title, style, lines):
    assert authority_lines(authority, BODY, title, head_title="CHỦ TỊCH", **style) == lines


def test_an_agency_signs_in_the_style_of_its_own_papers():
    facts = {"authority": SigningAuthority.COLLECTIVE, "authority_lines": "BAN THƯỜNG VỤ", "head_title": "CHỦ TỊCH"}
    farmers = named(Family.ORGANISATION, AgencyKind.FARMERS_UNION, paper_rules=PaperRules.PARTY, **facts)
    women = named(Family.ORGANISATION, AgencyKind.WOMENS_UNION, **facts)
    assert lines_above(farmers, SigningAuthority.COLLECTIVE, "CHỦ TỊCH") == ("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH")
    assert lines_above(women, SigningAuthority.COLLECTIVE, "CHỦ TỊCH") == ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH")
