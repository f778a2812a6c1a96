"""The table “so sánh” of two versions of a program: each clause that differs, as it was beside as it is."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import override

from coordination.programs.models import Program
from coordination.versions.enums import ClauseKind, Fate
from coordination.versions.queries import ClauseChange, Comparison, Edition, Group, changes_between, contents_of
from coordination.versions.words import Piece, excerpt
from records import clock, wording
from reports.documents.blocks import Printed
from reports.documents.citing import kind_word, subject_of
from reports.documents.wording import capitalised, hyphenated

TITLE = "BẢNG SO SÁNH"
_FATES = {
    Fate.CHANGED: "Sửa đổi",
    Fate.MOVED: "Chuyển vị trí",
    Fate.ADDED: "Bổ sung",
    Fate.DROPPED: "Bỏ",
}
_KINDS = {
    ClauseKind.FACT: "Tên gọi và thông tin chung",
    ClauseKind.BASIS: "Căn cứ",
    ClauseKind.PARTY: "Các bên",
    ClauseKind.SECTION: "Nội dung",
    ClauseKind.TASK: "Danh mục nhiệm vụ",
}


@dataclass(frozen=True)
class Words(Printed):
    """A stretch of a cell; one that the other version lacks is struck in the older and underlined in the newer."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class ComparedRow(Printed):
    """A clause that differs: how it is called, what became of it, its words in either version."""

    clause: str
    fate: str
    older: tuple[Words, ...]
    newer: tuple[Words, ...]


@dataclass(frozen=True)
class ComparedGroup(Printed):
    """The clauses of one kind that differ, and how many of it do not."""

    heading: str
    rows: tuple[ComparedRow, ...]
    unchanged: int

    @property
    def remainder(self) -> str:
        """What is said of the clauses that are not printed."""
        count = wording.zero_padded(self.unchanged)
        return f"{count} mục khác không thay đổi" if self.rows else f"Không thay đổi ({count} mục)"


@dataclass(frozen=True, kw_only=True)
class ComparisonPaper(Printed):
    """A paper that sets two versions side by side; no number, no signatures."""

    subtitle: str
    lines: tuple[str, ...]
    older: str
    newer: str
    groups: tuple[ComparedGroup, ...]
    author: str
    is_illustrative: bool = False

    @property
    def title(self) -> str:
        return TITLE

    @property
    def name(self) -> str:
        """What the file and its window are called."""
        return f"{TITLE.capitalize()} {self.subtitle}"

    @property
    def is_same(self) -> bool:
        return not any(group.rows for group in self.groups)

    def digest(self) -> str:
        """The SHA-256 of what the paper says."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def comparison_paper(program: Program, older: Edition, newer: Edition, *, day: date) -> ComparisonPaper:
    """Two versions of a program set side by side, in Vietnamese whatever the reader's language.

    Rule: R-VERSION-3.
    """
    with override("vi"):
        compared = changes_between(*contents_of(program, (older, newer), today=day))
        subject = subject_of(program, program.title)
        return ComparisonPaper(
            subtitle=f"các bản của {capitalised(kind_word(program))} {subject[:1].lower()}{subject[1:]}",
            lines=(_summary(compared),),
            older=_called(older, day),
            newer=_called(newer, day),
            groups=tuple(_group(group) for group in compared.groups),
            author=program.drafting_agency.name_on(day).name,
            is_illustrative=program.unit.is_illustrative,
        )


def _called(edition: Edition, day: date) -> str:
    """Such as "Bản dự thảo 0.1, ngày 05/02/2022"."""
    if edition.version is None:
        return f"Nội dung đến ngày {wording.day(day)}"
    kind = "Bản trình ký" if edition.version.for_signing else "Bản dự thảo"
    on = wording.day(clock.local_day(edition.version.locked_at))
    void = " (đã trả lại)" if edition.is_void else ""
    return f"{kind} {edition.version.label}, ngày {on}{void}"


def _summary(compared: Comparison) -> str:
    if compared.is_same:
        return "(Hai bản có nội dung giống nhau)"
    counts = compared.counts
    told = [f"{word.lower()} {wording.zero_padded(counts[fate])} mục" for fate, word in _FATES.items() if counts[fate]]
    return f"({', '.join(told)}; chữ gạch ngang: chỉ có ở bản trước, chữ gạch chân: chỉ có ở bản sau)"


def _group(group: Group) -> ComparedGroup:
    unchanged = sum(len(stretch.unchanged) for stretch in group.stretches)
    return ComparedGroup(_KINDS[group.kind], tuple(_row(change) for change in group.changes), unchanged)


def _row(change: ClauseChange) -> ComparedRow:
    fate = _FATES[change.fate]
    if change.is_moved and change.fate != Fate.MOVED:
        fate = f"{fate}; {_FATES[Fate.MOVED].lower()}"
    called = f"{change.old_label} → {change.label}" if change.is_renamed else change.label
    older, newer = tuple(_words(change, is_new=False)), tuple(_words(change, is_new=True))
    if change.fate == Fate.MOVED:
        older, newer = (Words(hyphenated(change.old_label)),), (Words(hyphenated(change.label)),)
    return ComparedRow(hyphenated(called), fate, older, newer)


def _words(change: ClauseChange, *, is_new: bool) -> Iterator[Words]:
    """The changed parts of a clause as one version has them, each on a line of its own."""
    for part in change.shown_parts:
        said = list(_said(excerpt(part.pieces), is_new=is_new))
        if said and part.label:
            yield Words(f"{part.label}: ")
        yield from said
        if said and part is not change.shown_parts[-1]:
            yield Words("\n")


def _said(pieces: tuple[Piece, ...], *, is_new: bool) -> Iterator[Words]:
    for piece in pieces:
        if (piece.is_struck and not is_new) or (piece.is_added and is_new):
            yield Words(hyphenated(piece.text), differs=True)
        elif not piece.is_struck and not piece.is_added:
            yield Words(" […] " if piece.is_left_out else hyphenated(piece.text))
