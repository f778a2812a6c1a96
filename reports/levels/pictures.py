"""The chart of the units: one bar each, in a wide and a narrow drawing."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from records import wording
from reports.charts import NARROW, WIDE, BarRow, area_bars
from reports.dashboard.pictures import Pair, segments
from reports.levels.answer import capitalised
from reports.levels.queries import UnitLine

MOST_BARS, AT_EITHER_END = 34, 10
WHOLE_WIDTH = replace(WIDE, width=980)
# Beside the rate there is room for three figures on either side of the stroke.
LONGEST_NOTE = 7


def drawn_of(lines: Sequence[UnitLine]) -> list[UnitLine]:
    """The units a chart has room for: all of them, or the ten first and the ten last where something was due.

    Rule: R-LEVEL-8.
    """
    counted = [line for line in lines if line.tally.total]
    if len(counted) <= MOST_BARS:
        return sorted(counted, key=_placed)
    placed = sorted((line for line in counted if line.rank), key=_placed)
    return [*placed[:AT_EITHER_END], *placed[-AT_EITHER_END:]] if len(placed) > 2 * AT_EITHER_END else placed


def unit_bars(lines: Sequence[UnitLine], *, title: str) -> Pair:
    """One stacked bar a unit, the best first; on time out of due, where there is room, and its rate at the end."""
    has_notes = notes_fit(lines)
    rows = [
        BarRow(
            label=_("%(rank)s. %(unit)s") % {"rank": line.rank, "unit": name} if line.rank else name,
            segments=segments(line.tally),
            note=_note(line) if has_notes else "",
            share=wording.percent(line.tally.on_time_rate) if line.tally.due else "",
        )
        for line, name in ((line, capitalised(line.name)) for line in lines)
    ]
    return Pair(
        area_bars(rows, title=title, prefix="unit-wide", size=WHOLE_WIDTH),
        area_bars(rows, title=title, prefix="unit-narrow", size=NARROW),
    )


def notes_fit(lines: Sequence[UnitLine]) -> bool:
    """Whether the figures at the end of every row are short enough to stand beside the rate."""
    return all(len(_note(line)) <= LONGEST_NOTE for line in lines)


def _note(line: UnitLine) -> str:
    return f"{line.tally.on_time}/{line.tally.due}" if line.tally.due else ""


def _placed(line: UnitLine) -> tuple[bool, int, str]:
    return line.rank is None, line.rank or 0, line.sort_key
