"""Sections III to V of a report: what the evaluation found, what was concluded, what is proposed."""

from collections.abc import Iterable

from coordination.conferences.models import Conference
from coordination.evaluations.enums import CauseKind, FindingKind
from coordination.evaluations.models import Finding
from reports.documents.blocks import Paragraph
from reports.documents.papers import PaperSection
from reports.documents.wording import hyphenated, sentence

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def numbered(sections: Iterable[PaperSection | None]) -> tuple[PaperSection, ...]:
    """The main sections that say something, numbered I, II, III in their order."""
    kept = [section for section in sections if section and (section.blocks or section.children)]
    return tuple(_with_number(section, _ROMAN[place]) for place, section in enumerate(kept))


def assessment(findings: list[Finding]) -> PaperSection:
    """III. What was good, what was not, why, and what was learnt; what the source leaves in doubt is left out."""
    sure = [finding for finding in findings if not finding.is_doubtful]
    parts = (
        ("Ưu điểm", _paragraphs(_of(sure, FindingKind.STRENGTH, FindingKind.IMPACT)), ()),
        ("Tồn tại, hạn chế", _paragraphs(_of(sure, FindingKind.LIMITATION)), ()),
        ("Nguyên nhân", (), _causes(sure)),
        ("Bài học kinh nghiệm", _paragraphs(_of(sure, FindingKind.LESSON)), ()),
    )
    said = [part for part in parts if part[1] or part[2]]
    return PaperSection(
        heading="ĐÁNH GIÁ CHUNG",
        children=tuple(
            PaperSection(number=str(number), heading=heading, level=2, blocks=blocks, children=children)
            for number, (heading, blocks, children) in enumerate(said, start=1)
        ),
    )


def priorities(conference: Conference, *, planned: str) -> PaperSection:
    """IV. What the conference asked for in the year it plans, in the order it was concluded."""
    conclusions = list(conference.conclusions.all())
    asked = [
        PaperSection(number=str(number), level=2, blocks=(Paragraph(sentence(conclusion.text)),))
        for number, conclusion in enumerate(conclusions, start=1)
    ]
    return PaperSection(
        heading=f"NHIỆM VỤ TRỌNG TÂM PHỐI HỢP NĂM {conference.plan_year}",
        blocks=(Paragraph(planned),) if planned else (),
        children=tuple(asked),
    )


def proposals(findings: list[Finding]) -> PaperSection:
    """V. What is proposed to others; left out where nothing is."""
    proposed = _of(findings, FindingKind.RECOMMENDATION)
    return PaperSection(heading="KIẾN NGHỊ, ĐỀ XUẤT", blocks=_paragraphs(proposed))


def _causes(findings: list[Finding]) -> tuple[PaperSection, ...]:
    causes = _of(findings, FindingKind.CAUSE)
    kinds = (
        ("Nguyên nhân khách quan", [cause for cause in causes if cause.cause_kind == CauseKind.OBJECTIVE]),
        ("Nguyên nhân chủ quan", [cause for cause in causes if cause.cause_kind == CauseKind.SUBJECTIVE]),
    )
    said = [(heading, found) for heading, found in kinds if found]
    return tuple(
        PaperSection(number=_LETTERS[place], heading=heading, level=3, blocks=_paragraphs(found))
        for place, (heading, found) in enumerate(said)
    )


def _of(findings: Iterable[Finding], *kinds: FindingKind) -> list[Finding]:
    return [finding for finding in findings if finding.kind in kinds]


def _paragraphs(findings: Iterable[Finding]) -> tuple[Paragraph, ...]:
    """Each finding as a dash item."""
    return tuple(Paragraph(f"- {sentence(hyphenated(finding.text))}") for finding in findings)


def _with_number(section: PaperSection, number: str) -> PaperSection:
    return PaperSection(
        number=number, heading=section.heading, level=1, blocks=section.blocks, children=section.children
    )
