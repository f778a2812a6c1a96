"""What has come of the first target of a task, the one its progress is measured against."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, Subquery

from coordination.tasks.enums import TargetResult
from coordination.tasks.judging import Facts
from coordination.tasks.models import Target


def with_target(results: Iterable[str], facts: Facts) -> Q:
    """The tasks whose first target has come to one of some results; a target in words has none.

    Rule: R-DASH-4. Reached is the target's value or more, exceeded is more; of a past day what was reported by then.
    """
    first = Target.objects.filter(task_id=OuterRef("pk"), position=1, value__isnull=False)
    value, column = Subquery(first.values("value")[:1]), facts.last_value
    met = {
        TargetResult.REACHED: Q(**{f"{column}__gte": value}),
        TargetResult.EXCEEDED: Q(**{f"{column}__gt": value}),
        TargetResult.MISSED: Q(**{f"{column}__lt": value}) | Q(**{f"{column}__isnull": True}) & Q(Exists(first)),
    }
    asked = Q(pk__in=())
    for result in results:
        asked |= met[TargetResult(result)]
    return asked
