"""What happened to a task's deadline and state; never lost."""

from django.db import models
from django.db.models import F, Q

from agencies.access.scopes import seen_through
from agencies.models import Membership
from coordination.tasks.enums import TaskState
from coordination.tasks.models.tasks import Task
from records.fields import Line, Prose

# Passing into or out of a stop: suspended, resumed, cancelled.
_STOPS = Q(to_state__in=(TaskState.SUSPENDED, TaskState.CANCELLED)) | Q(from_state=TaskState.SUSPENDED)
# What somebody decided about a task: its result, or a stop.
DECISIONS = Q(from_state=TaskState.AWAITING) | _STOPS


class DueDateChange(models.Model):
    """A deadline moved: from when to when, why, by whose decision. The first deadline is never lost."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="due_date_changes")
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    reason = Prose()
    decision = Line(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="duedatechange_with_reason"),
            models.CheckConstraint(
                condition=Q(old_due_on=None) | Q(new_due_on=None) | ~Q(old_due_on=F("new_due_on")),
                name="duedatechange_moves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.old_due_on} → {self.new_due_on}"


class TaskStateChange(models.Model):
    """A task passing from one state to the next: who, when and why; for a stop, also the paper that decides it.

    Rule: R-STOP-2.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="state_changes")
    from_state = models.CharField(max_length=15, blank=True)
    to_state = models.CharField(max_length=15, choices=TaskState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = Prose(blank=True)
    decision = Line(max_length=200, blank=True)

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="taskstatechange_moves"),
            models.CheckConstraint(condition=~_STOPS | ~Q(reason=""), name="taskstatechange_stop_has_reason"),
            models.CheckConstraint(condition=_STOPS | Q(decision=""), name="taskstatechange_decides_a_stop"),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], condition=DECISIONS, name="taskstatechange_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.from_state} → {self.to_state}"
