"""The dashboard's charts: figures worded as the chart functions take them, each in a wide and a narrow drawing."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coordination.figures.shapes import Figures, MonthRow
from coordination.figures.tally import Tally
from coordination.tasks.enums import Bucket
from records import wording
from reports.charts import (
    NARROW,
    WIDE,
    BarRow,
    MonthPoint,
    Segment,
    Tone,
    area_bars,
    cumulative,
    proportion,
    sparkline,
)


@dataclass(frozen=True)
class Pair:
    """One chart drawn twice; the page shows the one that fits."""

    wide: SafeString
    narrow: SafeString


def segments(tally: Tally) -> tuple[Segment, ...]:
    """The four buckets in the order every chart keeps."""
    counts = tally.buckets
    return tuple(Segment(tone, word, counts.get(bucket, 0)) for bucket, tone, word in _tones(get_language()))


@lru_cache(maxsize=4)
def _tones(_language: str) -> tuple[tuple[Bucket, Tone, str], ...]:
    """Each bucket with its tone and its word. Why kept: a page of many agencies says each some four hundred times."""
    return (
        (Bucket.DONE_ON_TIME, Tone.ON_TIME, _("On time")),
        (Bucket.DONE_LATE, Tone.LATE, _("Late")),
        (Bucket.OVERDUE, Tone.MISSED, _("Not done")),
        (Bucket.IN_TIME, Tone.OPEN, _("Within deadline")),
    )


def whole_bar(tally: Tally, *, title: str, width: int = 400, height: int = 10) -> SafeString:
    """The shares of one whole, as a thin bar."""
    return proportion(segments(tally), title=title, width=width, height=height)


def areas(figures: Figures, prefix: str = "area") -> Pair:
    """One bar an area; done out of all and its percentage at the end. A page with several names each by its prefix."""
    rows = [
        BarRow(
            label=area.name,
            segments=segments(area.tally),
            note=f"{area.tally.done}/{area.tally.total}",
            share=wording.percent(round(area.tally.done_rate)),
        )
        for area in figures.areas
        if area.tally.total
    ]
    title = _("Tasks by area")
    return Pair(
        area_bars(rows, title=title, prefix=f"{prefix}-wide", size=WIDE),
        area_bars(rows, title=title, prefix=f"{prefix}-narrow", size=NARROW),
    )


def running_totals(figures: Figures, prefix: str = "cumulative") -> Pair:
    """What fell due against what was done, month by month."""
    points = [MonthPoint(month_label(month.month), month.due, month.done) for month in figures.cumulative]
    words = {"title": _("Due and done over the year"), "due_label": _("Fell due"), "done_label": _("Completed so far")}
    return Pair(
        cumulative(points, prefix=f"{prefix}-wide", size=WIDE, **words),
        cumulative(points, prefix=f"{prefix}-narrow", size=NARROW, **words),
    )


def months_of(row: MonthRow) -> SafeString:
    """Twelve small bars: what an agency took part in, by month of deadline."""
    buckets = [bucket for bucket, _tone, _word in _tones(get_language())]
    counts = ((cell.month, *(cell.tally.buckets.get(bucket, 0) for bucket in buckets)) for cell in row.months)
    return _months(get_language(), tuple(counts))


@lru_cache(maxsize=2048)
def _months(language: str, counts: tuple[tuple[int, ...], ...]) -> SafeString:
    """Why kept: the same counts are the same picture, and most agencies' counts stay as they are from look to look."""
    tones = _tones(language)
    bars = [
        BarRow(month_label(month), tuple(Segment(tone, word, n) for (_b, tone, word), n in zip(tones, ns, strict=True)))
        for month, *ns in counts
    ]
    return sparkline(bars, title=_("Tasks taken part in, by month of deadline"))


def month_label(month: int) -> str:
    """A month as narrow columns name it: T3."""
    return _("M%(month)s") % {"month": month}
