"""The paper of a report of results out of its blocks: the same way for one the portal drafts and one people wrote."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.composed.counts import ReportFacts
from reports.composed.enums import BlockPart
from reports.composed.values import values_of
from reports.documents.blocks import Paragraph
from reports.documents.papers import Letterhead, PaperState, Recipients, ReportPaper, SignatureBlock
from reports.documents.report_about import ReportAbout
from reports.documents.report_annexes import Tables
from reports.documents.report_pages import Pages, Written, annex_values, annexes_of


@dataclass(frozen=True)
class Frame:
    """What stands around the text: how far the paper has come, by which rules, its head and who signs."""

    state: PaperState
    profile_code: str
    letterhead: Letterhead
    signature: SignatureBlock


def report_paper(
    about: ReportAbout, blocks: Sequence[Written], facts: ReportFacts, tables: Tables, frame: Frame
) -> ReportPaper:
    """The blocks set out as a paper, their tokens filled from the figures."""
    blocks = list(blocks)
    pages = Pages(facts, values_of(facts) | annex_values(blocks, facts))
    opening = pages.lines(pages.text_of(blocks, BlockPart.OPENING))
    return ReportPaper(
        state=frame.state,
        profile_code=frame.profile_code,
        letterhead=frame.letterhead,
        kind_name="BÁO CÁO",
        subject=about.subject,
        opening=tuple(map(Paragraph, opening)),
        sections=pages.sections(blocks),
        closing=" ".join(pages.lines(pages.text_of(blocks, BlockPart.CLOSING))),
        signatures=(frame.signature,),
        recipients=Recipients(pages.lines(pages.text_of(blocks, BlockPart.RECIPIENTS))),
        annexes=annexes_of(blocks, tables),
        is_illustrative=about.unit.is_illustrative,
    )
