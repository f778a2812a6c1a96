"""The head of page 1: who issues, under which heading, number, place and day, and what the paper is about."""

from docx.document import Document as Written
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell as Cell

from reports.documents.layout_profiles import LayoutProfile
from reports.documents.measuring import width_pt
from reports.documents.papers import Letterhead, LetterPaper, Paper
from reports.documents.render import LONG_SYMBOL
from reports.docx.markup import draw_rule, set_margins, set_widths, write, write_first
from reports.docx.pages import room_of
from reports.docx.styles import (
    ABOUT,
    DRAFT_MARK,
    ISSUER,
    MOTTO,
    NATION,
    NUMBER,
    PLACE,
    RULE,
    SUBTITLE,
    SUPERIOR,
    TITLE,
    size_pt,
)  # fmt: skip

# Between the two columns stays a gap of more than two letters, so readers and machines see two columns.
ISSUER_MM, GAP_MM = 66, 10
# The headings of the Party and the Youth Union are shorter, their issuers set larger.
_ISSUERS_MM = {"party": 78, "youth": 76}
LONG_NUMBER_MM, LONG_GAP_MM = 86, 11
DRAFT_WORDS = "DỰ THẢO"
_HAIR_PT, _BELOW_TEXT_PT = 3, 2


def add_letterhead(document: Written, paper: Paper, profile: LayoutProfile) -> None:
    """Issuer at the left, the heading at the right, then number, place and day under them."""
    head, issuer_mm = paper.letterhead, _issuer_mm(profile)
    heading = _columns(document, issuer_mm, GAP_MM)
    _write_issuer(heading.cell(0, 0), head, profile)
    _write_heading(heading.cell(0, 1), heading.columns[1].width.pt, profile)
    add_hair(document)
    is_long = len(head.symbol) > LONG_SYMBOL
    registration = _columns(document, *((LONG_NUMBER_MM, LONG_GAP_MM) if is_long else (issuer_mm, GAP_MM)))
    write_first(registration.cell(0, 0), head.number_text, NUMBER)
    write_first(registration.cell(0, 1), head.place_and_day, PLACE)
    if isinstance(paper, LetterPaper):
        write(registration.cell(0, 0), paper.about_line, ABOUT)
    if paper.is_draft:
        mark = write(registration.cell(0, 0), DRAFT_WORDS, DRAFT_MARK)
        if paper.draft_words:
            mark.add_run(f"\n({paper.draft_words})")


def add_title(document: Written, paper: Paper, profile: LayoutProfile) -> None:
    """The type's name, the subject under it, and a rule of a third to a half of its longest line; a letter has none."""
    if paper.is_letter:
        return
    write(document, paper.kind_name, TITLE)
    lines = paper.subject_lines
    for line in lines:
        write(document, line, SUBTITLE)
    if mark := profile.conventions.subject_mark:
        write(document, mark, SUBTITLE).paragraph_format.space_after = Pt(9)
        return
    room = room_of(document.sections[0]).pt
    longest = _longest(lines, size_pt(profile, "subject"), room)
    rule = add_hair(document)
    _size_rule(rule, room, longest * _share(profile, "subject-rule"))
    rule.paragraph_format.space_after = Pt(9)


def add_hair(place: Written | Cell):
    """A paragraph hardly higher than a line is thick: it parts two tables or carries a rule."""
    hair = write(place, "", RULE)
    shape = hair.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(_HAIR_PT)
    return hair


def _columns(document: Written, left_mm: float, gap_mm: float) -> Grid:
    """Two columns without borders; the gap belongs to the left one, the right one takes what is left."""
    grid = document.add_table(rows=1, cols=2)
    left = Mm(left_mm + gap_mm)
    widths = [left, Length(room_of(document.sections[0]) - left)]
    set_widths(grid, widths)
    set_margins(grid, side_pt=0)
    for cell, width in zip(grid.rows[0].cells, widths, strict=True):
        cell.width = width
    return grid


def _issuer_mm(profile: LayoutProfile) -> int:
    return _ISSUERS_MM.get(profile.css_class, ISSUER_MM)


def _write_issuer(cell: Cell, head: Letterhead, profile: LayoutProfile) -> None:
    lines = [(line, SUPERIOR) for line in head.superior_lines] + [(line, ISSUER) for line in head.issuer_lines]
    for place, (line, style) in enumerate(lines):
        paragraph = write(cell, line, style) if place else write_first(cell, line, style)
        paragraph.paragraph_format.right_indent = Mm(GAP_MM)
    if mark := profile.conventions.issuer_mark:
        write(cell, mark, ISSUER).paragraph_format.right_indent = Mm(GAP_MM)
        return
    rule, room_pt = add_hair(cell), Mm(_issuer_mm(profile)).pt
    longest = _longest(head.issuer_lines, size_pt(profile, "issuer"), room_pt)
    _size_rule(rule, room_pt, longest * _share(profile, "issuer-rule"), right_gap_pt=Mm(GAP_MM).pt)


def _write_heading(cell: Cell, room_pt: float, profile: LayoutProfile) -> None:
    """Country and motto, or the name of the Party or the Union; the rule under it is as long as its last line."""
    lines = profile.conventions.heading
    for place, (line, style) in enumerate(zip(lines, (NATION, MOTTO), strict=False)):
        write(cell, line, style) if place else write_first(cell, line, style)
    if lines:
        size = size_pt(profile, "motto" if len(lines) > 1 else "national")
        _size_rule(add_hair(cell), room_pt, width_pt(lines[-1], size, is_bold=True))


def _size_rule(rule, room_pt: float, width: float, *, right_gap_pt: float = 0) -> None:
    """A rule in the middle of the room it has."""
    side = max(room_pt - width, 0) / 2
    rule.paragraph_format.space_before = Pt(_BELOW_TEXT_PT)
    rule.paragraph_format.left_indent = Pt(side)
    rule.paragraph_format.right_indent = Pt(side + right_gap_pt)
    draw_rule(rule)


def _longest(lines, size: float, room_pt: float) -> float:
    """The longest line as it is printed: one that does not fit its room is broken and fills it."""
    return min(max((width_pt(line, size, is_bold=True) for line in lines), default=0), room_pt)


def _share(profile: LayoutProfile, measure: str) -> float:
    return profile.measures[measure].value / 100
