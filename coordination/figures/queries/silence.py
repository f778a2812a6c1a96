"""When agencies last moved, as far as the count of the year does not tell it.

Rule: R-DASH-5. Who has unfinished tasks, and when a task an agency leads was last reported on, comes with the count
(`Figures.moves`), which reads tasks and parts anyway.
"""

from collections.abc import Iterator

from django.db.models import F, Max, QuerySet
from django.db.models.functions import TruncDate

from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import PartReport, Task

_UNCOUNTED = (TaskState.SUSPENDED, TaskState.CANCELLED)


def other_moves(tasks: QuerySet[Task]) -> Iterator[QuerySet]:
    """The day agencies last moved: when a task they lead that is not counted was last reported on, when they reported
    their part in any.

    Shape: rows of agency, last_on.
    """
    stopped = tasks.order_by().filter(state__in=_UNCOUNTED)
    reported = stopped.filter(last_reported_at__isnull=False, roles__kind=RoleKind.LEAD)
    yield _latest(reported.values(agency=F("roles__agency_id")), "last_reported_at")
    parts = PartReport.objects.order_by().filter(role__task_id__in=tasks.order_by().values("pk"))
    yield _latest(parts.values(agency=F("role__agency_id")), "entered_at")


def _latest(moves: QuerySet, moment: str) -> QuerySet:
    return moves.annotate(last_on=TruncDate(Max(moment)))
