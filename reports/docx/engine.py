"""A table paper as a Word file with real styles, for an office to go on working in; the same paper, the same bytes."""

import io
import zipfile
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell as Cell
from docx.table import _Row as WordRow

from records.errors import RuleBroken
from reports.documents.blocks import Paragraph, Row, Table
from reports.documents.comment_table import TablePaper

TYPEFACE, LANGUAGE = "Times New Roman", "vi-VN"
PAGE_MM, MARGINS_MM = (297, 210), {"top": 20, "bottom": 20, "left": 20, "right": 20}
BODY_PT, TABLE_PT, TITLE_PT = 13, 12, 14
MOST_ROWS = 3_000
# What is fixed so that the same paper gives the same bytes; a zip cannot name an earlier moment.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def render_docx(paper: TablePaper) -> bytes:
    """The Word file of a paper on landscape A4, its table headings repeated on each page.

    Raises: RuleBroken for a paper too long for one file.
    """
    if sum(len(table.rows) for table in paper.tables()) > MOST_ROWS:
        raise RuleBroken(_("The table is too long for one file."))
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, paper)
    document.add_paragraph(paper.title, style="Title")
    document.add_paragraph(paper.subtitle, style="Subtitle")
    for line in paper.lines:
        document.add_paragraph(line, style="Reference")
    for block in paper.blocks:
        if isinstance(block, Table):
            _add_table(document, block)
        elif isinstance(block, Paragraph):
            document.add_paragraph(block.text)
    if paper.is_illustrative:
        document.add_paragraph("Số liệu minh họa.", style="Reference")
    return _settled(document)


def _set_page(document: Written) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in PAGE_MM)
    for side, width in MARGINS_MM.items():
        setattr(section, f"{side}_margin", Mm(width))
    _number_pages(section.footer.paragraphs[0])


def _set_styles(document: Written) -> None:
    styles = document.styles
    _speak_vietnamese(styles.element.find(qn("w:docDefaults")))
    for name, size, bold, italic, align in (
        ("Normal", BODY_PT, False, False, WD_ALIGN_PARAGRAPH.JUSTIFY),
        ("Title", TITLE_PT, True, False, WD_ALIGN_PARAGRAPH.CENTER),
        ("Subtitle", TITLE_PT, True, False, WD_ALIGN_PARAGRAPH.CENTER),
        ("Reference", BODY_PT, False, True, WD_ALIGN_PARAGRAPH.CENTER),
        ("Table Text", TABLE_PT, False, False, WD_ALIGN_PARAGRAPH.LEFT),
        ("Table Heading", TABLE_PT, True, False, WD_ALIGN_PARAGRAPH.CENTER),
    ):
        style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.font.color.rgb = None
        _set_typeface(style)
        style.paragraph_format.alignment = align
        style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.space_after = Pt(2 if name.startswith("Table") else 6)
        style.paragraph_format.line_spacing = 1.0


def _set_typeface(style) -> None:
    """The typeface for every script, without the theme's own, which Word would prefer."""
    style.font.name = TYPEFACE
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), TYPEFACE)
    borders = style.element.pPr.find(qn("w:pBdr")) if style.element.pPr is not None else None
    if borders is not None:
        style.element.pPr.remove(borders)
    for tag in ("w:color", "w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(found)


def _speak_vietnamese(defaults) -> None:
    for language in defaults.iter(qn("w:lang")):
        for script in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{script}"), LANGUAGE)


def _set_properties(document: Written, paper: TablePaper) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.name[:255], paper.author[:255], LANGUAGE
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = datetime(*_MOMENT, tzinfo=UTC)


def _add_table(document: Written, table: Table) -> None:
    """A grid with fixed widths; its heading comes again on each page and no row is torn."""
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(table)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    heading = grid.rows[0]
    _mark(heading, "w:tblHeader")
    for cell, column, width in zip(heading.cells, table.columns, widths, strict=True):
        _write(cell, column.heading, "Table Heading", width, "center")
    for row in table.rows:
        _add_row(grid.add_row(), row, table, widths)
    document.add_paragraph(table.note, style="Reference")


def _add_row(written: WordRow, row: Row, table: Table, widths: list[Mm]) -> None:
    _mark(written, "w:cantSplit")
    cells = written.cells
    if row.is_group:
        merged = cells[0].merge(cells[-1])
        _write(merged, row.cells[0], "Table Heading", sum(widths), "left")
        return
    style = "Table Heading" if row.is_total else "Table Text"
    for cell, text, column, width in zip(cells, row.cells, table.columns, widths, strict=True):
        _write(cell, text, style, width, column.align)


def _write(cell: Cell, text: str, style: str, width: int, align: str) -> None:
    """The text of a cell, one paragraph a line. It is text and nothing else: Word runs no formula from it."""
    cell.width = width
    for place, line in enumerate(text.splitlines() or [""]):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.style, paragraph.alignment = style, _ALIGN[align]
        paragraph.add_run(line)


def _widths(table: Table) -> list[int]:
    room = Mm(PAGE_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"])
    whole = sum(column.width_percent for column in table.columns)
    return [int(room * column.width_percent / whole) for column in table.columns]


def _mark(row: WordRow, tag: str) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement(tag)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _number_pages(paragraph) -> None:
    """The page number as a field that Word counts itself."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()._r
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run.append(part)


def _settled(document: Written) -> bytes:
    """The file with every part dated alike, so that the same paper gives the same bytes."""
    written, settled = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            out.writestr(zipfile.ZipInfo(name, _MOMENT), given.read(name), zipfile.ZIP_DEFLATED)
    return settled.getvalue()
