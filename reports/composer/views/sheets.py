"""How one block is printed: the same words, tables and measures as on the paper, to scale."""

from dataclasses import dataclass

from reports.composed.enums import BlockPart
from reports.composed.models import ComposedReport
from reports.composer.queries import BlockRow, Contents
from reports.documents.layout_profiles import PROFILES, LayoutProfile
from reports.documents.papers import PaperSection
from reports.documents.registered import office_of
from reports.documents.report_pages import Pages


@dataclass(frozen=True)
class Printed:
    """The sheet of one block: its section, or the lines of what is no section; the rules it is laid out by."""

    section: PaperSection | None
    lines: tuple[str, ...]
    profile: LayoutProfile


def printed(report: ComposedReport, contents: Contents, row: BlockRow) -> Printed:
    """A block as the paper will print it; tables and charts are numbered from 1, as the whole paper is not set here."""
    office = office_of(report.issuer, report.unit, report.cut_off_on, None)
    pages, block = Pages(contents.facts, contents.values), row.block
    profile = PROFILES[office.profile_code]
    if block.part != BlockPart.SECTION:
        return Printed(None, pages.lines(block.text), profile)
    number = row.number.split(".")[-1]
    section = PaperSection(number=number, heading=block.heading, level=block.level, blocks=pages.blocks(block.text))
    return Printed(section, (), profile)
