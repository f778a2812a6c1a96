"""How far programs slipped since they were signed: deadlines moved, tasks added and cancelled."""

from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum

from coordination.programs.enums import SIGNED_STATES
from coordination.tasks.enums import TaskState
from coordination.tasks.models import DueDateChange, Task, TaskStateChange
from records import clock

_CODE, _TITLE = F("task__program__code"), F("task__program__short_title")
_MOVED = ExpressionWrapper(F("new_due_on") - F("old_due_on"), output_field=DurationField())
_ADDED = Q(from_state="")
_CANCELLED = Q(to_state=TaskState.CANCELLED, task__state=TaskState.CANCELLED)


def deadlines_moved(tasks: QuerySet[Task], *, as_of: date) -> QuerySet:
    """For each of some tasks whose deadline moved since its program was signed: by how much, first day to last.

    Rule: R-DASH-6. Moves follow one another, so that together they lead from the day signed to the day it has now.
    Shape: rows of program, title, task, moved.
    """
    changes = _since_signing(DueDateChange.objects, tasks, as_of)
    return changes.values("task_id", program=_CODE, title=_TITLE).annotate(moved=Sum(_MOVED))


def tasks_added(tasks: QuerySet[Task], *, as_of: date) -> QuerySet:
    """Those of some tasks that were written into a signed program. Rule: R-DASH-6.

    Shape: rows of program, title, count.
    """
    return _counted(_since_signing(TaskStateChange.objects.filter(_ADDED), tasks, as_of))


def tasks_cancelled(tasks: QuerySet[Task], *, as_of: date) -> QuerySet:
    """Those of some tasks that were cancelled since signing, and not taken up again.

    Shape: rows of program, title, count.
    """
    return _counted(_since_signing(TaskStateChange.objects.filter(_CANCELLED), tasks, as_of))


def _since_signing(changes: QuerySet, tasks: QuerySet[Task], as_of: date) -> QuerySet:
    """Changes of the tasks after the version all have signed was locked, up to the end of a day."""
    return changes.filter(
        task__in=tasks.order_by().values("pk"),
        task__program__state__in=SIGNED_STATES,
        task__program__versions__for_signing=True,
        task__program__versions__voided_at=None,
        at__gt=F("task__program__versions__locked_at"),
        at__lt=clock.at(as_of + timedelta(days=1)),
    ).order_by()


def _counted(changes: QuerySet) -> QuerySet:
    return changes.values(program=_CODE, title=_TITLE).annotate(count=Count("task_id", distinct=True))
