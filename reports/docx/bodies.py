"""The running text of a paper: to whom it is written, its bases, its numbered parts, charts and annexes."""

import io
import re

from docx.document import Document as Written
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.documents.blocks import Block, Figure, Paragraph, Plate, Table
from reports.documents.layout_profiles import LayoutProfile
from reports.documents.papers import Annex, Paper, PaperSection
from reports.docx.markup import id_of, write
from reports.docx.pages import add_pages, room_of
from reports.docx.pictures import described, png_of, svg_file
from reports.docx.styles import (
    ADDRESSEES,
    ANNEX_LABEL,
    ANNEX_TITLE,
    BASIS,
    CAPTION,
    HEADINGS,
    NORMAL,
    REFERENCE,
    TABLE_NOTE,
    TITLE,
)  # fmt: skip
from reports.docx.tables import PLAIN, Cells, add_table

# A last sentence of fewer letters is one line: the paragraph before it then stays with it and the signatures.
SHORT_CLOSING = 90
ADDRESSEES_MM, AROUND_ADDRESSEES_PT = 45, 12
# A plate stands in the lower half of its page.
PLATE_ABOVE_MM = 90
PLATE_SIZES_PT = {"full": 60, "smaller": 44, "smallest": 32}
_SVG_BLIP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{}"/></a:ext></a:extLst>'
)


def add_running_text(document: Written, paper: Paper, room: int) -> None:
    """From the addressees to the last sentence, which stays with what follows it. Units: `room` in EMU."""
    _add_addressees(document, paper.addressed)
    for basis in paper.bases:
        write(document, basis, BASIS)
    for paragraph in paper.opening:
        write(document, paragraph.text, NORMAL)
    for section in paper.sections:
        _add_section(document, section, room)
    is_short = len(paper.closing_text) < SHORT_CLOSING
    last = document.paragraphs[-1]
    if is_short and last._p.style == id_of(NORMAL):
        last.paragraph_format.keep_with_next = True
    write(document, paper.closing_text, NORMAL).paragraph_format.keep_with_next = True


def add_annexes(document: Written, annexes: tuple[Annex, ...], profile: LayoutProfile) -> None:
    """Each annex on pages of its own, turned where its table is wide."""
    for annex in annexes:
        section = add_pages(document, profile, is_landscape=annex.is_landscape)
        write(document, annex.label, ANNEX_LABEL)
        write(document, annex.title, ANNEX_TITLE)
        if annex.reference:
            write(document, annex.reference, REFERENCE)
        for block in annex.blocks:
            add_block(document, block, room_of(section))


def add_block(document: Written, block: Block, room: int, *, label: str = "", cells: Cells = PLAIN) -> None:
    """One paragraph, table or chart. `label` is the number of a part that has no heading of its own."""
    if isinstance(block, Paragraph):
        write(document, f"{label} {block.text}".strip(), NORMAL)
    elif isinstance(block, Table):
        add_table(document, block, room, cells)
    elif isinstance(block, Plate):
        _add_plate(document, block)
    else:
        _add_figure(document, block, room)


def _add_addressees(document: Written, addressed: list[str]) -> None:
    """One stands on the line of "Kính gửi:", several each on a line of its own under it."""
    is_one = len(addressed) == 1
    lines = [f"Kính gửi: {addressed[0]}"] if is_one else ["Kính gửi:", *addressed]
    if not addressed:
        return
    shapes = [write(document, line, ADDRESSEES).paragraph_format for line in lines]
    for place, shape in enumerate(shapes):
        shape.left_indent = Mm(ADDRESSEES_MM if place == 0 else ADDRESSEES_MM + 20)
    shapes[0].space_before = shapes[-1].space_after = Pt(AROUND_ADDRESSEES_PT)


def _add_section(document: Written, section: PaperSection, room: int) -> None:
    if section.heading:
        style = HEADINGS[min(section.level, len(HEADINGS)) - 1]
        write(document, f"{section.label} {section.heading}".strip(), style)
    for place, block in enumerate(section.blocks):
        add_block(document, block, room, label="" if place else section.label_of_text)
    for child in section.children:
        _add_section(document, child, room)


def _add_figure(document: Written, figure: Figure, room: int) -> None:
    """The chart as dots for every program, and beside them the drawing for those that show it; its values in words."""
    write(document, figure.caption, CAPTION)
    paragraph = write(document, "", CAPTION)
    paragraph.paragraph_format.keep_with_next = bool(figure.note)
    inline = paragraph.add_run().add_picture(io.BytesIO(png_of(figure.svg)), width=room)._inline
    named, told = described(figure.svg)
    inline.docPr.set("title", named)
    inline.docPr.set("descr", told)
    blip = next(inline.iter(qn("a:blip")))
    blip.append(parse_xml(_SVG_BLIP.format(_drawing(document, figure))))
    if figure.note:
        write(document, figure.note, TABLE_NOTE)


def _add_plate(document: Written, plate: Plate) -> None:
    """A name plate on a page of its own, in the half that faces the hall; Word has no text that stands on its head."""
    large = write(document, plate.large, TITLE)
    large.paragraph_format.page_break_before = True
    large.paragraph_format.space_before = Mm(PLATE_ABOVE_MM)
    for run in large.runs:
        run.font.size = Pt(PLATE_SIZES_PT[plate.size])
    if plate.small:
        for run in write(document, plate.small, TITLE).runs:
            run.font.size, run.font.bold = Pt(PLATE_SIZES_PT[plate.small_size] // 2), False


def _drawing(document: Written, figure: Figure) -> str:
    """The drawing as a part of the file, by the name under which the text refers to it."""
    package = document.part.package
    taken = sum(bool(re.search(r"/chart\d+\.svg$", str(part.partname))) for part in package.iter_parts())
    name = PackURI(f"/word/media/chart{taken + 1}.svg")
    return document.part.relate_to(Part(name, "image/svg+xml", svg_file(figure.svg), package), RELATIONSHIP_TYPE.IMAGE)
