"""The Word styles of a paper: one for each part the rules name, sized by the measures of its layout profile.

Why real styles: who goes on working on the paper changes a style once, and Word's outline shows its parts.
"""

from dataclasses import dataclass, replace

from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from reports.documents.layout_profiles import LayoutProfile, Measure
from reports.docx.markup import id_of, put_in_outline

TYPEFACE, LANGUAGE = "Times New Roman", "vi-VN"
# A single line of Times New Roman is so many times its size.
SINGLE = 1.149
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one style looks. `size` names a measure of the profile; `above` and `below` are points."""

    size: str
    align: str = "left"
    is_bold: bool = False
    is_italic: bool = False
    is_underlined: bool = False
    is_running: bool = False
    is_indented: bool = False
    above: float = 0
    below: float = 0
    keeps_next: bool = False


NORMAL, TITLE, SUBTITLE, CAPTION, HEADER = "Normal", "Title", "Subtitle", "Caption", "Header"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")
NATION, MOTTO = "Quốc hiệu", "Tiêu ngữ"
SUPERIOR, ISSUER = "Cơ quan chủ quản", "Cơ quan ban hành"
NUMBER, PLACE, ABOUT, DRAFT_MARK = "Số, ký hiệu", "Địa danh, ngày tháng", "Trích yếu công văn", "Dự thảo"
ADDRESSEES = "Kính gửi"
RULE, BASIS, REFERENCE, ILLUSTRATIVE = "Đường kẻ", "Căn cứ", "Dẫn chiếu", "Ghi chú cuối"
AUTHORITY, POST, SIGNING_ROOM = "Quyền hạn", "Chức vụ", "Chỗ ký"
SIGNER, SECOND_TITLE = "Họ tên người ký", "Chức danh khác"
RECIPIENTS_HEAD, RECIPIENTS = "Nơi nhận", "Danh sách nơi nhận"
ANNEX_LABEL, ANNEX_TITLE = "Phụ lục", "Tên phụ lục"
TABLE_TEXT, TABLE_HEADING, TABLE_NOTE = "Chữ trong bảng", "Đầu bảng", "Ghi chú bảng"

LOOKS: dict[str, Look] = {
    NORMAL: Look(size="body", align="justify", is_running=True, is_indented=True),
    TITLE: Look(size="title", align="center", is_bold=True, above=16, keeps_next=True),
    SUBTITLE: Look(size="subject", align="center", is_bold=True, keeps_next=True),
    HEADINGS[0]: Look(size="body", is_bold=True, is_running=True, is_indented=True, above=9, keeps_next=True),
    HEADINGS[1]: Look(size="body", is_bold=True, is_running=True, is_indented=True, above=6, keeps_next=True),
    HEADINGS[2]: Look(size="body", is_italic=True, is_running=True, is_indented=True, above=6, keeps_next=True),
    CAPTION: Look(size="table", align="center", is_bold=True, above=6, below=4, keeps_next=True),
    HEADER: Look(size="page-number", align="center"),
    NATION: Look(size="national", align="center", is_bold=True),
    MOTTO: Look(size="motto", align="center", is_bold=True, below=1),
    SUPERIOR: Look(size="superior", align="center"),
    ISSUER: Look(size="issuer", align="center", is_bold=True),
    NUMBER: Look(size="number", align="center", above=6),
    ABOUT: Look(size="about", align="center", above=6),
    DRAFT_MARK: Look(size="number", align="center", above=6),
    PLACE: Look(size="place", align="center", is_italic=True, above=6),
    RULE: Look(size="note"),
    BASIS: Look(size="body", align="justify", is_italic=True, is_running=True, is_indented=True),
    REFERENCE: Look(size="body", align="center", is_italic=True, below=9),
    ILLUSTRATIVE: Look(size="note", is_italic=True, above=9),
    ADDRESSEES: Look(size="body", below=3),
    AUTHORITY: Look(size="signature", align="center", is_bold=True, keeps_next=True),
    POST: Look(size="signature", align="center", is_bold=True, keeps_next=True),
    SIGNING_ROOM: Look(size="signature", align="center", keeps_next=True),
    SIGNER: Look(size="signature", align="center", is_bold=True),
    SECOND_TITLE: Look(size="second-title", align="center"),
    RECIPIENTS_HEAD: Look(size="recipients-head", is_bold=True, is_italic=True, keeps_next=True),
    RECIPIENTS: Look(size="recipients"),
    ANNEX_LABEL: Look(size="annex-label", align="center", is_bold=True, keeps_next=True),
    ANNEX_TITLE: Look(size="annex-label", align="center", is_bold=True, below=6, keeps_next=True),
    TABLE_TEXT: Look(size="table"),
    TABLE_HEADING: Look(size="table", align="center", is_bold=True),
    TABLE_NOTE: Look(size="note", is_italic=True, below=9),
}
# Word writes the names of its own styles small; what tables and characters start from stays too.
_WORD_NAMES = {name.lower() for name in LOOKS} | set(LOOKS)
_NEEDED = {"Default Paragraph Font", "Normal Table", "No List", "Table Grid"}
# What stands in Word's outline besides the headings.
_OUTLINE = {ANNEX_LABEL: 0}


def set_styles(document: Written, profile: LayoutProfile) -> None:
    """Every style of a paper in the measures of its profile, in one typeface and in Vietnamese; no other is left."""
    _leave_out_others(document)
    _speak_vietnamese(document.styles.element.find(qn("w:docDefaults")))
    for name, look in _looks_under(profile).items():
        style = _style(document, name)
        style.font.size = Pt(size_pt(profile, look.size))
        style.font.bold, style.font.italic, style.font.color.rgb = look.is_bold, look.is_italic, None
        style.font.underline = look.is_underlined or None
        _set_typeface(style)
        _set_paragraph(style, look, profile)
        if name in _OUTLINE:
            put_in_outline(style, _OUTLINE[name])


def size_pt(profile: LayoutProfile, measure: str) -> float:
    """A measure of letters in points; that of the text where the rules know no such part."""
    return profile.measures.get(measure, profile.measures["body"]).value


def _looks_under(profile: LayoutProfile) -> dict[str, Look]:
    """The looks with what the family's conventions change: posts in plain letters, recipients underlined."""
    rules, looks = profile.conventions, dict(LOOKS)
    if not rules.posts_are_bold:
        looks[POST] = replace(looks[POST], is_bold=False)
    if rules.recipients_are_underlined:
        looks[RECIPIENTS_HEAD] = replace(looks[RECIPIENTS_HEAD], is_bold=False, is_italic=False, is_underlined=True)
    if rules.bases_are_dashed:
        looks[BASIS] = replace(looks[BASIS], is_italic=False)
    return looks


def _style(document: Written, name: str):
    """The style Word knows by that name, or a new one based on nothing but the defaults of the document."""
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style, style.element.styleId = None, True, id_of(name)
    return style


def _leave_out_others(document: Written) -> None:
    """Why: the blank file brings 160 styles no paper uses, among which an official would look for the dozen it has."""
    written = document.styles.element
    for style in list(written.findall(qn("w:style"))):
        for linked in style.findall(qn("w:link")):
            style.remove(linked)
        if style.name_val not in _NEEDED and style.name_val not in _WORD_NAMES:
            written.remove(style)


def _set_paragraph(style, look: Look, profile: LayoutProfile) -> None:
    shape, measures = style.paragraph_format, profile.measures
    shape.alignment = ALIGN[look.align]
    shape.space_before, shape.space_after = Pt(look.above), Pt(look.below)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.0
    shape.keep_with_next, shape.widow_control = look.keeps_next, True
    shape.first_line_indent = Cm(measures["indent"].value) if look.is_indented else Pt(0)
    if look.is_running:
        _set_lines(shape, measures["line-height"])
        shape.space_after = Pt(measures["paragraph-gap"].value)


def _set_lines(shape, line: Measure) -> None:
    """Lines of a fixed height where the rules give points, otherwise so many times a single one."""
    if line.unit == "pt":
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line.value)
    else:
        shape.line_spacing = round(line.value / SINGLE, 2)


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
