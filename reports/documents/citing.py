"""How papers name a program: its type, its subject, its number."""

from datetime import date

from coordination.programs.enums import AmendmentWay, ProgramKind
from coordination.programs.models import Program
from records import wording
from records.text import fold
from reports.documents.wording import capitalised, hyphenated, listed


def kind_name(program: Program) -> str:
    """The type's name in capitals, over the subject; what amends by an annex is one."""
    if program.amends_by == AmendmentWay.ANNEX:
        return "PHỤ LỤC"
    return ProgramKind(program.kind).printed


def kind_word(program: Program) -> str:
    """The type's name within a sentence."""
    return kind_name(program).lower()


def subject_of(program: Program, title: str) -> str:
    """The title without the type's name, which stands above it in capitals."""
    title, word = hyphenated(title), kind_word(program)
    if fold(title).startswith(f"{fold(word)} "):
        title = title[len(word) :].strip()
    return capitalised(title)


def full_number(program: Program) -> str:
    """Number and symbol such as "02/CTPH-UBND-BTGHU"; dots for a number not known, nothing without a symbol."""
    if not program.document_symbol:
        return ""
    number = "…" if program.document_number is None else wording.zero_padded(program.document_number)
    return f"{number}/{program.document_symbol}"


def cited(program: Program) -> str:
    """A program as other papers cite it the first time: type, number, day, subject, as far as they are known."""
    subject = subject_of(program, program.title)
    parts = [capitalised(kind_word(program))]
    if program.document_number is not None:
        parts.append(f"số {full_number(program)}")
    if program.signed_on:
        parts.append(wording.decree_date(program.signed_on))
    return " ".join([*parts, subject[:1].lower() + subject[1:]])


def amending_line(amended: dict) -> str:
    """The line that opens an amendment: what it amends, its number, day and parties, dots for what is not known.

    Shape: `amended` is what a version keeps of the program it amends, under "amends".
    """
    kind = ProgramKind(amended["kind"]).printed.lower()
    title = hyphenated(amended["title"])
    if fold(title).startswith(f"{fold(kind)} "):
        title = title[len(kind) :].strip()
    number = "…" if amended["number"] is None else wording.zero_padded(amended["number"])
    signed = amended["signed_on"] and date.fromisoformat(amended["signed_on"])
    day = wording.decree_date(signed) if signed else "ngày … tháng … năm …"
    subject = f"{capitalised(kind)} {title[:1].lower()}{title[1:]}"
    paper = f"số {number}/{amended['symbol'] or '…'} {day}"
    parties = listed([hyphenated(name) for name in amended["parties"]]) or "…"
    return f"Sửa đổi, bổ sung một số nội dung của {subject} {paper} của {parties}, như sau:"
