"""The year beside those before it: how much was done, how much of it on time, how much there was to do."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coordination.figures.queries import Tally
from coordination.figures.tally import Keys
from records import wording
from reports.charts.columns import ColumnPoint, columns
from reports.dashboard.numbers import Numbers
from reports.dashboard.queries import Dashboard

YEARS_SHOWN = 5


@dataclass(frozen=True)
class YearRow:
    """One year of the data table."""

    year: int
    total: SafeString
    done: SafeString
    done_rate: Decimal | None
    due: SafeString
    on_time: SafeString
    on_time_rate: Decimal | None


@dataclass(frozen=True)
class Multiple:
    """One measure over the years."""

    title: str
    chart: SafeString


@dataclass(frozen=True)
class YearOnYear:
    """The multiples and the numbers they draw."""

    multiples: list[Multiple]
    rows: list[YearRow]


def year_on_year(dashboard: Dashboard, numbers: Numbers) -> YearOnYear | None:
    """The last five years up to the one shown; None where there is only one to show. Rule: R-DASH-7."""
    years = [year for year in sorted(dashboard.years) if year <= dashboard.year][-YEARS_SHOWN:]
    years = [year for year in years if dashboard.years[year].total]
    if len(years) < 2:
        return None
    tallies = {year: replace(dashboard.years[year], keys=_keys_of(dashboard, year)) for year in years}
    most = max(int(tally.total) for tally in tallies.values())
    rates = {
        "done": (_("Completed, of all tasks"), lambda tally: tally.done_rate),
        "on-time": (_("On time, of what was due"), lambda tally: tally.on_time_rate),
    }
    return YearOnYear(
        multiples=[
            *(_multiple(name, title, tallies, rate, 100.0, wording.percent) for name, (title, rate) in rates.items()),
            _multiple("total", _("Number of tasks"), tallies, lambda tally: int(tally.total), most, wording.number),
        ],
        rows=[_row(year, tally, numbers) for year, tally in tallies.items()],
    )


def _keys_of(dashboard: Dashboard, year: int) -> Keys | None:
    """The filters of the year shown, for another year; None where the agencies meant may be others then."""
    keys = dashboard.figures.year.keys
    narrowed_by_role = not dashboard.narrowing.agency and any(name == "involves" for name, _value in keys or ())
    if keys is None or narrowed_by_role:
        return None
    return (("year", str(year)), *(pair for pair in keys if pair[0] != "year"))


def _multiple(
    name: str,
    title: str,
    tallies: dict[int, Tally],
    measure: Callable[[Tally], Decimal | int | None],
    highest: float,
    written: Callable,
) -> Multiple:
    points = [_point(year, measure(tally), written) for year, tally in tallies.items()]
    drawn = columns(points, title=title, prefix=f"years-{name}", highest=highest, slots=YEARS_SHOWN)
    return Multiple(title, drawn)


def _point(year: int, value: Decimal | int | None, written: Callable) -> ColumnPoint:
    shown = written(round(value)) if value is not None else wording.NONE
    return ColumnPoint(str(year), None if value is None else float(value), shown)


def _row(year: int, tally: Tally, numbers: Numbers) -> YearRow:
    return YearRow(
        year=year,
        total=numbers.of(tally.total),
        done=numbers.of(tally.done),
        done_rate=tally.done_rate,
        due=numbers.of(tally.due),
        on_time=numbers.of(tally.on_time),
        on_time_rate=tally.on_time_rate,
    )
