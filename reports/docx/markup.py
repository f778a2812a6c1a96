"""The few pieces of WordprocessingML that python-docx has no words for."""

from functools import cache

from docx.document import Document as Written
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph as Line
from lxml.etree import _Element as Element

from records.text import slug

# Word counts the width of a border in eighths of a point, the margins of a cell in twentieths.
EIGHTHS, TWENTIETHS = 8, 20
# What follows a paragraph's border and its level in the outline, in the order the format fixes.
_AFTER_LEVEL = ("w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange")
_AFTER_BORDER = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:ind",
    "w:jc",
    "w:outlineLvl",
    *_AFTER_LEVEL,
)


def made(tag: str, **values: str) -> Element:
    """An element with attributes of the main namespace: made("w:top", val="single")."""
    element = OxmlElement(tag)
    for name, value in values.items():
        element.set(qn(f"w:{name}"), value)
    return element


def add_field(paragraph: Line, instruction: str) -> None:
    """A field that Word counts itself, such as PAGE; the instruction is never text that somebody typed."""
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            run.append(made("w:fldChar", fldCharType=kind))
        else:
            run.append(made("w:instrText"))
            run[-1].text = instruction


def draw_rule(paragraph: Line, width_pt: float = 0.75) -> None:
    """A line above an empty paragraph, from its left indent to its right one."""
    borders = made("w:pBdr")
    borders.append(made("w:top", val="single", sz=str(round(width_pt * EIGHTHS)), space="0", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDER)


def put_in_outline(style, level: int) -> None:
    """Let Word's outline show the paragraphs of a style. Units: level 0 is the highest."""
    style.element.get_or_add_pPr().insert_element_before(made("w:outlineLvl", val=str(level)), *_AFTER_LEVEL)


def mark_row(row: WordRow, tag: str) -> None:
    """A row that is the heading of each page (w:tblHeader) or is not torn (w:cantSplit)."""
    row._tr.get_or_add_trPr().append(made(tag, val="true"))


def set_margins(grid: Grid, *, side_pt: float, above_pt: float = 0) -> None:
    """The room between the borders of the cells and their text, the same for the whole table."""
    margins = made("w:tblCellMar")
    for side, points in (("top", above_pt), ("left", side_pt), ("bottom", above_pt), ("right", side_pt)):
        margins.append(made(f"w:{side}", w=str(round(points * TWENTIETHS)), type="dxa"))
    properties = grid._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else properties.index(look), margins)


def set_widths(grid: Grid, widths: list[int]) -> None:
    """Columns of fixed widths; Word and LibreOffice then agree where a line ends. Units: `widths` in EMU."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Length(width)
    whole = made("w:tblW", w=str(round(sum(widths) / Pt(1) * TWENTIETHS)), type="dxa")
    old = grid._tbl.tblPr.find(qn("w:tblW"))
    if old is not None:
        grid._tbl.tblPr.replace(old, whole)
    else:
        grid._tbl.tblPr.append(whole)


@cache
def id_of(name: str) -> str:
    """The name paragraphs call a style by within the file, in plain letters: "Quốc hiệu" is QuocHieu."""
    return "".join(word.capitalize() for word in slug(name).split("-"))


def write(place: Written | Cell, text: str, style: str) -> Line:
    """A paragraph at the end of the file or of a cell.

    Why by the id of its style: python-docx looks through every style of the file each time it is given a name.
    """
    paragraph = place.add_paragraph(text)
    paragraph._p.style = id_of(style)
    return paragraph


def write_first(cell: Cell, text: str, style: str) -> Line:
    """The paragraph every cell is born with."""
    paragraph = cell.paragraphs[0]
    paragraph._p.style = id_of(style)
    paragraph.add_run(text)
    return paragraph
