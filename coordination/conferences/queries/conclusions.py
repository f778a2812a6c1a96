"""Conclusions with whom they are given to and the tasks they became."""

from dataclasses import dataclass

from django.db.models import Prefetch

from agencies.models import Agency, Membership
from coordination.conferences.models import Conclusion, Conference
from coordination.tasks.models import Task


@dataclass(frozen=True)
class ConclusionRow:
    """A conclusion, its agencies in protocol order, the linked tasks the reader sees, whether there are any at all."""

    conclusion: Conclusion
    agencies: list[Agency]
    tasks: list[Task]
    became_tasks: bool


def conclusion_rows(actor: Membership, conference: Conference) -> list[ConclusionRow]:
    """The conclusions of a conference in order. Four queries whatever their number."""
    visible = set(
        Task.objects.visible_to(actor).filter(conclusions__conference=conference).values_list("pk", flat=True)
    )
    conclusions = conference.conclusions.prefetch_related(
        Prefetch("agencies", queryset=Agency.objects.in_protocol_order()),
        Prefetch("tasks", queryset=Task.objects.order_by("code")),
    )
    return [_row(conclusion, visible) for conclusion in conclusions]


def _row(conclusion: Conclusion, visible: set[int]) -> ConclusionRow:
    tasks = list(conclusion.tasks.all())
    return ConclusionRow(
        conclusion,
        list(conclusion.agencies.all()),
        [task for task in tasks if task.pk in visible],
        bool(tasks),
    )
