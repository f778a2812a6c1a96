"""The tasks an annex lists, as they stood on the day its figures were cut off."""

from collections.abc import Callable, Iterable
from datetime import date

from coordination.programs.models import Program
from coordination.tasks import judging
from coordination.tasks.models import Task, TaskQuerySet
from coordination.tasks.queries import past


def tasks_then(
    programs: Iterable[Program], day: date, year: int, *, with_all: Callable[[TaskQuerySet], TaskQuerySet]
) -> list[Task]:
    """The tasks of a year as the figures of a day count them, with all a table needs of them. Rule: R-FIG-14."""
    if not past.is_past(day):
        return list(with_all(Task.objects.of_year(year).filter(program__in=programs).judged_on(day)))
    stood = past.stood_on(Task.with_binned.filter(program__in=programs), day)
    return past.facts_put_back(with_all(stood.filter(judging.in_year(judging.THEN, year))))
