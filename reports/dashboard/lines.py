"""The tables of agencies and areas, row by row, ready to be written out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from coordination.evaluations.queries import Graded
from coordination.figures.queries import Tally
from coordination.figures.shapes import AgencyFigures, AreaFigures, Figures
from coordination.figures.tally import DUE
from records import wording
from reports.dashboard import pictures
from reports.dashboard.numbers import Numbers
from reports.dashboard.queries import Dashboard


@dataclass(frozen=True)
class AgencyLine:
    """One agency's row: what it led, its place among those that led something due, how its year went, its grade."""

    figures: AgencyFigures
    total: SafeString
    done: SafeString
    on_time_rate: str
    rank: int | None
    bar: SafeString
    involved: SafeString
    months: SafeString
    result: Graded | None


@dataclass(frozen=True)
class AreaLine:
    """One area's row, the four buckets and what they make."""

    name: str
    cells: tuple[SafeString, ...]
    done_rate: str


def agency_lines(dashboard: Dashboard, shown: Figures, numbers: Numbers) -> list[AgencyLine]:
    """The agencies shown in order of precedence, each with its rank among all."""
    rows = {row.agency.pk: row for row in shown.months_by_agency}
    results = dashboard.evaluated.results if dashboard.evaluated else {}
    ranks = ranks_of(dashboard.figures.agencies)
    return [
        AgencyLine(
            figures=agency,
            total=numbers.of(agency.led.total),
            done=numbers.of(agency.led.done),
            on_time_rate=rounded(agency.led),
            rank=ranks.get(agency.agency.pk),
            bar=pictures.whole_bar(agency.led, title=agency.agency.short_name, width=140, height=8),
            involved=numbers.of(agency.involved.total),
            months=pictures.months_of(rows[agency.agency.pk]),
            result=results.get(agency.agency.pk),
        )
        for agency in shown.agencies
    ]


def area_lines(areas: Iterable[AreaFigures], numbers: Numbers) -> list[AreaLine]:
    """The areas, the largest first."""
    return [
        AreaLine(
            area.name,
            tuple(numbers.of(count) for count in counts_of(area.tally)),
            wording.percent(area.tally.done_rate),
        )
        for area in areas
    ]


def counts_of(tally: Tally) -> tuple[int, ...]:
    """The four buckets in the order every table keeps, and their total."""
    return tally.on_time, tally.late, tally.overdue, tally.in_time, tally.total


def ranks_of(agencies: tuple[AgencyFigures, ...]) -> dict[int, int]:
    """The place of each agency by the share done on time of what it led and was due; equal shares share a place.

    Rule: R-DASH-8. Who led nothing that was due has no place.
    """
    rates = {row.agency.pk: row.led.on_time_rate for row in agencies if row.led.count(*DUE)}
    places: dict = {}
    for place, rate in enumerate(sorted(rates.values(), reverse=True), 1):
        places.setdefault(rate, place)
    return {pk: places[rate] for pk, rate in rates.items()}


def rounded(tally: Tally) -> str:
    """The share on time in whole percent."""
    rate = tally.on_time_rate
    return wording.NONE if rate is None else wording.percent(round(rate))
