from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate

from coordination.tasks.enums import Bucket, RoleKind, Standing
from coordination.tasks.models import Task

_OPEN = Q(bucket__in=(Bucket.IN_TIME.value, Bucket.OVERDUE.value)) & ~Q(standing=Standing.NOT_COMPLETED.value)


def last_moves(tasks: QuerySet[Task]) -> QuerySet:
    """The agencies with unfinished ones among some tasks judged today, each with the day it last reported anything.

    Rule: R-DASH-5. An agency moves when a task it leads is reported on, or when it reports its own part in one.
    Shape: rows of agency, unfinished, last_on; None where it never did.
    """
    led = Max("last_reported_at", filter=Q(roles__kind=RoleKind.LEAD))
    part = Max("roles__part_reports__entered_at")
    return (
        tasks.filter(roles__isnull=False)
        .order_by()
        .values(agency=F("roles__agency_id"))
        .annotate(
            unfinished=Count("pk", distinct=True, filter=_OPEN),
            # A missing moment makes the greater of two missing too on one of the databases.
            last_on=TruncDate(Greatest(Coalesce(led, part), Coalesce(part, led))),
        )
        .filter(unfinished__gt=0)
    )
