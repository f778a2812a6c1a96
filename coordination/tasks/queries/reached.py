"""What has come of the first target of a task, the one its progress is measured against."""

from collections.abc import Iterable

from django.db.models import F, Q

from coordination.tasks.enums import TargetResult
from coordination.tasks.models import Target

_VALUE = F("value")
_RESULTS = {
    TargetResult.REACHED: Q(task__last_value__gte=_VALUE),
    TargetResult.EXCEEDED: Q(task__last_value__gt=_VALUE),
    TargetResult.MISSED: Q(task__last_value=None) | Q(task__last_value__lt=_VALUE),
}


def with_target(results: Iterable[str]) -> Q:
    """The tasks whose first target has come to one of some results; a target in words has none.

    Rule: R-DASH-4. Reached is the target's value or more, exceeded is more.
    """
    asked = Q(pk__in=())
    for result in results:
        asked |= _RESULTS[TargetResult(result)]
    return Q(pk__in=Target.objects.filter(asked, position=1, value__isnull=False).values("task_id"))
