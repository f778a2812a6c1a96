"""Two texts compared word by word: neither loses a letter, and long ones keep nobody waiting."""

import time
from itertools import pairwise
from random import Random

import pytest

from coordination.versions.words import FARTHEST, Mark, matching, new_text, old_text, pieces_between

SYLLABLES = ("các", "và", "của", "phối", "hợp", "xã", "dân", "vận động", "năm", "2022", "30/6", ".", ",", " ", "\n",
             "\n-", "Tổ", "chức", "nông thôn", "(", ")", "45", "\t", "hộ;")  # fmt: skip


def some_text(random: Random, words: int) -> str:
    return " ".join(random.choice(SYLLABLES) for _ in range(words))


def edited(random: Random, text: str, times: int) -> str:
    """The text with some words struck, added and exchanged, wherever it falls."""
    words = text.split(" ")
    for _ in range(times):
        place = random.randint(0, len(words))
        words[place : place + random.randint(0, 3)] = [random.choice(SYLLABLES) for _ in range(random.randint(0, 3))]
    return " ".join(words)


def shown(old: str, new: str) -> str:
    """The comparison as one line: [-struck-] and {+added+}."""
    signs = {Mark.SAME: "{}", Mark.STRUCK: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
    return "".join(signs[piece.mark].format(piece.text) for piece in pieces_between(old, new))


@pytest.mark.parametrize("seed", range(60))
def test_both_texts_come_back_letter_for_letter(seed):
    random = Random(seed)
    for words in (0, 1, 2, 7, 40, 150):
        old = some_text(random, words)
        for new in (edited(random, old, random.randint(0, 8)), some_text(random, words), "", old + "\n"):
            pieces = pieces_between(old, new)
            assert (old_text(pieces), new_text(pieces)) == (old, new)
            assert all(piece.text for piece in pieces)
            marks = [piece.mark for piece in pieces]
            assert all(one != two for one, two in pairwise(marks))


@pytest.mark.parametrize("seed", range(20))
def test_what_both_have_is_the_longest_there_is(seed):
    random = Random(seed)
    before, after = ([random.choice("abcd") for _ in range(random.randint(0, 14))] for _ in range(2))
    blocks = matching(before, after)
    for place, other, length in blocks:
        assert before[place : place + length] == after[other : other + length]
    assert sum(length for *_places, length in blocks) == longest_common(before, after)


def longest_common(before: list, after: list) -> int:
    """The textbook's table, slow and certain."""
    row = [0] * (len(after) + 1)
    for one in before:
        above = row[:]
        for place, other in enumerate(after, start=1):
            row[place] = above[place - 1] + 1 if one == other else max(above[place], row[place - 1])
    return row[-1]


def test_words_are_struck_and_added_whole_and_in_vietnamese_order():
    assert shown("UBND xã chủ trì", "UBND xã, thị trấn chủ trì") == "UBND xã{+, thị trấn+} chủ trì"
    assert shown("Vận động 45 hộ.", "Vận động ít nhất 50 hộ.") == "Vận động[- 45-]{+ ít nhất 50+} hộ."
    assert shown("Quý I/2022", "Quý II/2022") == "Quý[- I-]{+ II+}/2022"
    assert shown("hoà giải", "hòa giải") == "[-hoà-]{+hòa+} giải"
    assert shown("Một.\nHai.", "Một.\nMới.\nHai.") == "Một.{+\nMới.+}\nHai."


def test_nothing_to_tell_is_told_as_nothing():
    assert pieces_between("", "") == ()
    assert [piece.mark for piece in pieces_between("như cũ", "như cũ")] == [Mark.SAME]


def test_a_sentence_kept_inside_a_rewritten_text_is_found():
    random = Random(5)
    kept = "Ban Thường trực chủ trì, tổng hợp kết quả thực hiện của các bên."
    old, new = (f"{some_text(Random(seed), 400)}.\n{kept}\n{some_text(random, 400)}" for seed in (1, 2))
    same = [piece.text for piece in pieces_between(old, new) if piece.mark == Mark.SAME]
    assert any(kept in text for text in same)


HARD = {
    "rewritten": lambda: [" ".join(Random(seed).choices(SYLLABLES, k=4_500)) for seed in (1, 2)],
    "one word over and over": lambda: ["các " * 5_000, "các " * 4_000 + "và " * 1_000],
    "two words in turn": lambda: ["các và " * 3_000, "và các các " * 2_000],
    "signs": lambda: ["." * 20_000, ".," * 10_000],
    "one long word": lambda: ["a" * 20_000, "b" * 20_000],
    "many small changes": lambda: [
        text := " ".join(Random(3).choices(SYLLABLES, k=4_500)), edited(Random(4), text, 60)
    ],
    "just too far apart": lambda: [
        text := " ".join(str(number % 97) for number in range(5_000)), edited(Random(6), text, FARTHEST)
    ],
}  # fmt: skip


@pytest.mark.parametrize("texts", HARD.values(), ids=HARD)
def test_twenty_thousand_letters_a_side_take_no_time(texts):
    old, new = texts()
    assert len(old) > 11_000 and len(new) > 11_000
    began = time.process_time()
    pieces = pieces_between(old, new)
    assert time.process_time() - began < 1
    assert (old_text(pieces), new_text(pieces)) == (old, new)
