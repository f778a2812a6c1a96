"""How offices number the parts of a text: the series of a number, and the number that follows. No database."""

import re
from collections.abc import Sequence
from enum import IntEnum


class Series(IntEnum):
    """The series offices number in, from the widest part to the narrowest; a part holds parts of later series."""

    CHAPTER = 1
    PART = 2
    ARTICLE = 3
    CAPITAL = 4
    ROMAN = 5
    ARABIC = 6
    DECIMAL = 7
    LETTER = 8
    DASH = 9
    PLUS = 10


# Offices number on with these letters: đ follows d, and f, j, w, z are no Vietnamese letters.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_WORDS = {Series.CHAPTER: "Chương", Series.PART: "Mục", Series.ARTICLE: "Điều"}
_SHAPES = (
    (Series.CHAPTER, re.compile(r"chương\s+([ivxlc]+|\d{1,3})", re.IGNORECASE)),
    (Series.PART, re.compile(r"mục\s+(\d{1,3}|[ivx]+)", re.IGNORECASE)),
    (Series.ARTICLE, re.compile(r"điều\s+(\d{1,3}[a-zđ]?)", re.IGNORECASE)),
    (Series.ROMAN, re.compile(r"([IVX]{1,7})")),
    (Series.CAPITAL, re.compile(r"([A-ZĐ])")),
    (Series.DECIMAL, re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,3})")),
    (Series.ARABIC, re.compile(r"(\d{1,3})")),
    (Series.LETTER, re.compile(r"([a-zđ])")),
    (Series.DASH, re.compile(r"([-–—•·*])")),
    (Series.PLUS, re.compile(r"(\+)")),
)
# What a part is numbered with when nothing is there to follow, by its depth.
FIRST_BY_DEPTH = ("I", "1", "a", "-", "+")


def series_of(number: str) -> Series | None:
    """The series a number as given belongs to; None for one of no known series, or for none at all."""
    bare = number.strip().rstrip(".)/ ")
    return next((series for series, shape in _SHAPES if shape.fullmatch(bare)), None)


def following(number: str) -> str:
    """The number after another in its series: I → II, 2.1 → 2.2, c → d → đ → e → g, - → -; empty when unknown."""
    bare = number.strip().rstrip(".)/ ")
    end = number.strip()[len(bare) :].strip()
    series = series_of(bare)
    if series in (None, Series.DASH, Series.PLUS):
        return number.strip() if series else ""
    if series in _WORDS:
        word, _space, value = bare.rpartition(" ")
        following_value = _after(value.upper() if value.isalpha() else value)
        return f"{word.strip()} {following_value}" if following_value else ""
    following_value = _after(bare)
    return f"{following_value}{end}" if following_value else ""


def suggestion(siblings: Sequence[str], depth: int, above: str = "", *, last_article: str = "") -> str:
    """The number offered for a part after its siblings; the first one of its depth or of what stands above it.

    `siblings` are the numbers before it in the same section, `above` that of the section it is in. Articles run on
    through all chapters, so `last_article` is the last one of the whole text before it.
    """
    if siblings and series_of(siblings[-1]) is not Series.ARTICLE:
        return following(siblings[-1])
    match series_of(above) if above else None:
        case Series.CHAPTER | Series.PART:
            return following(last_article) if last_article else f"{_WORDS[Series.ARTICLE]} 1"
        case Series.ARTICLE:
            return "1"
        case Series.CAPITAL:
            return "I"
        case Series.ROMAN:
            return "1"
        case Series.ARABIC | Series.DECIMAL:
            return "a"
        case Series.LETTER:
            return "-"
        case Series.DASH:
            return "+"
    if siblings:
        return following(last_article or siblings[-1])
    return FIRST_BY_DEPTH[min(depth, len(FIRST_BY_DEPTH)) - 1]


def _after(value: str) -> str:
    """The value after a bare one: a whole number, a decimal, a Roman number or a letter."""
    if value.isdigit():
        return str(int(value) + 1)
    if "." in value:
        head, _dot, last = value.rpartition(".")
        return f"{head}.{int(last) + 1}"
    if re.fullmatch(r"[IVX]+", value):
        return _roman(_value_of(value) + 1)
    if value.lower() in LETTERS and len(value) == 1:
        place = LETTERS.index(value.lower()) + 1
        after = LETTERS[place] if place < len(LETTERS) else ""
        return after.upper() if value.isupper() else after
    return ""


def _value_of(roman: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in roman]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _roman(value: int) -> str:
    written = ""
    for size, letters in _ROMANS:
        times, value = divmod(value, size)
        written += letters * times
    return written
