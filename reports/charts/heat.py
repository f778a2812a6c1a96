"""The heat table, agency by month, drawn: on paper a page has no cells of its own to colour."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .palette import AXIS, FILL, HEAT, TEXT, TEXT_2, ChartFont
from .series import HeatCell, HeatRow, Tone
from .sizes import PAPER, ChartSize
from .svg import chart, element, lines_within, text
from .tables import DataTable

CELL_HEIGHT, CELL_GAP, HEAD = 24, 2, 24
_LARGEST_SHARE, _SMALLEST_SHARE = 0.86, 0.3
# Names take this share of the width; lines of a name stand so far apart, in sizes of its letters.
_NAMES, _LEADING = 0.24, 1.15


def heat_table(
    rows: Sequence[HeatRow],
    *,
    columns: Sequence[str],
    total: str,
    title: str,
    prefix: str,
    size: ChartSize = PAPER,
) -> SafeString:
    """One row an agency, one cell a month; the ground tells the level, a mark what is undone, the text the numbers.

    Rule: R-CHART-2. Colour is never alone: every cell says its numbers.
    """
    frame = _Frame(rows, columns, size)
    parts, y = _head(frame, columns, total), float(HEAD)
    for row in rows:
        drawn, y = _row(frame, row, y)
        parts += drawn
    return chart(
        parts,
        title=title,
        description=described(rows, columns, total),
        width=size.width,
        height=y,
        font=size.font,
        prefix=prefix,
    )


def table_of_heat(rows: Sequence[HeatRow], *, first: str, columns: Sequence[str], total: str) -> DataTable:
    """The cells as a table. Rule: R-CHART-2."""
    return DataTable(
        headings=(first, *columns, total),
        rows=tuple((row.label, *(cell.text for cell in row.cells), row.total) for row in rows),
    )


def described(rows: Sequence[HeatRow], columns: Sequence[str], total: str) -> str:
    """Every cell that says something, in words."""
    return "; ".join(f"{row.label}: {_worded(row, columns)}{total.lower()} {row.total}" for row in rows) + "."


def _worded(row: HeatRow, columns: Sequence[str]) -> str:
    said = [f"{name} {cell.text}" for name, cell in zip(columns, row.cells, strict=True) if cell.level or cell.text]
    return "".join(f"{part}, " for part in said)


def height_of_row(row: HeatRow, size: ChartSize = PAPER) -> float:
    """How high a row is drawn, the gap below it included. Units: chart units."""
    return _height(_lines(row, size.width * _NAMES, size.font), size.font) + CELL_GAP


class _Frame:
    """Where the columns lie: names to the left, the sum to the right, the cells between them of one width."""

    def __init__(self, rows: Sequence[HeatRow], columns: Sequence[str], size: ChartSize):
        self.font = size.font
        self.width = size.width
        self.left = size.width * _NAMES
        self.sum = max([size.font.width_of(row.total) * 1.08 for row in rows] + [size.width * 0.1]) + 4
        self.cell = (size.width - self.left - self.sum) / max(len(columns), 1)
        widest = max([size.font.width_of(cell.text) for row in rows for cell in row.cells] + [1.0])
        room = self.cell - CELL_GAP - 4
        # Rule: R-CHART-3. Figures of five digits are written smaller, all alike, and never run into each other.
        self.figures = size.font.size * max(min(room / widest, _LARGEST_SHARE), _SMALLEST_SHARE)

    def x(self, place: int) -> float:
        return self.left + place * self.cell


def _head(frame: _Frame, columns: Sequence[str], total: str) -> list[SafeString]:
    y, small = HEAD - 9, frame.font.small
    names = [
        text(name, frame.x(place) + frame.cell / 2, y, class_="ax", text_anchor="middle", font_size=small, fill=AXIS)
        for place, name in enumerate(columns)
    ]
    return [*names, text(total, frame.width, y, class_="ax", text_anchor="end", font_size=small, fill=AXIS)]


def _row(frame: _Frame, row: HeatRow, y: float) -> tuple[list[SafeString], float]:
    font, weight = frame.font, 600 if row.is_sum else None
    lines, line_height = _lines(row, frame.left, font), font.size * _LEADING
    height = _height(lines, font)
    first = y + (height - len(lines) * line_height) / 2 + font.size * 0.9
    drawn = [
        text(line, 0, first + place * line_height, class_="t1", font_weight=weight, fill=TEXT)
        for place, line in enumerate(lines)
    ]
    for place, cell in enumerate(row.cells):
        drawn += _cell(frame, cell, frame.x(place), y, height)
    base = y + height / 2 + font.size * 0.34
    drawn.append(text(row.total, frame.width, base, class_="t1", text_anchor="end", font_weight=600, fill=TEXT))
    return drawn, y + height + CELL_GAP


def _cell(frame: _Frame, cell: HeatCell, x: float, y: float, height: float) -> list[SafeString]:
    across, drawn = frame.cell - CELL_GAP, []
    if cell.level:
        ground = HEAT[cell.level]
        drawn.append(element("rect", class_=f"f-k{cell.level}", x=x, y=y, width=across, height=height, fill=ground))
    if cell.is_undone:
        corner = f"{x + across - 7:.1f},{y:.1f} {x + across:.1f},{y:.1f} {x + across:.1f},{y + 7:.1f}"
        drawn.append(element("polygon", class_="f-no", points=corner, fill=FILL[Tone.MISSED]))
    if not cell.text:
        return drawn
    middle, base = x + across / 2, y + height / 2 + frame.figures * 0.36
    ink = TEXT if cell.level else TEXT_2
    size = f"{frame.figures:.1f}"
    return [*drawn, text(cell.text, middle, base, class_="t1", text_anchor="middle", font_size=size, fill=ink)]


def _lines(row: HeatRow, left: float, font: ChartFont) -> list[str]:
    return lines_within(row.label, left - 10, _bolder(font) if row.is_sum else font)


def _height(lines: Sequence[str], font: ChartFont) -> float:
    return max(CELL_HEIGHT, len(lines) * font.size * _LEADING + 4)


def _bolder(font: ChartFont) -> ChartFont:
    return ChartFont(font.family, font.size, font.em * 1.08)
