"""Who has unfinished tasks, and when each agency last moved.

Rule: R-DASH-5. Why apart: unfinished are few of the tasks of a year, moves are read without sorting all parts in them.
"""

from collections.abc import Iterator

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from coordination.tasks.enums import Bucket, RoleKind, Standing
from coordination.tasks.models import PartReport, Task, TaskRole

_OPEN = Q(bucket__in=(Bucket.IN_TIME.value, Bucket.OVERDUE.value)) & ~Q(standing=Standing.NOT_COMPLETED.value)


def with_unfinished(tasks: QuerySet[Task]) -> QuerySet:
    """The agencies with a part in unfinished ones among some tasks judged today. Shape: rows of agency_id."""
    unfinished = tasks.order_by().filter(_OPEN).values("pk")
    return TaskRole.objects.order_by().filter(task_id__in=unfinished).values("agency_id").distinct()


def last_moves(tasks: QuerySet[Task]) -> Iterator[QuerySet]:
    """The day agencies last moved: when a task they lead was reported on, when they reported their part in one.

    Shape: rows of agency, last_on.
    """
    reported = tasks.order_by().filter(last_reported_at__isnull=False, roles__kind=RoleKind.LEAD)
    yield _latest(reported.values(agency=F("roles__agency_id")), "last_reported_at")
    parts = PartReport.objects.order_by().filter(role__task_id__in=tasks.order_by().values("pk"))
    yield _latest(parts.values(agency=F("role__agency_id")), "entered_at")


def _latest(moves: QuerySet, moment: str) -> QuerySet:
    return moves.annotate(last_on=TruncDate(Max(moment)))
