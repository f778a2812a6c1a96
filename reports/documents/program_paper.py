"""A program as a paper: from the frozen version once there is one, from the draft before that."""

from dataclasses import replace
from datetime import date

from django.db.models import prefetch_related_objects

from coordination.programs.enums import SIGNED_STATES
from coordination.programs.models import Program, ProgramVersion
from coordination.programs.queries import live_version
from coordination.programs.services.snapshot import canonical, digest_of, snapshot_of
from records import clock, wording
from reports.documents.blocks import Paragraph
from reports.documents.citing import amending_line, full_number, kind_name, kind_word, subject_of
from reports.documents.layout_profiles import profile_for
from reports.documents.letterheads import joint_letterhead, place_of
from reports.documents.papers import Annex, PaperDay, PaperSection, PaperState, ProgramPaper, Recipients, SignatureBlock
from reports.documents.signing import block_of, blocks_of_version
from reports.documents.strip import Strip
from reports.documents.task_tables import names_on, plan_table, planned
from reports.documents.wording import capitalised, hyphenated, lines, paragraphs

_READ = ("unit__names", "parties__agency__names", "parties__signs_through__names", "legal_bases", "sections")


def program_paper(program: Program, *, day: date, dated_on: date | None = None) -> ProgramPaper:
    """The paper of a program as it stands on a day.

    Rule: text and tasks come from the version locked for signing, with the names of that day; number, day and
    signers come from the program. Without such a version it is printed as a draft. `dated_on` is the day a file to sign
    is being prepared with; once it is, that day stays.
    Raises: RuleBroken where no layout rules are known for it.
    """
    prefetch_related_objects([program], *_READ)
    version = live_version(program)
    content = version.snapshot if version else snapshot_of(program, day)
    on = clock.local_day(version.locked_at) if version else day
    printed = dated_on or (version.dated_on if version else None) or program.signed_on
    parties = list(program.parties.all())
    names = [party.agency.name_on(on) for party in parties]
    lead = next((name for name, party in zip(names, parties, strict=True) if party.is_lead), names[0])
    paper = ProgramPaper(
        state=_state(program, version),
        profile_code=profile_for(lead, names, printed or day, chosen=program.paper_rules).code,
        letterhead=joint_letterhead(
            names,
            program.unit,
            number=program.document_number,
            symbol=program.document_symbol,
            place=content["place"] or place_of(program.unit, on),
            day=PaperDay.of(printed) if printed else PaperDay(day.year, day.month),
            on=on,
        ),
        kind_name=kind_name(program),
        subject=subject_of(program, content["title"]),
        legal_bases=tuple(hyphenated(basis) for basis in content["legal_bases"]),
        opening=_opening(content),
        sections=_sections(content["sections"]),
        closing=_closing(program, content),
        signatures=_signatures(version, parties, on),
        recipients=Recipients(lines(content["recipients"]) or ("Các bên ký kết", "Lưu: VT")),
        annexes=_annexes(program, content["tasks"], on, printed),
        is_illustrative=program.unit.is_illustrative,
    )
    if version is None:
        return replace(paper, draft_label=_draft_label(program, content))
    return replace(paper, strip=strip_of(program, version))


def strip_of(program: Program, version: ProgramVersion) -> Strip:
    """The strip of a version locked for signing: its digest is the version's own, its data the frozen content."""
    return Strip.of(f"program {program.code}", canonical(version.snapshot), version.label)


def _draft_label(program: Program, content: dict) -> str:
    """The number of the version that was frozen last, with a plus once the text is no longer as it was then."""
    last = program.versions.defer("snapshot").order_by("locked_at", "pk").last()
    if last is None:
        return ""
    return last.label if last.digest == digest_of(content) else f"{last.label}+"


def _state(program: Program, version: ProgramVersion | None) -> PaperState:
    if program.state in SIGNED_STATES:
        return PaperState.ISSUED
    return PaperState.FOR_SIGNING if version else PaperState.DRAFT


def _opening(content: dict) -> tuple[Paragraph, ...]:
    """What stands before the text; an amendment says first what it amends."""
    amended = content.get("amends")
    return (*((Paragraph(amending_line(amended)),) if amended else ()), *paragraphs(content["opening"]))


def _closing(program: Program, content: dict) -> str:
    word = capitalised(kind_word(program))
    effect = hyphenated(content["effect_clause"]) or f"{word} này có hiệu lực kể từ ngày ký"
    if not content["tasks"]:
        return effect
    count = wording.zero_padded(len(content["tasks"]))
    return f"Kèm theo {word} này là Danh mục {count} nhiệm vụ phối hợp. {effect}"


def _sections(rows: list[list]) -> tuple[PaperSection, ...]:
    """The outline, written as [depth, number, heading, body, …] in reading order, as sections within sections."""
    built, place = [], 0
    while place < len(rows):
        depth, number, heading, body = rows[place][:4]
        end = next((n for n in range(place + 1, len(rows)) if rows[n][0] <= depth), len(rows))
        built.append(
            PaperSection(
                number=number,
                heading=hyphenated(heading.upper() if depth == 1 else heading),
                level=depth,
                blocks=paragraphs(body) or ((Paragraph(""),) if not heading else ()),
                children=_sections(rows[place + 1 : end]),
            )
        )
        place = end
    return tuple(built)


def _signatures(version: ProgramVersion | None, parties: list, on: date) -> tuple[SignatureBlock, ...]:
    signing = {party.pk: (party.signs_through or party.agency).name_on(on) for party in parties}
    if version:
        return blocks_of_version(version, signing)
    ordered = sorted(parties, key=lambda party: (not party.is_lead, party.signing_order))
    return tuple(block_of(signing[party.pk], place=party.signing_order) for party in ordered)


def _annexes(program: Program, tasks: list[dict], on: date, printed: date | None) -> tuple[Annex, ...]:
    if not tasks:
        return ()
    number = full_number(program) or "…"
    signed = wording.decree_date(printed) if printed else "ngày … tháng … năm …"
    table = plan_table([planned(task) for task in tasks], names_on(program.unit, on))
    return (
        Annex(
            title=f"DANH MỤC NHIỆM VỤ PHỐI HỢP NĂM {program.year}",
            reference=f"(Kèm theo {capitalised(kind_word(program))} số {number} {signed})",
            blocks=(table,),
            is_landscape=True,
        ),
    )
