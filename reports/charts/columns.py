"""Small multiples: one measure over the years, each drawn alike so that eyes can go from one to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .palette import AXIS, FILL, PLAN, TEXT, TEXT_2, WEB, ChartFont
from .series import Tone
from .svg import chart, element, text

TOP, BELOW, WIDEST, SMALLEST = 26.0, 22.0, 44.0, 9.0


@dataclass(frozen=True)
class ColumnPoint:
    """One column: its year, its value and the value as it is written; None where there is nothing to measure."""

    label: str
    value: float | None
    shown: str


def columns(
    points: Sequence[ColumnPoint],
    *,
    title: str,
    prefix: str,
    highest: float,
    slots: int = 0,
    width: float = 190,
    height: float = 124,
    font: ChartFont = WEB,
) -> SafeString:
    """Columns from zero to the highest value any of the multiples may have; the last one stands out.

    Rule: the value stands above each column. `slots` keeps the columns of several drawings in the same places.
    """
    slot = width / max(slots, len(points), 1)
    floor = height - BELOW
    size = _size_within(slot, points, font)
    parts = [element("line", class_="pl", x1=0, x2=width, y1=floor, y2=floor, stroke=PLAN, stroke_width=1)]
    for place, point in enumerate(points):
        parts += _column(
            point,
            (place + 0.5) * slot,
            min(slot * 0.62, WIDEST),
            floor,
            highest,
            font,
            size=size,
            is_last=place == len(points) - 1,
        )
    described = "; ".join(f"{point.label}: {point.shown}" for point in points)
    return chart(parts, title=title, description=f"{described}.", width=width, height=height, font=font, prefix=prefix)


def _size_within(slot: float, points: Sequence[ColumnPoint], font: ChartFont) -> float | None:
    """Letters small enough that no value runs into the next one; None where the usual ones are."""
    widest = max((font.width_of(point.shown) for point in points), default=0)
    room = slot * 0.94
    return None if widest <= room else max(round(font.size * room / widest, 1), SMALLEST)


def _column(
    point: ColumnPoint,
    middle: float,
    width: float,
    floor: float,
    highest: float,
    font: ChartFont,
    *,
    size: float | None,
    is_last: bool,
) -> list[SafeString]:
    tall = (point.value or 0) * (floor - TOP) / highest if highest else 0.0
    drawn = []
    if point.value:
        tone = Tone.ON_TIME if is_last else Tone.IDLE
        place = {"x": middle - width / 2, "y": floor - tall, "width": width, "height": max(tall, 1.0)}
        drawn.append(element("rect", class_=tone.value, fill=FILL[tone], **place))
    css, colour = ("t1", TEXT) if is_last else ("t2", TEXT_2)
    weight = 600 if is_last else None
    above = {"x": middle, "y": floor - tall - 7, "text_anchor": "middle", "font_size": size}
    drawn.append(text(point.shown, class_=css, fill=colour, font_weight=weight, **above))
    drawn.append(text(point.label, middle, floor + font.size * 1.2, class_="ax", text_anchor="middle", fill=AXIS))
    return drawn
