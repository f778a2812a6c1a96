"""A text pasted from elsewhere, read as an outline: cleaned lines, their numbers, what lies in what. No database."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coordination.drafting.numbering import Series, series_of
from coordination.programs.models import NUMBERING_LENGTH
from records import text

MOST_LINES = 2_000
MOST_PARTS = 400
LONGEST_HEADING = 300
LONGEST_BODY = 20_000
LONGEST_BASIS = 500
_SHORT_HEADING = 150

# What word processors leave behind: soft hyphens, zero-width and byte-order marks, object placeholders.
_RESIDUE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufffc]")
# Line and page breaks of word processors, and the spaces they use.
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# The bullets of Word's symbol fonts stand in the private use area.
_BULLETS = re.compile("^[\uf0b7\uf0a7\uf0d8\uf02d\uf0fc●○■▪◦‣∙]\\s*")
_WORD = r"(?P<number>(?i:chương)\s+(?:[IVXLCivxlc]+|\d{1,3})|(?i:mục)\s+(?:\d{1,3}|[IVX]+)|(?i:điều)\s+\d{1,3}[a-zđ]?)"
_NUMBERED = (
    re.compile(rf"{_WORD}(?P<end>[.:]?)(?:\s+(?P<rest>.+))?$"),
    re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?P<end>[.)]?)\s+(?P<rest>.+)$"),
    re.compile(r"(?P<number>\d{1,3})(?P<end>[.)/])(?!\d)\s*(?P<rest>.*)$"),
    re.compile(r"(?P<number>[IVX]{1,7})(?P<end>[.)/])\s*(?P<rest>.*)$"),
    re.compile(r"(?P<number>[A-ZĐ])(?P<end>[.)/])\s+(?P<rest>.+)$"),
    re.compile(r"(?P<number>[a-zđ])(?P<end>[.)/])\s*(?P<rest>.*)$"),
    re.compile(r"(?P<number>[-–—•·*])(?P<end>)\s*(?P<rest>.+)$"),
    re.compile(r"(?P<number>\+)(?P<end>)\s*(?P<rest>.+)$"),
)
_HASHES = re.compile(r"(#{1,6})\s+(.+)$")
_BASIS = re.compile(r"[-–]?\s*(Căn cứ|Thực hiện|Theo)\s", re.IGNORECASE)
_HEADED = (Series.CHAPTER, Series.PART, Series.ARTICLE, Series.CAPITAL, Series.ROMAN)


@dataclass
class Part:
    """One section as it was read: where in the paste it begins, its depth, its number, heading and text."""

    line: int
    rank: int
    depth: int = 1
    numbering: str = ""
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def is_empty(self) -> bool:
        return not self.heading and not self.paragraphs


@dataclass(frozen=True)
class Outline:
    """What a paste holds: legal bases before the text, its parts in reading order, and what stops it being written."""

    bases: tuple[str, ...]
    parts: tuple[Part, ...]
    faults: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The value by which the outline that was shown is told again when it is confirmed."""
        told = repr((self.bases, [(part.depth, part.numbering, part.heading, part.body) for part in self.parts]))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def without_residue(pasted: str) -> str:
    """A paste without the invisible marks of word processors, its line and page breaks as plain ones."""
    return _RESIDUE.sub("", _BREAKS.sub("\n", pasted))


def cleaned(pasted: str) -> list[str]:
    """The lines of a paste without what styling left behind: one Unicode form, plain spaces, no invisible marks."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.nfc(without_residue(pasted)).split("\n"))
    return [_BULLETS.sub("- ", line) for line in lines]


def read(pasted: str) -> Outline:
    """The outline of a paste. Nothing in it is left out; what cannot be written is named with its line."""
    lines = cleaned(pasted)
    if len(lines) > MOST_LINES:
        told = _("The text has %(count)s lines; at most %(most)s can be pasted at once. Paste it in parts.")
        return Outline((), (), (told % {"count": len(lines), "most": MOST_LINES},))
    bases, parts = _parts(lines)
    _nest(parts)
    return Outline(tuple(bases), tuple(parts), tuple(_faults(bases, parts)))


def _parts(lines: list[str]) -> tuple[list[str], list[Part]]:
    bases: list[str] = []
    parts: list[Part] = []
    for number, line in enumerate(lines, start=1):
        if not line:
            continue
        if not parts and _BASIS.match(line):
            bases.append(line.lstrip("-– "))
        elif (part := _begun(number, line)) is not None:
            parts.append(part)
        else:
            _continue(parts, number, line)
    return bases, parts


def _begun(number: int, line: str) -> Part | None:
    """The part a line begins, or None where it goes on with the part before."""
    marked = _HASHES.match(line)
    bare = marked[2] if marked else line
    for shape in _NUMBERED:
        if found := shape.match(bare):
            return _numbered(number, found)
    return Part(number, len(marked[1]) - 10, heading=bare) if marked else None


def _numbered(line: int, found: re.Match) -> Part:
    numbering = " ".join(found["number"].split())
    series = series_of(numbering) or Series.DASH
    numbering = "-" if series is Series.DASH else numbering
    if found["end"] in (")", "/") and series not in (Series.LETTER,):
        numbering += found["end"]
    rest, part = (found["rest"] or "").strip(), Part(line, _rank(series, numbering), numbering=numbering)
    if rest and _is_heading(series, rest):
        part.heading = rest
    elif rest:
        part.paragraphs.append(rest)
    return part


def _rank(series: Series, numbering: str) -> int:
    """How deep the series lies, counted in tenths so that 1.1.1 lies below 1.1."""
    return series * 10 + (numbering.count(".") if series is Series.DECIMAL else 0)


def _is_heading(series: Series, rest: str) -> bool:
    if series in _HEADED:
        return len(rest) <= LONGEST_HEADING
    if series in (Series.ARABIC, Series.DECIMAL):
        return len(rest) <= _SHORT_HEADING and rest[-1] not in ".;:,"
    return False


def _continue(parts: list[Part], number: int, line: str) -> None:
    """A line without a number goes on with the part before: the heading of a bare chapter, otherwise its text."""
    if not parts:
        parts.append(Part(number, 0))
    last = parts[-1]
    if last.is_empty and last.numbering and last.rank <= _rank(Series.ROMAN, "") and len(line) <= LONGEST_HEADING:
        last.heading = line
    else:
        last.paragraphs.append(line)


def _nest(parts: list[Part]) -> None:
    """Give every part its depth: below the nearest one before it that ranks higher."""
    above: list[int] = []
    for part in parts:
        while above and above[-1] >= part.rank:
            above.pop()
        above.append(part.rank)
        part.depth = len(above)


def _faults(bases: Iterable[str], parts: list[Part]) -> Iterable[str]:
    if not parts and not bases:
        yield _("There is no text in what was pasted.")
    if len(parts) > MOST_PARTS:
        told = _("The text has %(count)s sections; at most %(most)s can be written at once. Paste it in parts.")
        yield told % {"count": len(parts), "most": MOST_PARTS}
    if any(len(basis) > LONGEST_BASIS for basis in bases):
        yield _("A legal basis is longer than 500 characters.")
    for part in parts:
        if told := _fault(part):
            yield _("Line %(line)s: %(fault)s") % {"line": part.line, "fault": told}


def _fault(part: Part) -> str:
    if part.is_empty:
        return _("nothing follows the number “%(number)s”.") % {"number": part.numbering}
    if len(part.heading) > LONGEST_HEADING:
        return _("the heading is longer than 300 characters.")
    if len(part.body) > LONGEST_BODY:
        told = _("the text of one section has %(count)s characters; at most 20,000 fit.")
        return told % {"count": len(part.body)}
    if len(part.numbering) > NUMBERING_LENGTH:
        return _("the number is longer than 20 characters.")
    return ""
