"""Twelve small bars for a table row: how the year went, month by month."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe

from .bars import worded
from .palette import FILL, PLAN
from .series import BarRow, Tone
from .svg import element

# Written at once: a table of many agencies has thousands of these, of tones, colours and measures alone.
_BAR = '<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill="{}"></rect>'


def sparkline(months: Sequence[BarRow], *, title: str, width: float = 132, height: float = 22) -> SafeString:
    """Stacked bars on one scale; months without tasks leave their place empty."""
    floor, slot = height - 1, width / max(len(months), 1)
    unit = (height - 2) / max([month.total for month in months] + [7])
    drawn = [
        element(
            "line",
            class_="pl",
            x1=0,
            x2=width,
            y1=f"{height - 0.5}",
            y2=f"{height - 0.5}",
            stroke=PLAN,
        )
    ]
    bars = []
    for position, month in enumerate(months):
        base = floor
        for segment in month.segments:
            tall = segment.count * unit
            if tall:
                bars.append((segment.tone, position * slot + 1.5, base - tall, slot - 3, tall))
            base -= tall
    counted = "; ".join(f"{month.label}: {worded(month.segments)}" for month in months if month.total) or "0"
    return element(
        "svg",
        element("title", f"{title}: {counted}"),
        *drawn,
        mark_safe("".join(_BAR.format(*_bar(*bar)) for bar in bars)),
        class_="pf-spark",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )


def _bar(tone: Tone, *measures: float) -> tuple[str, ...]:
    return (tone.value, *(f"{measure:.1f}".removesuffix(".0") for measure in measures), FILL[tone])
