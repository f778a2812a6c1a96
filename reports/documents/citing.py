"""How papers name a program: its type, its subject, its number."""

from datetime import date

from django.db.models import prefetch_related_objects

from agencies.models import AgencyName
from coordination.programs.enums import AmendmentWay, ProgramKind
from coordination.programs.models import Program
from records import wording
from records.text import fold
from reports.documents.layout_profiles import ND30, Conventions, conventions_of
from reports.documents.wording import capitalised, hyphenated, listed

_MOST_NAMED = 4


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
    """Number and symbol as its paper prints them, such as "02/CTPH-UBND-BTGHU"; dots for a number not known, nothing
    without a symbol.
    """
    if not program.document_symbol:
        return ""
    number = "…" if program.document_number is None else wording.zero_padded(program.document_number)
    return _conventions(program).numbered(number, program.document_symbol)


def cited(program: Program) -> str:
    """A program as other papers cite it the first time: type, number, day, who issued it, subject, as far as known.

    Rule: Decree 30/2020/NĐ-CP, Appendix I, II.6, point b: in full first, later by type and number. A subject that names
    every party tells who issued it, and so does one of more parties than a sentence holds.
    """
    subject = subject_of(program, program.title)
    parts = [capitalised(kind_word(program))]
    if program.document_number is not None:
        parts.append(f"số {full_number(program)}{',' if _conventions(program).number_joint == '-' else ''}")
    if program.signed_on:
        parts.append(wording.decree_date(program.signed_on))
        parts += _issuers(program, subject)
    return " ".join([*parts, subject[:1].lower() + subject[1:]])


def cited_again(program: Program) -> str:
    """A program as other papers cite it after the first time: by type and number, by its subject where it has none."""
    kind = capitalised(kind_word(program))
    if program.document_number is None:
        return cited(program)
    return f"{kind} số {full_number(program)}"


def _issuers(program: Program, subject: str) -> list[str]:
    names, said = _names(program), fold(subject)
    told = all(fold(name.name) in said or fold(name.short_name) in said for name in names)
    if told or not 0 < len(names) <= _MOST_NAMED:
        return []
    return [f"của {listed([hyphenated(name.name) for name in names])}"]


def _conventions(program: Program) -> Conventions:
    names = _names(program)
    if not names:
        return ND30.conventions
    lead = next((name for name in names if name.agency_id in _leads(program)), names[0])
    return conventions_of(lead, names, chosen=program.paper_rules)


def _names(program: Program) -> list[AgencyName]:
    """What the parties were called on the day of signing; read once for a program."""
    prefetch_related_objects([program], "parties__agency__names")
    on = program.signed_on or program.period_start
    return [party.agency.name_on(on) for party in program.parties.all()]


def _leads(program: Program) -> set[int]:
    return {party.agency_id for party in program.parties.all() if party.is_lead}


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
