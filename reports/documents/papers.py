"""What an official paper says: dataclasses of text, days and rows, built once and then only rendered.

Why: a paper must not change because a row changed while it was being printed, and its digest must be computable; so
nothing here knows the database. What is not known (a number, a day, a signer) is None and printed as an empty place.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import Enum
from textwrap import wrap
from typing import Self

from reports.documents.blocks import Block, Paragraph, Printed, Table
from reports.documents.layout_profiles import ND30, PROFILES, LayoutProfile
from reports.documents.strip import Strip

GAP = "\u00a0"
DOTTED_GAP = "…" * 8
# Bold letters of 14 pt that stand side by side over 146 mm.
SUBJECT_LETTERS = 56


class PaperState(Enum):
    """How far a paper has come: a draft says so, the version laid before the signers and the issued one do not."""

    DRAFT = "draft"
    FOR_SIGNING = "for_signing"
    ISSUED = "issued"


@dataclass(frozen=True)
class PaperDay:
    """The day of a paper as far as it is known; unknown parts stay blank to be filled in by hand."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, known: date) -> "PaperDay":
        """A day that is known whole."""
        return cls(known.year, known.month, known.day)

    @property
    def iso(self) -> str | None:
        """The day as file properties state it, once it is known whole."""
        return date(self.year, self.month, self.day).isoformat() if self.month and self.day else None

    @property
    def text(self) -> str:
        """Rule: the day below 10 and months 1 and 2 carry a leading zero."""
        day = f"{self.day:02}" if self.day else GAP * 5
        month = (f"{self.month:02}" if self.month < 3 else str(self.month)) if self.month else GAP * 5
        return f"ngày {day} tháng {month} năm {self.year}"


@dataclass(frozen=True, kw_only=True)
class Letterhead(Printed):
    """The head of page 1: who issues, above whom they stand, number and symbol, place and day."""

    issuer_lines: tuple[str, ...]
    superior_lines: tuple[str, ...] = ()
    number: int | None = None
    symbol: str = ""
    place: str = ""
    day: PaperDay
    # The paper says by which rules its head is printed.
    profile_code: str = ND30.code

    @property
    def number_text(self) -> str:
        """Number and symbol as the paper's rules write them: "Số: 02/CTPH-UBND-BTGHU", "Số 02-CTPH/BTGHU-UBND".

        Rule: a number below 10 is written 0n; before registration its place stays empty.
        """
        given = PROFILES[self.profile_code].conventions
        number = GAP * 6 if self.number is None else f"{self.number:02}"
        return f"{given.number_word} {given.numbered(number, self.symbol)}"

    @property
    def printed_symbol(self) -> str:
        """The symbol as the paper prints it behind its number."""
        return PROFILES[self.profile_code].conventions.symbol_of(self.symbol)

    @property
    def place_and_day(self) -> str:
        return f"{self.place}, {self.day.text}" if self.place else self.day.text


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    yield from (block for block in blocks if isinstance(block, Table))


@dataclass(frozen=True, kw_only=True)
class PaperSection(Printed):
    """A numbered part of a paper. Level 1 is I, II; level 2 is 1, 2; level 3 is a, b."""

    number: str = ""
    heading: str = ""
    level: int = 1
    blocks: tuple[Block, ...] = ()
    children: tuple["PaperSection", ...] = ()

    @property
    def label(self) -> str:
        """The number as it is printed: "I.", "1.", "a)"."""
        if not self.number or not self.number[-1].isalnum():
            return self.number
        return f"{self.number})" if self.number.isalpha() and self.number.islower() else f"{self.number}."

    @property
    def label_of_text(self) -> str:
        """A part without a heading carries its number before its first words."""
        return "" if self.heading else self.label

    def tables(self) -> Iterator[Table]:
        """The tables of this part and of the parts within it."""
        yield from _tables(self.blocks)
        for child in self.children:
            yield from child.tables()


@dataclass(frozen=True, kw_only=True)
class Annex(Printed):
    """An annex in the same file, on its own pages."""

    number: str = ""
    title: str
    reference: str = ""
    blocks: tuple[Block, ...]
    is_landscape: bool = False

    @property
    def label(self) -> str:
        return f"Phụ lục {self.number}".strip()


@dataclass(frozen=True, kw_only=True)
class SignatureBlock(Printed):
    """One party's place to sign: authority and title in capitals, room for signature and seal, the signer's name.

    Rule: an unknown signer is a dotted gap; `note` says how it was signed, such as "(Đã ký)"; a title the signer holds
    elsewhere stands under the name. The room for signature and seal is found in the PDF by `sigbox-<place>`, where the
    place is the turn to sign; without one it is the block's place in print.
    """

    lines: tuple[str, ...]
    signer: str | None = None
    second_title: str = ""
    note: str = ""
    place: int | None = None

    @property
    def name(self) -> str:
        return self.signer or DOTTED_GAP


@dataclass(frozen=True)
class Recipients(Printed):
    """To whom the paper goes; the last line says where it is filed."""

    lines: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Each line as "- …;", the last one ending with a full stop."""
        plain = [line.strip().lstrip("-+").rstrip(";. ").strip() for line in self.lines]
        plain = [line for line in plain if line]
        for line in plain[:-1]:
            yield f"- {line};"
        yield from (f"- {line}." for line in plain[-1:])


def _balanced(text: str) -> list[str]:
    """The fewest lines that fit, as even as they can be, so no line holds a lone word."""
    fewest = -(-len(text) // SUBJECT_LETTERS)
    width = -(-len(text) // max(fewest, 1))
    while len(lines := wrap(text, width, break_long_words=False, break_on_hyphens=False)) > fewest and width < len(
        text
    ):
        width += 1
    return lines


def _written(said: dict) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, default=lambda value: value.value)


@dataclass(frozen=True, kw_only=True)
class Paper(Printed):
    """What every official paper has, in the order it is printed.

    Shape: `draft_label` is the number of the version sent last, "0.2", or "0.2+" once the text was changed since.
    """

    state: PaperState
    letterhead: Letterhead
    kind_name: str
    subject: str
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    opening: tuple[Paragraph, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    closing: str
    signatures: tuple[SignatureBlock, ...]
    recipients: Recipients
    annexes: tuple[Annex, ...] = ()
    is_illustrative: bool = False
    profile_code: str = ND30.code
    strip: Strip | None = None
    draft_label: str = ""

    def __post_init__(self):
        super().__post_init__()
        object.__setattr__(self, "letterhead", replace(self.letterhead, profile_code=self.profile_code))

    @property
    def profile(self) -> LayoutProfile:
        """The presentation rules it follows."""
        return PROFILES[self.profile_code]

    @property
    def subject_lines(self) -> list[str]:
        """The subject in lines of about equal length under the type's name; its own line breaks are kept."""
        return [line for given in self.subject.splitlines() for line in _balanced(given)]

    @property
    def subject_in_text(self) -> str:
        """The subject within a sentence: on one line, its first letter small."""
        subject = " ".join(self.subject.splitlines())
        return subject[:1].lower() + subject[1:]

    @property
    def title(self) -> str:
        """The name of the file and of the window: the kind as a sentence writes it, then the subject."""
        return f"{self.kind_name.capitalize()} {self.subject_in_text}"

    @property
    def is_letter(self) -> bool:
        """Whether it is an official letter, the one kind of paper without a type's name over its subject."""
        return False

    @property
    def addressed(self) -> list[str]:
        """To whom it is written: one on the line of "Kính gửi:"; several each on a line as "- …;", the last with ".".

        Rule: Decree 30/2020/NĐ-CP, Appendix I, Part I, Section II, clause 9, point a.
        """
        plain = [line.rstrip(";. ") for line in self.addressees]
        if len(plain) < 2:
            return plain
        return [f"- {line};" for line in plain[:-1]] + [f"- {plain[-1]}."]

    @property
    def bases(self) -> list[str]:
        """Each legal basis ends with a semicolon, the last with a full stop; in the Party's papers after a hyphen."""
        dash = "- " if self.profile.conventions.bases_are_dashed else ""
        plain = [f"{dash}{basis.lstrip('- ').rstrip(';. ')}" for basis in self.legal_bases]
        return [f"{basis};" for basis in plain[:-1]] + [f"{basis}." for basis in plain[-1:]]

    @property
    def closing_text(self) -> str:
        """Rule: a State body's paper ends with "./.", one of the Party with a full stop."""
        return self.closing.rstrip("./;: ") + self.profile.conventions.end_mark

    @property
    def is_draft(self) -> bool:
        return self.state is PaperState.DRAFT

    @property
    def draft_words(self) -> str:
        """Which draft it is: the number of the version sent last, or that it was changed since."""
        if not self.draft_label:
            return ""
        return f"Sửa sau bản {self.draft_label[:-1]}" if self.draft_label.endswith("+") else f"Bản {self.draft_label}"

    @property
    def has_second_titles(self) -> bool:
        """Whether a signer has a title under the name; the names of a row stand on one line all the same."""
        return any(block.second_title for block in self.signatures)

    def under(self, letterhead: Letterhead, signature: SignatureBlock) -> Self:
        """The paper under another head, signed by one signer."""
        return replace(self, letterhead=letterhead, signatures=(signature,))

    def tables(self) -> Iterator[Table]:
        """Every table of the paper, annexes included."""
        for section in self.sections:
            yield from section.tables()
        for annex in self.annexes:
            yield from _tables(annex.blocks)

    def digest(self) -> str:
        """The SHA-256 of what the paper says; two papers with the same digest print the same bytes."""
        return hashlib.sha256(_written(asdict(self)).encode()).hexdigest()

    def stripped(self, about: str, *, version: str = "") -> Self:
        """The paper with a strip over its own words: all but number, day, state and how it was signed.

        Why those are left out: they come after the first print, and the paper keeps its code.
        """
        return replace(self, strip=Strip.of(about, self._words(), version))

    def _words(self) -> str:
        said = asdict(self)
        for name in ("state", "strip", "profile_code"):
            del said[name]
        for name in ("number", "symbol", "day", "profile_code"):
            del said["letterhead"][name]
        for block in said["signatures"]:
            del block["note"]
        return _written(said)


@dataclass(frozen=True, kw_only=True)
class ProgramPaper(Paper):
    """A coordination program, regulation or joint plan with a signature block for every party."""


@dataclass(frozen=True, kw_only=True)
class ReportPaper(Paper):
    """A report of results, signed by the agency that made it."""


@dataclass(frozen=True, kw_only=True)
class LetterPaper(Paper):
    """An official letter: no type's name; what it is about stands under its number as "V/v …"."""

    kind_name: str = field(default="", init=False)

    @property
    def is_letter(self) -> bool:
        return True

    @property
    def title(self) -> str:
        return f"Công văn về việc {self.subject_in_text}"

    @property
    def about_line(self) -> str:
        """Rule: the same clause, item 5, point b."""
        return f"V/v {self.subject_in_text}"
