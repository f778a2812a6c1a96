"""Tokens in stored text: `{{hoan_thanh}}` stands for a number, `{{bang.linh_vuc}}` alone on a line for a table.

No database. What a token stands for is told by `values`.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

_TOKEN = re.compile(r"\{\{\s*([a-z0-9_]+(?:\.[A-Za-z0-9_-]+)*)\s*\}\}")
# Whatever looks as if it was meant to be a token.
_MEANT = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}")
_ALIKE = 0.6
EXHIBITS = ("bang", "bieu_do")


@dataclass(frozen=True)
class Value:
    """What a token stands for: as it is printed, the list behind it where there is one, and what it means."""

    text: str
    query: str = ""
    means: str = ""


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: words as they are, or a token with what it stands for (None where nothing is known)."""

    text: str
    token: str = ""
    value: Value | None = None


@dataclass(frozen=True)
class Fault:
    """A token nothing is known of: where it stands, what was written, what may have been meant."""

    line: int
    written: str
    suggestion: str = ""
    is_misplaced: bool = False

    @property
    def told(self) -> str:
        """What is wrong, in words for whoever wrote it."""
        facts = {"line": self.line, "token": self.written, "suggestion": self.suggestion}
        if self.is_misplaced:
            return _("Line %(line)s: %(token)s is a table or chart. It stands alone on its line, in a section.") % facts
        if self.suggestion:
            return _("Line %(line)s: %(token)s is not known. Did you mean %(suggestion)s?") % facts
        return _("Line %(line)s: %(token)s is not known. Take a name from the list.") % facts


def token(name: str) -> str:
    """A name as it is written in a text."""
    return "{{" + name + "}}"


def names_in(text: str) -> list[str]:
    """The names of the tokens of a text, each once, in their order."""
    return list(dict.fromkeys(found[1] for found in _TOKEN.finditer(text)))


def exhibit_of(line: str) -> str:
    """The table or chart a line stands for: a token of one, alone on its line; empty for any other line."""
    found = _TOKEN.fullmatch(line.strip())
    return found[1] if found and found[1].split(".")[0] in EXHIBITS else ""


def exhibits_in(text: str) -> list[str]:
    """The tables and charts a text places, in their order."""
    return [name for line in text.splitlines() if (name := exhibit_of(line))]


def with_exhibit(text: str, name: str) -> str:
    """The text with a table or chart below it."""
    return f"{text.rstrip()}\n{token(name)}".lstrip("\n")


def without_exhibit(text: str, name: str) -> str:
    """The text without the lines that place a table or chart."""
    return "\n".join(line for line in text.splitlines() if exhibit_of(line) != name)


def pieces(text: str, values: Mapping[str, Value]) -> Iterator[Piece]:
    """A text in stretches of words and tokens."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(found[0], found[1], values.get(found[1]))
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def filled(text: str, values: Mapping[str, Value]) -> str:
    """The text as it is printed; a token nothing is known of stays as it was written."""
    return "".join(piece.value.text if piece.value else piece.text for piece in pieces(text, values))


def has_marks(text: str) -> bool:
    """Whether something in a text looks as if it was meant to be a token."""
    return _MEANT.search(text) is not None


def faults_in(text: str, known: Collection[str], *, takes_exhibits: bool = True) -> list[Fault]:
    """The tokens of a text nothing is known of, line by line; broken ones as well, and tables and charts out of place.

    Shape: `takes_exhibits` says whether tables and charts are printed where the text stands.
    """
    return [
        fault
        for number, line in enumerate(text.splitlines(), start=1)
        for found in _MEANT.finditer(line)
        if (fault := _fault_of(number, line, found[0], known, takes_exhibits)) is not None
    ]


def _fault_of(number: int, line: str, written: str, known: Collection[str], takes_exhibits: bool) -> Fault | None:
    if not _is_known(written, known):
        return _fault(number, written, known)
    is_placed = takes_exhibits and bool(exhibit_of(line))
    return Fault(number, written, is_misplaced=True) if exhibit_of(written) and not is_placed else None


def _is_known(written: str, known: Collection[str]) -> bool:
    whole = _TOKEN.fullmatch(written)
    return bool(whole) and whole[1] in known


def _fault(line: int, written: str, known: Collection[str]) -> Fault:
    meant = written.strip("{} \t").lower().replace(" ", "_")
    near = difflib.get_close_matches(meant, list(known), n=1, cutoff=_ALIKE) if meant else []
    return Fault(line, written, token(near[0]) if near else "")
