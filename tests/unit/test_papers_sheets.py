"""Who signs beside whom, and which rows of signatures stand on one page together."""

import pytest

from reports.documents.layout_profiles import PROFILES
from reports.documents.papers import Recipients, SignatureBlock
from reports.documents.sheets import ROWS_ON_SHEET, across_of, keeps_recipients, signature_sheets
from tests.checkers.papers import program_paper, signatures

COUNTS = range(2, 17)
LONG = SignatureBlock(
    lines=("TM. BAN THƯỜNG TRỰC ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM VÀ CÁC TỔ CHỨC CHÍNH TRỊ - XÃ HỘI HUYỆN", "CHỦ TỊCH"),
    signer="Trần Việt Dũng",
    second_title="Phó Chủ tịch Ủy ban MTTQ Việt Nam xã, Chủ tịch Hội Liên hiệp Phụ nữ xã",
)
SHAPES = {
    "short": lambda count: (SignatureBlock(lines=("GIÁM ĐỐC",)),) * count,
    "usual": signatures,
    "long": lambda count: (LONG,) * count,
}


def rows_of(paper) -> list[int]:
    """How many rows each sheet holds."""
    return [len(sheet) for sheet in signature_sheets(paper)]


@pytest.mark.parametrize(
    ("signers", "rows"),
    [
        (1, [[1]]),
        (2, [[1, 2]]),
        (3, [[1, 2, 3]]),
        (4, [[1, 2], [3, 4]]),
        (5, [[1, 2], [3, 4], [5]]),
        (8, [[1, 2], [3, 4], [5, 6], [7, 8]]),
    ],
)
def test_signers_stand_in_rows_the_lead_first(signers, rows):
    (sheet,) = signature_sheets(program_paper(signers))
    assert [[turn for turn, _block in row] for row in sheet] == rows


@pytest.mark.parametrize(("signers", "rows"), [(9, [2, 3]), (10, [3, 2]), (12, [3, 3]), (14, [4, 3]), (16, [4, 4])])
def test_more_than_four_rows_are_parted_evenly(signers, rows):
    assert rows_of(program_paper(signers)) == rows


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_block_stands_once_and_no_further_page_is_left_with_a_single_row(shape, profile):
    for count in COUNTS:
        paper = program_paper(count, signatures=SHAPES[shape](count), profile_code=profile)
        sheets = signature_sheets(paper)
        assert [turn for sheet in sheets for row in sheet for turn, _block in row] == list(range(1, count + 1))
        assert all(len(sheet) <= ROWS_ON_SHEET for sheet in sheets)
        assert all(len(row) <= across_of(count) for sheet in sheets for row in sheet)
        assert all(len(sheet) > 1 for sheet in sheets[1:]), f"{count} signers: {rows_of(paper)}"


def test_rows_make_way_for_the_recipients_until_these_fill_a_page_of_their_own():
    few, some, many = (Recipients(tuple(f"Cơ quan {n}" for n in range(count))) for count in (4, 10, 40))
    papers = [program_paper(8, recipients=recipients) for recipients in (few, some, many)]
    assert [rows_of(paper) for paper in papers] == [[4], [2, 2], [4]]
    assert [keeps_recipients(paper) for paper in papers] == [True, True, False]
