"""When agencies last moved, as far as the parts in tasks that are counted do not tell it by themselves.

Rule: R-DASH-5.
"""

from collections.abc import Iterator

from django.db.models import BigIntegerField, F, Max, QuerySet, Value
from django.db.models.functions import Cast

from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import PartReport, Task

_UNCOUNTED = (TaskState.SUSPENDED, TaskState.CANCELLED)


def moves_in(tasks: QuerySet[Task], *, apart: bool) -> Iterator[QuerySet]:
    """When agencies last moved: when a task they lead that is not counted was last reported on, when they reported
    their part in any.

    Shape: rows of home, key, number and moment, as the count has them: `key` is the agency, `home` the program where
    programs are counted apart.
    """
    tasks = tasks.order_by()
    reported = tasks.filter(state__in=_UNCOUNTED, last_reported_at__isnull=False, roles__kind=RoleKind.LEAD)
    yield _latest(reported, apart and "program_id", "roles__agency_id", "last_reported_at")
    parts = PartReport.objects.order_by().filter(role__task_id__in=tasks.values("pk"))
    yield _latest(parts, apart and "role__task__program_id", "role__agency_id", "entered_at")


def _latest(moves: QuerySet, program: str | bool, agency: str, moment: str) -> QuerySet:
    home = F(program) if program else Cast(0, BigIntegerField())
    number = Cast(Value(0), BigIntegerField())
    of_agency = moves.annotate(home=home, key=F(agency)).values_list("home", "key")
    return of_agency.annotate(number=number, moment=Max(moment)).values_list("home", "key", "number", "moment")
