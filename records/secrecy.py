"""Marks of State secrecy: a text or a file that bears one is refused, and nothing of it is kept.

Rule: R-FILE-6. The law on the protection of State secrets names three degrees, "Tuyệt mật", "Tối mật" and "Mật", and
forbids writing and keeping such matter on machines that are joined to a network. The mark is a stamp of its own beside
the number, or stands in brackets behind a title. Words that only speak of secrecy in small letters are no mark.
"""

import re

from records import text

_DEGREE = r"tuyệt\s*mật|tối\s*mật|mật"
_NO_WORD = r"[^\w\n]*"
_STAMPS = (
    # Alone on its line, with or without what it is; "mật" alone is a word like others unless it is in capitals.
    re.compile(rf"^{_NO_WORD}(?i:độ\s*mật){_NO_WORD}(?P<mark>(?i:{_DEGREE})){_NO_WORD}$", re.MULTILINE),
    re.compile(rf"^{_NO_WORD}(?P<mark>(?i:tuyệt\s*mật|tối\s*mật)|MẬT){_NO_WORD}$", re.MULTILINE),
    re.compile(rf"[(\[]\s*(?P<mark>(?i:{_DEGREE}))\s*[)\]]"),
    re.compile(r"\b(?P<mark>TUYỆT\s*MẬT|TỐI\s*MẬT)\b"),
)
_IN_NAMES = re.compile(r"\b(?P<mark>tuyệt\s*mật|tối\s*mật|tuyet\s*mat|toi\s*mat)\b", re.IGNORECASE)
_JOINTS = re.compile(r"[_\-.+]+")
_DEGREES = {"tuyet": "TUYỆT MẬT", "toi": "TỐI MẬT", "mat": "MẬT"}


def mark_in(written: str) -> str | None:
    """The degree a text is marked with, as the stamp writes it: "TỐI MẬT"; None where it bears no mark."""
    composed = text.nfc(written)
    return next((_degree(found["mark"]) for stamp in _STAMPS if (found := stamp.search(composed))), None)


def mark_in_name(name: str) -> str | None:
    """The degree the name of a file tells, also where it is written without accents."""
    spoken = _JOINTS.sub(" ", text.nfc(name))
    found = _IN_NAMES.search(spoken)
    return _degree(found["mark"]) if found else mark_in(spoken)


def _degree(mark: str) -> str:
    folded = text.fold(mark)
    return next(degree for begins, degree in _DEGREES.items() if folded.startswith(begins))
