"""The columns of the table of units, and the order one of them puts its rows in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.levels.asked import DEFAULT_SORT, Asked
from reports.levels.queries import UnitLine


@dataclass(frozen=True)
class Column:
    """One heading: the order it stands for now or would, what its link asks for, and which way the rows run now."""

    label: str
    order: str
    query: str
    aria_sort: str
    css: str

    @property
    def arrow(self) -> str:
        return {"ascending": "↑", "descending": "↓"}.get(self.aria_sort, "")


def _figure(name: str) -> Callable[[UnitLine], object]:
    return lambda line: getattr(line.tally, name) if line.has_programs else None


_LABELS = {
    "rank": _("Rank"),
    "name": pgettext_lazy("administrative", "Unit"),
    "programs": _("Programs"),
    "total": _("Tasks"),
    "on_time": _("On time"),
    "late": _("Late"),
    "in_time": _("Within deadline"),
    "overdue": _("Not done"),
    "on_time_rate": _("On-time rate"),
    "done_rate": _("Done rate"),
}
_VALUES: dict[str, Callable[[UnitLine], object]] = {
    "rank": lambda line: line.rank,
    "name": lambda line: line.sort_key,
    "programs": lambda line: line.programs or None,
    **{name: _figure(name) for name in list(_LABELS)[3:]},
}


def in_order(lines: Iterable[UnitLine], asked: Asked) -> list[UnitLine]:
    """The units as a column orders them, equal ones by name; those without a value in it stand last either way.

    Rule: R-LEVEL-7.
    """
    value = _VALUES[asked.sort]
    named = sorted(lines, key=lambda line: line.sort_key)
    valued = [line for line in named if value(line) is not None]
    valued.sort(key=value, reverse=asked.descending)
    return valued + [line for line in named if value(line) is None]


def columns(asked: Asked) -> dict[str, Column]:
    """The headings by name; a figure begins with the greatest, the rank and the name with the first."""
    return {name: _column(name, str(label), asked) for name, label in _LABELS.items()}


def _column(name: str, label: str, asked: Asked) -> Column:
    is_current = name == asked.sort
    is_figure = name not in (DEFAULT_SORT, "name")
    falls = asked.descending if is_current else is_figure
    turned = not asked.descending if is_current else is_figure
    return Column(
        label=label,
        order=f"-{name}" if falls else name,
        query=asked.query(f"-{name}" if turned else name),
        aria_sort=("descending" if falls else "ascending") if is_current else "",
        css="r" if is_figure else "",
    )
