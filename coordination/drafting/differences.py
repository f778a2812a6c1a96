"""Two texts compared: word by word for the eye, paragraph by paragraph to be joined. No database."""

import difflib
import re
from dataclasses import dataclass

_PIECES = re.compile(r"\s+|[^\s]+")
# Longer texts are compared by paragraphs: comparing them word by word would keep the reader waiting.
_MOST_WORDS = 4_000


@dataclass(frozen=True)
class Run:
    """A stretch of text that stands in both versions, or in one of them only."""

    text: str
    is_own: bool = False


def runs(text: str, other: str) -> list[Run]:
    """A text in stretches: those the other one has as well, and those that stand only here."""
    here, there = _pieces(text), _pieces(other)
    if len(here) + len(there) > _MOST_WORDS:
        here, there = text.splitlines(keepends=True), other.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(a=there, b=here, autojunk=False)
    found = [
        Run("".join(here[start:end]), tag != "equal")
        for tag, _from, _to, start, end in matcher.get_opcodes()
        if start != end
    ]
    return found


def joined(mine: str, theirs: str) -> str:
    """Both texts in one, nothing of either left out: what is alike stands once, what differs mine before theirs."""
    mine_parts, their_parts = mine.split("\n\n"), theirs.split("\n\n")
    matcher = difflib.SequenceMatcher(a=their_parts, b=mine_parts, autojunk=False)
    whole: list[str] = []
    for tag, there_from, there_to, here_from, here_to in matcher.get_opcodes():
        whole += mine_parts[here_from:here_to]
        whole += [] if tag == "equal" else their_parts[there_from:there_to]
    return "\n\n".join(part for part in whole if part.strip())


def _pieces(text: str) -> list[str]:
    return _PIECES.findall(text)
