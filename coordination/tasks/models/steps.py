"""Steps of a task: parts of the work with deadlines of their own, its waves, the turns of work that recurs."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.access.scopes import seen_through
from agencies.models import Agency, Membership
from coordination.tasks.enums import StepKind, StepStanding
from coordination.tasks.models.tasks import Task
from records.fields import Line, Prose


class TaskStep(models.Model):
    """One step with its deadline, and once it is done, the day it was, what came of it and who said so when.

    Rule: R-STEP-1. Whether it is late is judged by that day, never stored.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=6, choices=StepKind.choices)
    position = models.PositiveSmallIntegerField()
    title = Line(_("part of the work"), max_length=200, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="task_steps")
    start_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = Prose(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = seen_through("task").as_manager()

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "kind", "position"], name="taskstep_one_place"),
            models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="taskstep_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.ITEM) | ~Q(title=""),
                name="taskstep_part_is_named",
                violation_error_message=_("Name the part of the work"),
            ),
            models.CheckConstraint(
                condition=Q(start_on=None) | Q(due_on__gte=F("start_on")), name="taskstep_due_after_start"
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, reported_at=None, by=None)
                | Q(done_on__isnull=False, reported_at__isnull=False, by__isnull=False),
                name="taskstep_done_is_told",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on=None), name="taskstep_open_due")]

    def __str__(self) -> str:
        return self.title or str(self.position)

    @property
    def name(self) -> str:
        """How the step is called on pages: its title, or its place among the waves."""
        return self.title or f"{self.get_kind_display()} {self.position}"

    def standing_on(self, day: date) -> StepStanding:
        """Whether the step is done, late, running or still to come on a day."""
        if self.done_on is not None:
            return StepStanding.DONE_LATE if self.done_on > self.due_on else StepStanding.DONE
        if day > self.due_on:
            return StepStanding.OVERDUE
        return StepStanding.TO_COME if self.start_on is not None and day < self.start_on else StepStanding.RUNNING
