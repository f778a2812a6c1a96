"""The figures of a year by the administrative unit whose programs the tasks belong to."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from agencies.models import AdminUnit, UnitName
from coordination.figures.scope import Scope, narrowed, tasks_of
from coordination.figures.shapes import UnitFigures
from coordination.figures.tally import Group, tally
from coordination.programs.models import Program
from coordination.tasks.models import TaskQuerySet


def by_unit(scope: Scope, year: int, *, as_of: date) -> tuple[UnitFigures, ...]:
    """Every unit with tasks in the year, by name; a task belongs to the unit of its program. Three queries.

    Rule: R-FIG-13. Only what the actor sees is counted, so the units' counts make the total of the year.
    """
    judged = narrowed(scope, tasks_of(scope, year, as_of=as_of), as_of=as_of)
    return units_counted(judged, named_on=min(as_of, date(year, 12, 31)))


def units_counted(judged: TaskQuerySet, *, named_on: date) -> tuple[UnitFigures, ...]:
    """Tasks judged on a day, counted by the unit of their program, by the names units had on a day. Three queries.

    Why no link: the task list is narrowed by program, not by unit.
    """
    groups = _groups(judged)
    units = dict(Program.objects.filter(pk__in={group.program_id for group in groups}).values_list("pk", "unit_id"))
    by_pk: dict[int, list[Group]] = {}
    for group in groups:
        by_pk.setdefault(units[group.program_id], []).append(group)
    return tuple(
        UnitFigures(pk, code, name, tally(by_pk[pk], None), len({group.program_id for group in by_pk[pk]}))
        for pk, code, name in _named(by_pk, named_on)
    )


def _groups(judged: TaskQuerySet) -> list[Group]:
    counted = judged.exclude(bucket="").values("program_id", "bucket").annotate(count=Count("pk")).order_by()
    return [Group(standing="", **row) for row in counted]


def _named(pks: Iterable[int], day: date) -> list[tuple[int, str, str]]:
    """The units by the names they had on a day, a unit that ended before by its last one."""
    holding = UnitName.objects.filter(unit_id=OuterRef("pk"), valid_from__lte=day).order_by("-valid_from")
    units = AdminUnit.objects.filter(pk__in=pks).by_name()
    dated = Coalesce(Subquery(holding.values("name")[:1]), F("current_name"))
    return list(units.annotate(dated_name=dated).values_list("pk", "code", "dated_name"))
