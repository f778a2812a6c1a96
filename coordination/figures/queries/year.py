"""The figures of a year, each defined once, all out of the same two counts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

from coordination.figures.queries.counting import counted
from coordination.figures.queries.counts import AgencyCounts, Counted
from coordination.figures.queries.keys import (
    is_shown,
    keys_of,
    names_of_areas,
    shared_codes,
    with_label,
    with_program,
)
from coordination.figures.queries.labels import agency_labels
from coordination.figures.scope import Scope
from coordination.figures.shapes import (
    AgencyFigures,
    AgencyLabel,
    AreaFigures,
    Choice,
    CumulativeMonth,
    Figures,
    MonthCell,
    MonthRow,
    ProgramFigures,
)
from coordination.figures.tally import Group, Keys, Part, Tally, YearFigures, tally, year_tally
from coordination.programs.queries import programs_covering
from coordination.tasks.enums import Bucket

MONTHS = range(1, 13)


@dataclass(frozen=True)
class _Count:
    """What was counted for one scope, year and day, the names beside it and the task-list filters that select it."""

    scope: Scope
    year: int
    as_of: date
    groups: Counted
    agencies: dict[int, AgencyLabel]
    keys: Keys | None

    @cached_property
    def shared(self) -> set[str]:
        """The codes that two agencies have, of two units."""
        return shared_codes(self.agencies)

    @cached_property
    def shown(self) -> dict[int, AgencyLabel]:
        """The agencies that have rows of their own."""
        return {pk: label for pk, label in self.agencies.items() if is_shown(self.scope, pk)}


def figures_of(scope: Scope, year: int, *, as_of: date) -> Figures:
    """All figures of a year, judged on a day, in five queries at most however many tasks there are.

    Why the programs first: the frame of every page asks for them too, once for both.

    Rule: R-FIG-14. On a day that is over the figures are those of that day, and so are the lists behind them.
    """
    seen = programs_covering(scope.actor, year)
    groups = counted(scope, year, seen, as_of=as_of)
    agencies = agency_labels(set(groups.agencies), min(as_of, date(year, 12, 31)), scope.actor.unit_id)
    keys = keys_of(scope, year, as_of, groups, agencies)
    count = _Count(scope, year, as_of, groups, agencies, keys)
    return Figures(
        year=replace(
            year_tally(groups.months, keys),
            measured=groups.measured,
            reached=groups.reached,
            exceeded=groups.exceeded,
        ),
        agencies=_by_agency(count),
        areas=_by_area(count),
        programs=_by_program(count),
        months=_months(groups.months, keys, year, agency=None),
        months_of=partial(_months_of, count),
        cumulative=_cumulative(count),
        choices=_choices(count),
        moves={pk: told.moved_at for pk, told in groups.agencies.items() if told.unfinished},
    )


def year_figures(scope: Scope, year: int, *, as_of: date) -> YearFigures:
    """The four buckets of a year with what can be said of them. Rule: R-FIG-1."""
    return figures_of(scope, year, as_of=as_of).year


def by_agency(scope: Scope, year: int, *, as_of: date) -> tuple[AgencyFigures, ...]:
    """Every agency with a part in the year, in order of precedence. Rule: R-FIG-6."""
    return figures_of(scope, year, as_of=as_of).agencies


def by_area(scope: Scope, year: int, *, as_of: date) -> tuple[AreaFigures, ...]:
    """Every area with tasks, the largest first. Rule: R-FIG-7."""
    return figures_of(scope, year, as_of=as_of).areas


def by_program(scope: Scope, year: int, *, as_of: date) -> tuple[ProgramFigures, ...]:
    """Every program with tasks, by code. Rule: R-FIG-5."""
    return figures_of(scope, year, as_of=as_of).programs


def by_month_and_agency(scope: Scope, year: int, *, as_of: date) -> tuple[MonthRow, ...]:
    """Agency by month of deadline, leading and coordinating, so the rows make more than the total. Rule: R-FIG-8."""
    return figures_of(scope, year, as_of=as_of).months_by_agency


def cumulative_by_month(scope: Scope, year: int, *, as_of: date) -> tuple[CumulativeMonth, ...]:
    """What fell due against what was done, running up over the months. Rule: R-FIG-9."""
    return figures_of(scope, year, as_of=as_of).cumulative


def _by_agency(count: _Count) -> tuple[AgencyFigures, ...]:
    rows = ((label, count.groups.agencies[pk]) for pk, label in count.shown.items())
    return tuple(_of_agency(count, label, told) for label, told in rows if any(told.involved.values()))


def _of_agency(count: _Count, label: AgencyLabel, told: AgencyCounts) -> AgencyFigures:
    """Why no link where it leads behind another: the list filtered by lead shows those tasks too."""
    keys, shared = count.keys, count.shared
    return AgencyFigures(
        agency=label,
        led=Tally(told.led, None if told.second else with_label(keys, "lead", label, shared)),
        involved=Tally(told.involved, with_label(keys, "involves", label, shared)),
    )


def _by_area(count: _Count) -> tuple[AreaFigures, ...]:
    areas, labels = [], count.groups.area_labels
    shared, names = shared_codes(labels), names_of_areas(labels)
    for pk, buckets in _holding(count.groups.areas):
        label = labels[pk]
        counted = Tally(buckets, with_label(count.keys, "area", label, shared))
        areas.append((label.position, AreaFigures(pk, label.code, names[pk], counted)))
    areas.sort(key=lambda area: (-area[1].tally.total, area[0], area[1].code, area[1].pk))
    return tuple(area for _position, area in areas)


def _by_program(count: _Count) -> tuple[ProgramFigures, ...]:
    programs = []
    for pk, buckets in _holding(count.groups.programs):
        label = count.groups.program_labels[pk]
        programs.append(ProgramFigures(pk, label.code, label.title, Tally(buckets, with_program(count.keys, label))))
    return tuple(sorted(programs, key=lambda program: program.code))


def _months_of(count: _Count, label: AgencyLabel) -> MonthRow:
    keys = with_label(count.keys, "involves", label, count.shared)
    return _months(count.groups.agencies[label.pk].parts(), keys, count.year, agency=label)


def _months(groups: Iterable[Group | Part], keys: Keys | None, year: int, *, agency: AgencyLabel | None) -> MonthRow:
    """Twelve cells; the year's cell holds the deadlines of this year only, so the row adds up."""
    by_month = _split(groups, lambda group: group.due_month)
    cells = tuple(
        MonthCell(month, tally(by_month.get(month, ()), keys and (*keys, ("due_month", str(month)))))
        for month in MONTHS
    )
    in_year = [group for month in MONTHS for group in by_month.get(month, ())]
    span = (("due_from", f"01/01/{year}"), ("due_to", f"31/12/{year}"))
    return MonthRow(agency=agency, months=cells, year=tally(in_year, keys and (*keys, *span)))


def _cumulative(count: _Count) -> tuple[CumulativeMonth, ...]:
    """Tasks with a deadline in the year: how many fell due, how many of them were done, by the end of each month."""
    planned = [group for group in count.groups.months if group.due_month]
    return tuple(
        CumulativeMonth(
            month=month,
            due=sum(group.count for group in planned if group.due_month <= month),
            done=_done_by(planned, month) if (count.year, month) <= (count.as_of.year, count.as_of.month) else None,
        )
        for month in MONTHS
    )


def _done_by(planned: list[Group], month: int) -> int:
    return sum(group.count for group in planned if group.done_month is not None and group.done_month <= month)


def _choices(count: _Count) -> dict[str, tuple[Choice, ...]]:
    """What there is to narrow to: only what has tasks, and for an official only the own agencies."""
    scope = count.scope
    mine = scope.actor.agency_ids() if scope.own_only else count.agencies
    agencies = [label for pk, label in count.agencies.items() if pk in mine and label.is_reached]
    programs = sorted((label.code, pk) for pk, label in count.groups.program_labels.items())
    labels, units = count.groups.area_labels, scope.actor.unit_ids()
    names, reached = names_of_areas(labels), ((pk, label) for pk, label in labels.items() if label.unit_id in units)
    areas = sorted(reached, key=lambda area: (area[1].position, area[0]))
    return {
        "program": tuple(Choice(pk, code, code) for code, pk in programs),
        "agency": tuple(Choice(label.pk, label.code, label.short_name) for label in agencies),
        "area": tuple(Choice(pk, label.code, names[pk]) for pk, label in areas),
    }


def _holding(groups: Mapping[int, Mapping[Bucket, int]]) -> Iterator[tuple[int, Mapping[Bucket, int]]]:
    """The groups that hold a task within the narrowing."""
    return ((pk, buckets) for pk, buckets in groups.items() if any(buckets.values()))


def _split(groups: Iterable[Group | Part], key: Callable[[Group | Part], int | None]) -> dict[int | None, list]:
    parts: dict[int | None, list] = {}
    for group in groups:
        parts.setdefault(key(group), []).append(group)
    return parts
