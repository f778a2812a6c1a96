"""How papers name a program: its type, its subject, its number."""

from coordination.programs.enums import ProgramKind
from coordination.programs.models import Program
from records import wording
from records.text import fold
from reports.documents.wording import capitalised, hyphenated


def kind_name(program: Program) -> str:
    """The type's name in capitals, over the subject."""
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
