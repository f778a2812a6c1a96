"""The figures of a year, each defined once, all out of the same two counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from agencies.models import Agency, AgencyName
from coordination.figures.queries.groups import role_groups, task_groups
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
from coordination.figures.tally import Group, Keys, YearFigures, tally, year_tally

MONTHS = range(1, 13)


@dataclass(frozen=True)
class _Count:
    """The groups of one scope, year and day, and the task-list filters that select them."""

    year: int
    as_of: date
    tasks: list[Group]
    roles: list[Group]
    labels: dict[int, AgencyLabel]
    keys: Keys


def figures_of(scope: Scope, year: int, *, as_of: date) -> Figures:
    """All figures of a year, judged on a day, in three queries however many tasks there are."""
    every_task = task_groups(scope, year, as_of=as_of)
    every_role = role_groups(scope, year, as_of=as_of)
    labels = _labels(every_role, min(as_of, date(year, 12, 31)))
    count = _Count(
        year=year,
        as_of=as_of,
        tasks=[group for group in every_task if _within(scope, group)],
        roles=[group for group in every_role if _within(scope, group)],
        labels={pk: label for pk, label in labels.items() if _is_shown(scope, pk)},
        keys=_keys(scope, year, every_task, labels),
    )
    return Figures(
        year=year_tally(count.tasks, count.keys),
        agencies=_by_agency(count),
        areas=_by_area(count),
        programs=_by_program(count),
        months=_months(count.tasks, count.keys, year, agency=None),
        months_by_agency=_by_month_and_agency(count),
        cumulative=_cumulative(count),
        choices=_choices(scope, every_task, labels),
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


def _within(scope: Scope, group: Group) -> bool:
    return (
        group.involves
        and (scope.program_ids is None or group.program_id in scope.program_ids)
        and (scope.area_id is None or group.area_id == scope.area_id)
    )


def _is_shown(scope: Scope, agency_id: int) -> bool:
    """Whether an agency has rows of its own: one narrowed to, an official's own agencies, otherwise every agency."""
    if scope.own_only and agency_id not in scope.actor.agency_ids():
        return False
    return scope.agency_id in (None, agency_id)


def _keys(scope: Scope, year: int, groups: list[Group], labels: dict[int, AgencyLabel]) -> Keys:
    """The task-list filters that select the scope's tasks of the year."""
    keys = [("year", str(year))]
    if scope.program_ids is not None:
        codes = {group.program_code.lower() for group in groups if group.program_id in scope.program_ids}
        keys += [("program", code) for code in sorted(codes)]
    if scope.agency_id is not None or scope.own_only:
        keys += [("involves", label.code) for pk, label in labels.items() if _is_shown(scope, pk)]
    if scope.area_id is not None:
        keys += [("area", code) for code in {group.area_code for group in groups if group.area_id == scope.area_id}]
    return tuple(keys)


def _by_agency(count: _Count) -> tuple[AgencyFigures, ...]:
    involved, led = _split(count.roles, _lead), _split(count.tasks, _lead)
    return tuple(
        AgencyFigures(
            agency=label,
            led=tally(led.get(pk, ()), _keys_of_led(count.keys, label, involved[pk], led.get(pk, ()))),
            involved=tally(involved[pk], _with(count.keys, "involves", label.code)),
        )
        for pk, label in count.labels.items()
        if pk in involved
    )


def _keys_of_led(keys: Keys, label: AgencyLabel, roles: Iterable[Group], firsts: Iterable[Group]) -> Keys | None:
    """The list filtered by lead shows second leads too, so it is exact only where the agency is never the second."""
    is_never_second = sum(group.led for group in roles) == sum(group.count for group in firsts)
    return _with(keys, "lead", label.code) if is_never_second else None


def _by_area(count: _Count) -> tuple[AreaFigures, ...]:
    areas = []
    for pk, groups in _split(count.tasks, lambda group: group.area_id).items():
        one = groups[0]
        counted = tally(groups, _with(count.keys, "area", one.area_code))
        areas.append((one.area_position, AreaFigures(pk, one.area_code, one.area_name, counted)))
    areas.sort(key=lambda area: (-area[1].tally.total, area[0]))
    return tuple(area for _position, area in areas)


def _by_program(count: _Count) -> tuple[ProgramFigures, ...]:
    programs = []
    for pk, groups in _split(count.tasks, lambda group: group.program_id).items():
        one = groups[0]
        counted = tally(groups, _with(count.keys, "program", one.program_code.lower()))
        programs.append(ProgramFigures(pk, one.program_code, one.program_title, counted))
    return tuple(sorted(programs, key=lambda program: program.code))


def _by_month_and_agency(count: _Count) -> tuple[MonthRow, ...]:
    involved = _split(count.roles, _lead)
    return tuple(
        _months(involved[pk], _with(count.keys, "involves", label.code), count.year, agency=label)
        for pk, label in count.labels.items()
        if pk in involved
    )


def _months(groups: Iterable[Group], keys: Keys, year: int, *, agency: AgencyLabel | None) -> MonthRow:
    """Twelve cells; the year's cell holds the deadlines of this year only, so the row adds up."""
    by_month = _split(groups, lambda group: group.due_month)
    cells = tuple(
        MonthCell(month, tally(by_month.get(month, ()), (*keys, ("due_month", str(month))))) for month in MONTHS
    )
    in_year = [group for month in MONTHS for group in by_month.get(month, ())]
    span = (("due_from", f"01/01/{year}"), ("due_to", f"31/12/{year}"))
    return MonthRow(agency=agency, months=cells, year=tally(in_year, (*keys, *span)))


def _cumulative(count: _Count) -> tuple[CumulativeMonth, ...]:
    """Tasks with a deadline in the year: how many fell due, how many of them were done, by the end of each month."""
    planned = [group for group in count.tasks if group.due_month]
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


def _choices(scope: Scope, groups: list[Group], labels: dict[int, AgencyLabel]) -> dict[str, tuple[Choice, ...]]:
    """What there is to narrow to: only what has tasks, and for an official only the own agencies."""
    agencies = [label for pk, label in labels.items() if not scope.own_only or pk in scope.actor.agency_ids()]
    programs = {
        group.program_code: Choice(group.program_id, group.program_code, group.program_code) for group in groups
    }
    areas = {group.area_position: Choice(group.area_id, group.area_code, group.area_name) for group in groups}
    return {
        "program": tuple(programs[code] for code in sorted(programs)),
        "agency": tuple(Choice(label.pk, label.code, label.short_name) for label in agencies),
        "area": tuple(areas[position] for position in sorted(areas)),
    }


def _labels(roles: list[Group], day: date) -> dict[int, AgencyLabel]:
    """The agencies with a part in the year in order of precedence, by the names and ranks they had on a day."""
    holding = AgencyName.objects.filter(agency_id=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    named = (
        Agency.objects.filter(pk__in={group.lead_id for group in roles})
        .annotate(
            dated_order=Coalesce(Subquery(holding.values("protocol_order")[:1]), F("protocol_order")),
            dated_name=Coalesce(Subquery(holding.values("name")[:1]), F("current_name")),
            dated_short_name=Coalesce(Subquery(holding.values("short_name")[:1]), F("current_short_name")),
        )
        .order_by("dated_order", "name_sorted", "pk")
        .values_list("pk", "code", "dated_name", "dated_short_name")
    )
    return {pk: AgencyLabel(pk, code, name, short_name) for pk, code, name, short_name in named}


def _with(keys: Keys, name: str, value: str) -> Keys:
    """The filters with one of them set, whatever it was before."""
    return (*(key for key in keys if key[0] != name), (name, value))


def _split(groups: Iterable[Group], key: Callable[[Group], int | None]) -> dict[int | None, list[Group]]:
    parts: dict[int | None, list[Group]] = {}
    for group in groups:
        parts.setdefault(key(group), []).append(group)
    return parts


def _lead(group: Group) -> int | None:
    return group.lead_id
