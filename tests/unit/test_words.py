"""Words as the search index keeps them, and ranges of words that are prefixes."""

import pytest

from records import text
from records.fields import LONGEST_WORD, prefix_range


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Đầm  Hà", ["dam", "ha"]),
        ("\u0110a\u0302\u0300m Ha\u0300", ["dam", "ha"]),
        ("Uỷ ban, Ủy ban", ["uy", "ban"]),
        ("Trung tâm TT&VH", ["trung", "tam", "tt", "vh"]),
        ("ubnd-tan-binh", ["ubnd", "tan", "binh"]),
        ("HĐND và UBND (huyện)", ["hdnd", "va", "ubnd", "huyen"]),
        ("% _ ' --", []),
        ("", []),
    ],
)
def test_words_are_folded_and_each_stands_once(written, words):
    assert text.words(written) == words


@pytest.mark.parametrize("word", ["d", "dam", "damm", "dam9", "damz", "dam\u4e2d", "x" * 200])
def test_a_range_holds_the_words_with_the_prefix_and_no_other(word):
    first, end = prefix_range("dam" if word.startswith("d") else word)
    kept = word[:LONGEST_WORD].encode()
    assert (first.encode() <= kept < end.encode()) is (word.startswith("dam") or word.startswith("x"))
