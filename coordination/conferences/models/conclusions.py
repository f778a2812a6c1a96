"""What a conference concluded, and the tasks its conclusions became."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from agencies.access.scopes import seen_through
from agencies.models import Agency, Membership
from coordination.conferences.models.conference import Conference
from coordination.tasks.enums import TaskState
from coordination.tasks.models import Task
from records.fields import Prose


class ConclusionQuerySet(models.QuerySet):
    """Conclusions, as the pages of a conference, the carry-over and what follows the leaders list them."""

    def untasked(self) -> "ConclusionQuerySet":
        """Conclusions no living task carries out and that nobody settled without one. Rule: R-CONCLUDE-3."""
        carried_out = ConclusionTask.objects.filter(conclusion=OuterRef("pk")).exclude(task__state=TaskState.CANCELLED)
        return self.filter(~Exists(carried_out), settled_at=None)


class Conclusion(models.Model):
    """One conclusion: what is asked of whom, and the tasks it became; one that asks for none is settled with a reason.

    Rule: R-CONCLUDE-3.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="conclusions")
    position = models.PositiveSmallIntegerField()
    text = Prose()
    agencies = models.ManyToManyField(Agency, blank=True, related_name="conclusions")
    due_on = models.DateField(null=True, blank=True)
    tasks = models.ManyToManyField(Task, blank=True, related_name="conclusions", through="ConclusionTask")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_reason = Prose(blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = seen_through("conference", base=ConclusionQuerySet).as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="conclusion_one_place"),
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_says_something"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_reason="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_reason=""),
                name="conclusion_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ConclusionTask(models.Model):
    """A task that carries out a conclusion, and who linked the two."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="conclusion_links")
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("conclusion", "task").as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conclusion", "task"], name="conclusiontask_once")]

    def __str__(self) -> str:
        return f"{self.conclusion_id} → {self.task}"
