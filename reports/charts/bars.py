"""Horizontal stacked bars: by area, by program, by agency."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .palette import FILL, INK_INSIDE, TEXT, TEXT_2, TRACK, ChartFont
from .series import BarRow, Segment
from .sizes import WIDE, ChartSize
from .svg import chart, element, figure, lines_within, text
from .tables import DataTable

BAR_HEIGHT = 20
GAP, THINNEST = 1.5, 0.5


def area_bars(
    rows: Sequence[BarRow],
    *,
    title: str,
    prefix: str,
    size: ChartSize = WIDE,
    legend: bool = False,
    beside: Sequence[BarRow] = (),
) -> SafeString:
    """One stacked bar a row, all on one scale that starts at zero, in the order given.

    `beside` are rows of other drawings that share the scale, where one chart goes over several.

    Rule: R-CHART-2. On narrow screens the names stand above the bars; wider, to their left.
    """
    width, font, narrow = size.width, size.font, size.names_above
    left = _left(size)
    alike = (*rows, *beside)
    scale = _scale(alike, width - left - _room_at_end(alike, font))
    parts, y = _legend(rows, width, font) if legend else ([], 6 if not narrow else 0)
    for row in rows:
        drawn, y = _row(row, y, left=left, width=width, scale=scale, font=font)
        parts += drawn
    return chart(
        parts,
        title=title,
        description=described(rows),
        width=width,
        height=max(y, 1),
        font=font,
        prefix=prefix,
    )


def proportion(segments: Sequence[Segment], *, title: str, width: float = 140, height: float = 8) -> SafeString:
    """A thin bar for a table row: the shares of one whole."""
    total = sum(segment.count for segment in segments)
    x, drawn = (
        0.0,
        [element("rect", class_="f-bg", width=width, height=height, fill=TRACK)],
    )
    for segment in segments:
        share = segment.count * width / total if total else 0
        if share:
            drawn.append(_rect(segment, x, 0, max(share - 1, 1), height))
        x += share
    return element(
        "svg",
        element("title", f"{title}: {worded(segments)}"),
        *drawn,
        class_="pf-stack",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        preserveAspectRatio="none",
        role="img",
    )


def described(rows: Sequence[BarRow]) -> str:
    """Every value of the chart in words, for who cannot see it."""
    return "; ".join(f"{row.label}: {worded(row.segments)}{_end(row)}" for row in rows) + "."


def table_of_bars(rows: Sequence[BarRow], *, first: str, at_end: str) -> DataTable:
    """The bars as a table: each share, and what stands at the end of the bar. Rule: R-CHART-2."""
    labels = list(dict.fromkeys(segment.label for row in rows for segment in row.segments))
    return DataTable(
        headings=(first, *labels, at_end),
        rows=tuple((row.label, *_shares(row, labels), _at_end(row)) for row in rows),
    )


def worded(segments: Sequence[Segment]) -> str:
    return ", ".join(f"{figure(segment.count)} {segment.label.lower()}" for segment in segments)


def _left(size: ChartSize) -> int:
    return 0 if size.names_above else round(size.width * 0.305)


def _shares(row: BarRow, labels: Sequence[str]) -> tuple[str, ...]:
    counts = {segment.label: segment.count for segment in row.segments}
    return tuple(figure(counts.get(label, 0)) for label in labels)


def _at_end(row: BarRow) -> str:
    return ", ".join(part for part in (row.note, row.share) if part)


def _room_at_end(rows: Sequence[BarRow], font: ChartFont) -> float:
    """What the longest bar leaves for the words behind it. Rule: R-CHART-3."""
    words = [font.width_of(row.note) + font.width_of(row.share) * 1.08 + 24 for row in rows]
    return max([*words, font.size * 8.2])


def _end(row: BarRow) -> str:
    return f" ({_at_end(row)})" if _at_end(row) else ""


def _scale(rows: Sequence[BarRow], room: float) -> float:
    """Units a task; a lone task never fills the whole width."""
    return room / max([row.total for row in rows] + [4])


def _row(row: BarRow, y: float, *, left: float, width: float, scale: float, font: ChartFont):
    narrow = left == 0
    lines = lines_within(row.label, width if narrow else left - 12, font)
    line_height = font.size * 1.25
    if narrow:
        names = [text(line, 0, y + 16 + n * line_height, class_="t1", fill=TEXT) for n, line in enumerate(lines)]
        bar_y = y + 16 + (len(lines) - 1) * line_height + 6
        after = bar_y + BAR_HEIGHT + 8
    else:
        block = max(BAR_HEIGHT, len(lines) * line_height)
        first = y + (block - len(lines) * line_height) / 2 + font.size * 0.97
        names = [
            text(
                line,
                left - 12,
                first + n * line_height,
                class_="t1",
                text_anchor="end",
                fill=TEXT,
            )
            for n, line in enumerate(lines)
        ]
        bar_y = y + (block - BAR_HEIGHT) / 2
        after = y + block + 14
    return names + _bar(row, left, bar_y, width=width, scale=scale, font=font), after


def _bar(row: BarRow, left: float, y: float, *, width: float, scale: float, font: ChartFont) -> list[SafeString]:
    base = y + BAR_HEIGHT / 2 + font.size * 0.36
    x, drawn = float(left), []
    for segment in row.segments:
        if segment.count <= 0:
            continue
        across = segment.count * scale
        filled = max(across - GAP, THINNEST)  # among hundreds of tasks one is less wide than the gap behind it
        drawn.append(_rect(segment, x, y, filled, BAR_HEIGHT))
        if filled >= font.width_of(figure(segment.count)) + 6:
            drawn.append(_figure(segment, x + filled / 2, base, font))
        x += across
    if row.note:
        drawn.append(text(row.note, x + 8, base, class_="t2", fill=TEXT_2))
    if row.share:
        drawn.append(
            text(
                row.share,
                width,
                base,
                class_="t1",
                text_anchor="end",
                font_weight=600,
                fill=TEXT,
            )
        )
    return drawn


def _rect(segment: Segment, x: float, y: float, width: float, height: float) -> SafeString:
    return element(
        "rect",
        class_=segment.tone.value,
        x=x,
        y=y,
        width=width,
        height=height,
        fill=FILL[segment.tone],
    )


def _figure(segment: Segment, x: float, y: float, font: ChartFont) -> SafeString:
    ink, colour = INK_INSIDE[segment.tone]
    return text(
        figure(segment.count),
        x,
        y,
        class_=ink,
        text_anchor="middle",
        font_size=font.small,
        font_weight=600,
        fill=colour,
    )


def _legend(rows: Sequence[BarRow], width: float, font: ChartFont) -> tuple[list[SafeString], float]:
    """What each tone means, once, above the bars; a second line when one does not hold them."""
    tones = {segment.tone: segment for row in rows for segment in row.segments}
    x, y, drawn = 0.0, 3.0, []
    for segment in tones.values():
        across = 17 + font.width_of(segment.label) * 1.12
        if x and x + across > width:
            x, y = 0.0, y + font.size * 1.5
        drawn.append(_rect(segment, x, y, 12, 12))
        drawn.append(text(segment.label, x + 17, y + font.size * 0.72, class_="t1", font_size=font.small, fill=TEXT))
        x += across + 16
    return drawn, y + 27
