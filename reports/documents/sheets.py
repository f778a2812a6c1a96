"""How signature blocks are set out: who stands beside whom, and which rows fit one page together."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from reports.documents.layout_profiles import ND30, LayoutProfile
from reports.documents.papers import SignatureBlock

Row = list[tuple[int, SignatureBlock]]
ROWS_ON_SHEET = 4
# Units: mm. A page between its margins and above the strip at its foot, less the lines of text that stand before the
# signatures; the widths of the blocks as the style sheet sets them.
_ROOM = 297 - 20 - 29 - 25
_GAP = 2.1
_WIDTHS = {1: 95.0, 2: 78.5, 3: 51.0}
_MM_OF_POINT = 0.3528
# Bold capitals, bold and plain letters of the typeface on average, in parts of its size; lines stand 1.2 apart.
_CAPITAL, _BOLD, _PLAIN, _LEADING = 0.74, 0.53, 0.47, 1.2


def signature_sheets(blocks: Sequence[SignatureBlock], profile: LayoutProfile = ND30) -> Iterator[list[Row]]:
    """The blocks in sheets of rows, each block with its place, the first of a row printed at the right.

    Rule: the lead agency at the top right, then leftward and downward in signing order; three sign side by side,
    any other number in rows of two; four rows at most on a sheet, fewer where their lines are long. A sheet is printed
    whole, so no block is torn.
    """
    across = across_of(len(blocks))
    numbered = [(block.place or turn, block) for turn, block in enumerate(blocks, start=1)]
    sheet: list[Row] = []
    for start in range(0, len(numbered), across):
        row = numbered[start : start + across]
        filled = sum(_height(one, across, profile) for one in (*sheet, row))
        if sheet and (len(sheet) == ROWS_ON_SHEET or filled > _ROOM):
            yield sheet
            sheet = []
        sheet.append(row)
    if sheet:
        yield sheet


def across_of(signers: int) -> int:
    """How many sign side by side."""
    return {1: 1, 3: 3}.get(signers, 2)


def _height(row: Row, across: int, profile: LayoutProfile) -> float:
    """Roughly how much of a page a row takes. Units: mm."""
    size = profile.measures["signature-many" if across > 1 else "signature"].value
    small = profile.measures["second-title"].value
    above = max(sum(_lines(line, across, size * _CAPITAL) for line in block.lines) for _place, block in row)
    names = max(_lines(block.name, across, size * _BOLD) for _place, block in row)
    below = max(_lines(block.second_title, across, small * _PLAIN) for _place, block in row)
    letters = ((above + names) * size + below * small) * _LEADING * _MM_OF_POINT
    return letters + profile.measures["signature-room"].value + _GAP


def _lines(text: str, across: int, letter_pt: float) -> int:
    """In how many lines a text stands in a block of so many side by side."""
    return len(wrap(text, max(int(_WIDTHS[across] / (letter_pt * _MM_OF_POINT)), 1)))
