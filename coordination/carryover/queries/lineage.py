"""What a task continues, carries out or remedies, and the tasks that continue it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from agencies.models import Membership
from coordination.conferences.models import Conclusion, ConclusionTask
from coordination.findings.models import Finding
from coordination.tasks.models import Task
from records.prepared import Prepared


@dataclass(frozen=True)
class Lineage:
    """The ties of one task, as far as the reader sees them; most tasks have none."""

    earlier: Task | None = None
    later: Sequence[Task] = ()
    conclusions: Sequence[Conclusion] = ()
    limitations: Sequence[Finding] = ()


def lineage_of(actor: Membership, task: Task) -> Lineage:
    """The ties of a task the actor sees.

    Why one look first, without asking for rights: whether there is any tie at all costs one light query; only for
    what there is, the reader's rights are asked, which is the dear part.
    """
    later, conclusions, limitations = next(iter(_TIES.rows(task=task.pk)), (False, False, False))
    if not (later or conclusions or limitations or task.continues_id):
        return Lineage()
    seen = Task.objects.visible_to(actor).select_related("program")
    return Lineage(
        seen.filter(pk=task.continues_id).first() if task.continues_id else None,
        list(seen.filter(continues=task).order_by("program__year", "ordinal")) if later else (),
        list(Conclusion.objects.visible_to(actor).filter(tasks=task).select_related("conference"))
        if conclusions
        else (),
        list(Finding.objects.visible_to(actor).filter(remedied_by=task).select_related("round")) if limitations else (),
    )


def _ties(task: int) -> QuerySet:
    here = OuterRef("pk")
    tied = (
        Exists(Task.objects.filter(continues=here)),
        Exists(ConclusionTask.objects.filter(task=here)),
        Exists(Finding.objects.filter(remedied_by=here)),
    )
    return Task.objects.filter(pk=task).values_list(*tied)


_TIES = Prepared(_ties)
