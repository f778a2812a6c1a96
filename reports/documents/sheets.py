"""How signature blocks are set out: who stands beside whom, and which rows stand on one page together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from textwrap import wrap

from reports.documents.layout_profiles import LayoutProfile
from reports.documents.measuring import width_pt
from reports.documents.papers import Paper, SignatureBlock

Row = list[tuple[int, SignatureBlock]]
Parting = list[tuple[int, int]]
ROWS_ON_SHEET = 4
# Units: mm, as the style sheets set them. The strip at the foot is reckoned with on drafts too, so that a paper is
# parted in the same way from its first draft on.
_PAGE, _WIDTH, _STRIP = 297, 210, 29
_SIDES, _BETWEEN_COLUMNS = 4.0, 6.0
_ABOVE, _GAP = 4.3, 2.2
_ILLUSTRATIVE, _SPARE = 8.0, 1.5
_MM_OF_POINT = 25.4 / 72
_LEADING, _LEADING_BELOW = 1.2, 1.25
# Shorter than the lines of the text and smaller, so nobody takes them for it.
_CONTINUED_PT, _CONTINUED_WIDTH = 12, 98.0
# As wide as the indent of a first line, or a little wider.
_INDENT = "MMM"
# A longer list of recipients goes on over to a page of its own.
_KEPT_RECIPIENTS = 60.0


@dataclass(frozen=True)
class _Page:
    """What a page has room for, and what must stand on it beside the rows. Units: mm."""

    room: float
    text: float
    continued: float
    below: float

    @classmethod
    def of(cls, paper: Paper) -> "_Page":
        room = _PAGE - paper.profile.measures["margin-top"].value - _STRIP - _SPARE
        return cls(room, _text(paper), _continued(paper), _below(paper))

    def holds(self, parting: Parting, heights: list[float]) -> bool:
        """Whether each sheet fits a page: the first below the text, the last above the recipients."""
        for start, end in parting:
            above = self.continued if start else self.text
            below = self.below if end == len(heights) else 0
            if end - start > ROWS_ON_SHEET or above + sum(heights[start:end]) + below > self.room:
                return False
        return True


def signature_sheets(paper: Paper) -> list[list[Row]]:
    """The blocks of a paper in sheets of rows, each block with its place, the first of a row printed at the right.

    Rule: the lead agency at the top right, then leftward and downward in signing order; three sign side by side,
    any other number in rows of two. A sheet is printed whole, so no block is torn: the first one below the last lines
    of the text, each further one on a page of its own, the last one with the recipients. There are as few sheets as
    hold four rows each, fewer where their lines are long; none but the first is left with a single row if it can be
    helped, and they are as even as they can be.
    """
    rows = _rows(paper.signatures)
    if len(rows) < 2:
        return [rows] if rows else []
    page, heights = _Page.of(paper), [_height(row, paper) for row in rows]
    for sheets in range(1, len(rows)):
        partings = [parting for parting in _partings(len(rows), sheets) if page.holds(parting, heights)]
        if partings:
            best = min(partings, key=lambda parting: (_lone_rows(parting), _tallest(parting, heights)))
            return [rows[start:end] for start, end in best]
    return [[row] for row in rows]


def across_of(signers: int) -> int:
    """How many sign side by side."""
    return {1: 1, 3: 3}.get(signers, 2)


def continued_lines(paper: Paper) -> list[str]:
    """What each further sheet opens with: to which paper its signatures belong, in lines of about equal length."""
    title = paper.title[:1].lower() + paper.title[1:]
    fewest = _lines(title, _CONTINUED_WIDTH, _CONTINUED_PT)
    letters = -(-len(title) // max(fewest, 1))
    while len(lines := wrap(title, letters, break_long_words=False, break_on_hyphens=False)) > fewest:
        letters += 1
    return ["Phần ký tiếp theo của", *lines]


def keeps_recipients(paper: Paper) -> bool:
    """Whether the recipients stay on the page of the last signatures; a long list may go on over to the next."""
    return _recipients(paper) <= _KEPT_RECIPIENTS


def _rows(blocks: Sequence[SignatureBlock]) -> list[Row]:
    across = across_of(len(blocks))
    numbered = [(block.place or turn, block) for turn, block in enumerate(blocks, start=1)]
    return [numbered[start : start + across] for start in range(0, len(numbered), across)]


def _partings(rows: int, sheets: int) -> Iterator[Parting]:
    """Every way to part rows into so many sheets, as starts and ends; the fullest first sheets come first."""
    for cuts in reversed(list(combinations(range(1, rows), sheets - 1))):
        yield list(pairwise((0, *cuts, rows)))


def _lone_rows(parting: Parting) -> int:
    """Sheets that hold one row and no text above it."""
    return sum(end - start == 1 for start, end in parting[1:])


def _tallest(parting: Parting, heights: list[float]) -> float:
    return max(sum(heights[start:end]) for start, end in parting)


def _height(row: Row, paper: Paper) -> float:
    """How much of a page a row of blocks takes. Units: mm."""
    measures = paper.profile.measures
    across = across_of(len(paper.signatures))
    size, small = measures["signature-many"].value, measures["second-title"].value
    width = _text_width(paper.profile) / across - _SIDES
    bold = max(
        sum(_lines(line, width, size, is_bold=True) for line in (*block.lines, block.name)) for _place, block in row
    )
    titles = max(_lines(block.second_title, width, small) for _place, block in row)
    return (bold * size + titles * small) * _LEADING * _MM_OF_POINT + measures["signature-room"].value + _GAP


def _text(paper: Paper) -> float:
    """The last lines of the text, which come along with the first sheet.

    Why up to four: of a paragraph of three lines none can be left behind, and a line of its own takes along the end of
    the paragraph before it. Where the number of lines is near to these it is taken for the worse.
    """
    size, line = paper.profile.measures["body"].value, _line_of_text(paper.profile)
    closing = _lines(f"{_INDENT} {paper.closing_text}", _text_width(paper.profile), size)
    carried = {1: 4, 2: 3, 3: 3, 4: 3}.get(closing, 2)
    return carried * line + (_GAP if closing == 1 else 0) + _ABOVE


def _continued(paper: Paper) -> float:
    lines = sum(_lines(line, _text_width(paper.profile), _CONTINUED_PT) for line in continued_lines(paper))
    return lines * _CONTINUED_PT * _LEADING * _MM_OF_POINT + _GAP


def _below(paper: Paper) -> float:
    """The recipients below the last row, where they are kept with it, and the note on invented figures."""
    kept = _recipients(paper) if keeps_recipients(paper) else 0
    return kept + (_ILLUSTRATIVE if paper.is_illustrative else 0)


def _recipients(paper: Paper) -> float:
    """The height of the list of recipients in its two columns; long lines may make one a line taller."""
    measures = paper.profile.measures
    size, width = measures["recipients"].value, (_text_width(paper.profile) - _BETWEEN_COLUMNS) / 2
    listed = [_lines(line, width, size) for line in paper.recipients]
    uneven = any(lines > 1 for lines in listed)
    points = measures["recipients-head"].value + (-(-sum(listed) // 2) + uneven) * size
    return points * _LEADING_BELOW * _MM_OF_POINT + _GAP


def _line_of_text(profile: LayoutProfile) -> float:
    given = profile.measures["line-height"]
    return (given.value if given.unit else given.value * profile.measures["body"].value) * _MM_OF_POINT


def _text_width(profile: LayoutProfile) -> float:
    return _WIDTH - profile.measures["margin-left"].value - profile.measures["margin-right"].value


def _lines(text: str, width: float, size_pt: float, *, is_bold: bool = False) -> int:
    """In how many lines a text stands; a word wider than its place is broken."""
    room, lines, filled = width / _MM_OF_POINT, 0, 0.0
    space = width_pt(" ", size_pt, is_bold=is_bold)
    for word in text.split():
        wide = width_pt(word, size_pt, is_bold=is_bold)
        if lines and filled + space + wide <= room:
            filled += space + wide
        else:
            lines += max(-int(-wide // room), 1)
            filled = wide % room if wide > room else wide
    return lines
