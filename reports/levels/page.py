"""A level put into the words, links and pictures its templates write out."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from reports.dashboard.page import definitions_told
from reports.dashboard.pictures import whole_bar
from reports.levels.answer import answer, capitalised
from reports.levels.asked import Asked
from reports.levels.order import columns, in_order
from reports.levels.pictures import drawn_of, notes_fit, unit_bars
from reports.levels.queries import Level

UNITS_A_PAGE = 50


def context(level: Level, asked: Asked, years: list[int], page: str) -> dict:
    """What the template of a level is given; `page` is the number asked for, the nearest there is counts."""
    lines = Paginator(in_order(level.lines, asked), UNITS_A_PAGE).get_page(page)
    drawn = drawn_of(level.lines)
    tally = level.whole.tally
    return {
        "level": level,
        "asked": asked,
        "tally": tally,
        "unit_name": capitalised(level.whole.name),
        "heading": _("%(unit)s: results by unit in %(year)s") % {
            "unit": capitalised(level.whole.name), "year": level.year
        },
        "sentences": answer(level),
        "columns": columns(asked),
        "lines": lines,
        "kept": asked.query(),
        "years": sorted({*years, level.year}, reverse=True),
        "bar": whole_bar(tally, title=_("Completed and not completed")),
        "chart": unit_bars(drawn, title=_("Tasks by unit, the best on time first")) if drawn else None,
        "has_notes": notes_fit(drawn),
        "is_chart_cut": len(drawn) < len([line for line in level.lines if line.tally.total]),
        "is_empty": not level.whole.programs,
        **definitions_told(),
    }  # fmt: skip
