"""Vietnamese text: one Unicode form, search without marks, dictionary order, addresses made of plain letters."""

import re
import unicodedata

# The order of a Vietnamese dictionary: letters first, then tones ngang, huyền, hỏi, ngã, sắc, nặng. Every rank has two
# digits and a key holds digits only, which all databases and collations order alike.
_SORTED = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {char: f"{rank:02}" for rank, char in enumerate(_SORTED, start=1)}
_END_OF_LETTERS, _RANK_OF_OTHERS = "00", "99"
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPE_MARKS = "\u0302\u0306\u031b"

# Controls, surrogates, invisible and direction-changing characters have no place in an official's text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)

_WORD = re.compile(r"[^\W_]+")


def nfc(text: str) -> str:
    """The composed Unicode form, the only one the portal stores, compares and prints."""
    return unicodedata.normalize("NFC", text)


def has_forbidden(text: str) -> bool:
    """Whether a text carries characters no official typed: NUL and other controls, surrogates, direction overrides."""
    return _FORBIDDEN.search(text) is not None


def without_forbidden(text: str) -> str:
    """The text without such characters, to give back to the reader what can be shown of it."""
    return _FORBIDDEN.sub("", text)


def fold(text: str) -> str:
    """Lower case without marks, single spaces: "Đầm  Hà", "đâm ha" and decomposed forms fold to "dam ha".

    Why: it is stored beside names and titles, so search without marks is the same on every database.
    """
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in the order of their first place; marks and punctuation part them."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))


def sort_key(text: str) -> str:
    """A string of digits that sorts as a Vietnamese dictionary sorts the text: A Ă Â … D Đ …, tones last.

    Why: PostgreSQL and SQLite collate differently; a stored key makes both list Đ after D.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", " ".join(text.lower().split())):
        if char in _TONE_RANK:
            tones[-1:] = [_TONE_RANK[char]]
        elif char in _SHAPE_MARKS and letters:
            letters[-1] = nfc(letters[-1] + char)
        elif not unicodedata.combining(char):
            letters.append(char)
            tones.append("0")
    ranked = "".join(_RANK.get(letter, _RANK_OF_OTHERS) for letter in letters)
    return ranked + _END_OF_LETTERS + "".join(tones)


def slug(text: str) -> str:
    """Words of plain letters and digits joined by hyphens, for file names and addresses."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
