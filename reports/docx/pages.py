"""The pages of a Word file: paper, margins, page numbers from page 2 on, and the mark of a draft behind the text."""

from pathlib import Path

from docx.document import Document as Written
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.section import Section
from docx.section import _Header as Header
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as Line

from reports.documents.layout_profiles import LayoutProfile
from reports.docx.markup import add_field, id_of
from reports.docx.styles import HEADER, RULE

A4_MM = (210, 297)
# How far from the edge of the page its number stands; the smallest top margin then holds it.
NUMBER_FROM_EDGE_MM = 11
DRAFT = "DỰ THẢO"
# A watermark as Word makes it: drawn letters that climb across the page; Word's own menu finds and removes it.
_WATERMARK = Path(__file__).resolve().parent / "watermark.xml"
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_TEXTPATH = "{urn:schemas-microsoft-com:vml}textpath"


def set_first_pages(document: Written, profile: LayoutProfile) -> Section:
    """The upright pages a paper begins with; the first carries no number."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in A4_MM)
    for side in ("top", "right", "bottom", "left"):
        setattr(section, f"{side}_margin", Mm(profile.measures[f"margin-{side}"].value))
    section.header_distance = section.footer_distance = Mm(NUMBER_FROM_EDGE_MM)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    number_pages(section.header)
    return section


def add_pages(document: Written, profile: LayoutProfile, *, is_landscape: bool) -> Section:
    """The pages of an annex; they go on with the numbers. Turned pages keep the binding edge, which is then on top."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _flatten(document.paragraphs[-1])
    section.different_first_page_header_footer = False
    if is_landscape:
        _turn(section, profile)
    else:
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(side) for side in A4_MM)
        for side in ("top", "right", "left"):
            setattr(section, f"{side}_margin", Mm(profile.measures[f"margin-{side}"].value))
    return section


def _flatten(ending: Line) -> None:
    """Why: the paragraph that ends the pages before is empty; a line high, it would fall on a page of its own."""
    ending._p.style = id_of(RULE)
    ending.paragraph_format.line_spacing_rule, ending.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)


def set_table_pages(document: Written, profile: LayoutProfile, *, is_landscape: bool) -> Section:
    """The pages of a paper that is a table from its first page on, each of them numbered but the first."""
    section = set_first_pages(document, profile)
    if is_landscape:
        _turn(section, profile)
    return section


def room_of(section: Section) -> Length:
    """The width between the margins."""
    return Length(section.page_width - section.left_margin - section.right_margin)


def number_pages(header: Header) -> None:
    """The page number in the middle, counted by Word."""
    paragraph = header.paragraphs[0]
    paragraph._p.style = id_of(HEADER)
    add_field(paragraph, "PAGE")


def _turn(section: Section, profile: LayoutProfile) -> None:
    """A4 across; the binding edge is then on top."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in reversed(A4_MM))
    section.top_margin = Mm(profile.measures["landscape-binding-edge"].value)
    section.left_margin = section.right_margin = Mm(profile.measures["landscape-side"].value)


def mark_draft(section: Section, label: str) -> None:
    """DỰ THẢO and the number of the version across every page of the file, behind the text."""
    for number, header in enumerate((section.first_page_header, section.header), start=1):
        mark = parse_xml(_WATERMARK.read_bytes())
        shape = next(mark.iter(_SHAPE))
        shape.set("id", f"{shape.get('id')}{number}")
        shape.find(_TEXTPATH).set("string", f"{DRAFT} {label}".strip())
        header.paragraphs[0]._p.style = id_of(HEADER)
        header.paragraphs[0]._p.append(mark)
