"""Numbers as offices give them, a pasted text read as an outline, two texts compared: no database."""

import unicodedata

import pytest

from coordination.drafting import pasting
from coordination.drafting.differences import joined, runs
from coordination.drafting.numbering import LETTERS, following, suggestion


@pytest.mark.parametrize(
    ("number", "after"),
    [
        ("I", "II"), ("III", "IV"), ("VIII", "IX"), ("IX", "X"), ("1", "2"), ("9", "10"), ("2.9", "2.10"),
        ("1.1.1", "1.1.2"),
        ("c", "d"), ("d", "đ"), ("đ", "e"), ("e", "g"), ("y", ""), ("-", "-"), ("+", "+"), ("1)", "2)"), ("a)", "b)"),
        ("Điều 3", "Điều 4"), ("Chương IX", "Chương X"), ("Mục 2", "Mục 3"), ("A", "B"), ("§", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_next_number_follows_the_offices_series(number, after):
    assert following(number) == after


def test_letters_run_as_offices_count_them():
    run, letter = ["a"], "a"
    while letter := following(letter):
        run.append(letter)
    assert "".join(run) == LETTERS and "f" not in run and run[:6] == ["a", "b", "c", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("siblings", "depth", "above", "article", "offered"),
    [
        ([], 1, "", "", "I"),
        (["I", "II"], 1, "", "", "III"),
        (["I", "I"], 1, "", "", "II"),
        (["I", "bis"], 1, "", "", ""),
        ([], 2, "II", "", "1"),
        ([], 3, "1", "", "a"),
        ([], 4, "a", "", "-"),
        ([], 5, "-", "", "+"),
        ([], 9, "", "", "+"),
        ([], 2, "Chương I", "", "Điều 1"),
        ([], 2, "Chương II", "Điều 5", "Điều 6"),
        (["Điều 6"], 2, "Chương II", "Điều 6", "Điều 7"),
        (["Điều 1"], 1, "", "Điều 1", "Điều 2"),
        ([], 2, "Điều 3", "Điều 3", "1"),
    ],
)
def test_what_is_offered_depends_on_neighbours_and_on_what_stands_above(siblings, depth, above, article, offered):
    assert suggestion(siblings, depth, above, last_article=article) == offered


WORD = """Căn cứ Luật A;
- Căn cứ Luật B.
Thường trực HĐND, UBND thống nhất:
I. MỤC ĐÍCH, YÊU CẦU
1.\tMục đích
Tăng cường\u00a0phối\u00adhợp.
Đoạn hai.
2. Yêu cầu
- Bảo đảm đúng luật.
+ Mở rộng dân chủ;
\uf0b7 Thiết thực.
a) Việc a
II. NỘI DUNG
1.1. Con số
1.450 hộ dân tham gia.
15/3/2022 họp lần đầu.
Nội dung | Cơ quan | Hạn
"""


def shape(text: str) -> list[tuple]:
    return [(part.depth, part.numbering, part.heading, part.body) for part in pasting.read(text).parts]


def test_a_text_from_word_becomes_the_outline_its_numbers_tell():
    assert pasting.read(WORD).bases == ("Căn cứ Luật A;", "Căn cứ Luật B.")
    assert shape(WORD) == [
        (1, "", "", "Thường trực HĐND, UBND thống nhất:"),
        (2, "I", "MỤC ĐÍCH, YÊU CẦU", ""),
        (3, "1", "Mục đích", "Tăng cường phốihợp.\n\nĐoạn hai."),
        (3, "2", "Yêu cầu", ""),
        (4, "-", "", "Bảo đảm đúng luật."),
        (5, "+", "", "Mở rộng dân chủ;"),
        (4, "-", "", "Thiết thực."),
        (4, "a", "", "Việc a"),
        (2, "II", "NỘI DUNG", ""),
        (3, "1.1", "Con số", "1.450 hộ dân tham gia.\n\n15/3/2022 họp lần đầu.\n\nNội dung | Cơ quan | Hạn"),
    ]


def test_a_regulation_is_read_by_chapters_and_articles():
    text = (
        "CHƯƠNG I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Quy chế này quy định việc phối hợp;\na) Một;\nĐiều 2. Đối tượng"
    )
    assert shape(text) == [
        (1, "CHƯƠNG I", "QUY ĐỊNH CHUNG", ""),
        (2, "Điều 1", "Phạm vi", ""),
        (3, "1", "", "Quy chế này quy định việc phối hợp;"),
        (4, "a", "", "Một;"),
        (2, "Điều 2", "Đối tượng", ""),
    ]


def test_headings_without_numbers_are_marked_by_their_level():
    assert shape("# Mở đầu\nChữ\n## Phần nhỏ\nChữ nữa\n# I. Có số") == [
        (1, "", "Mở đầu", "Chữ"),
        (2, "", "Phần nhỏ", "Chữ nữa"),
        (3, "I", "Có số", ""),
    ]


def test_repeated_and_irregular_numbers_are_kept_as_given():
    assert [part.numbering for part in pasting.read("I. A\nI. B\nV. C\n3) D").parts] == ["I", "I", "V", "3)"]


def test_what_word_leaves_behind_is_gone_and_letters_are_composed():
    decomposed = unicodedata.normalize("NFD", "Đầm Hà")
    assert pasting.cleaned(f"\ufeff{decomposed}\u200b\u00a0\u2003x\x0by") == ["Đầm Hà x", "y"]


def test_faults_name_their_line_and_nothing_is_left_out():
    assert "2" in pasting.read("I. Đầu\n1.\n2. Sau").faults[0]
    long = pasting.read("I. Đầu\n" + "Đ" * 20_001)
    assert len(long.faults) == 1 and "20" in long.faults[0]
    assert len(pasting.read("x\n" * 2_001).faults) == 1 and not pasting.read("x\n" * 2_001).parts
    assert pasting.read("x\n" * 1_999).faults == ()
    assert len(pasting.read("- a\n" * 401).faults) == 1
    assert len(pasting.read("  \n").faults) == 1


def test_the_digest_tells_outlines_apart():
    assert pasting.read("I. A").digest == pasting.read(" I.  A ").digest != pasting.read("1. A").digest


def test_differences_show_what_stands_in_one_text_only():
    mine, theirs = "Các bên phối hợp chặt chẽ", "Các bên phối hợp kịp thời"
    assert "".join(run.text for run in runs(mine, theirs)) == mine
    assert [run.text for run in runs(mine, theirs) if run.is_own and run.text.strip()] == ["chặt", "chẽ"]
    assert not any(run.is_own for run in runs(mine, mine))


def test_joining_leaves_out_nothing_of_either():
    assert joined("A\n\nCủa tôi\n\nC", "A\n\nCủa họ\n\nC\n\nD") == "A\n\nCủa tôi\n\nCủa họ\n\nC\n\nD"
    assert joined("A", "A") == "A" and joined("", "B") == "B"


def test_long_texts_are_compared_at_once():
    long = "từ ngữ " * 1_400
    assert [run.is_own for run in runs(f"{long}\nmới", f"{long}\ncũ")] == [False, True]
