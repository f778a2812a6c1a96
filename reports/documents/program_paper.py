"""A program as a paper: from the frozen version once there is one, from the draft before that."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from agencies.models import Agency, AgencyName
from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Area, Program, ProgramVersion
from coordination.programs.queries import live_version
from coordination.programs.services.snapshot import snapshot_of
from records import clock, wording
from records.text import fold
from reports.documents.layout_profiles import profile_for
from reports.documents.letterheads import joint_letterhead, place_of
from reports.documents.papers import Annex, PaperDay, PaperSection, PaperState, Paragraph, ProgramPaper, Recipients
from reports.documents.signing import block_of, blocks_of_version
from reports.documents.task_tables import Names, plan_table
from reports.documents.wording import capitalised, hyphenated, lines, paragraphs, sentence


def program_paper(program: Program, *, day: date) -> ProgramPaper:
    """The paper of a program as it stands on a day.

    Rule: text, tasks and names come from the version locked for signing, number, day and signers from the program; a
    program without such a version is printed as a draft.
    Raises: RuleBroken where no layout rules are known for it.
    """
    version = live_version(program)
    content = version.snapshot if version else snapshot_of(program, day)
    on = clock.local_day(version.locked_at) if version else day
    names = _party_names(program, version, on)
    parties = sorted(content["parties"], key=lambda party: party["letterhead"][0])
    in_letterhead = [names[party["agency"]] for party in parties]
    lead = next((names[party["agency"]] for party in parties if party["is_lead"]), in_letterhead[0])
    profile = profile_for(lead.family, [name.family for name in in_letterhead], program.signed_on or day)
    return ProgramPaper(
        state=_state(program, version),
        profile_code=profile.code,
        letterhead=joint_letterhead(
            in_letterhead,
            program.unit,
            number=program.document_number,
            symbol=program.document_symbol,
            place=content["place"] or place_of(program.unit, on),
            day=PaperDay.of(program.signed_on) if program.signed_on else PaperDay(day.year, day.month),
            on=on,
        ),
        kind_name=kind_name(program),
        subject=subject_of(program, content["title"]),
        legal_bases=tuple(hyphenated(basis) for basis in content["legal_bases"]),
        opening=paragraphs(content["opening"]),
        sections=_sections(content["sections"]) + _mention_of_annex(program, content["tasks"]),
        closing=hyphenated(content["effect_clause"]) or f"{capitalised(kind_word(program))} này có hiệu lực kể từ ngày ký",
        signatures=_signatures(program, version, names),
        recipients=Recipients(lines(content["recipients"]) or ("Các bên ký kết", "Lưu: VT")),
        annexes=_annexes(program, content["tasks"], on),
        is_illustrative=program.unit.is_illustrative,
    )


def kind_name(program: Program) -> str:
    return program.get_kind_display_printed() if hasattr(program, "get_kind_display_printed") else _kind(program).printed


def kind_word(program: Program) -> str:
    """The type's name within a sentence."""
    return _kind(program).printed.lower()


def subject_of(program: Program, title: str) -> str:
    """The title without the type's name, which stands above it in capitals."""
    title, word = hyphenated(title), kind_word(program)
    if fold(title).startswith(fold(word)):
        title = title[len(word) :].strip() or title
    return capitalised(title)


def cited(program: Program) -> str:
    """A program as other papers cite it: its number and day as far as they are known, then its subject."""
    number = "…" if program.document_number is None else wording.zero_padded(program.document_number)
    symbol = f" số {number}/{program.document_symbol}" if program.document_symbol else ""
    signed = f" {wording.decree_date(program.signed_on)}" if program.signed_on else ""
    subject = subject_of(program, program.title)
    return f"{capitalised(kind_word(program))}{symbol}{signed} {subject[:1].lower()}{subject[1:]}"


def _kind(program: Program):
    return type(program)._meta.get_field("kind").choices and _printed_kind(program.kind)


def _state(program: Program, version: ProgramVersion | None) -> PaperState:
    if program.state in SIGNED_STATES:
        return PaperState.ISSUED
    return PaperState.FOR_SIGNING if version else PaperState.DRAFT
