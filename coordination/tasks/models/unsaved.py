"""What lies beside the tasks while one is written: forms that were filled in and not saved."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.programs.models import Program
from coordination.tasks.models.tasks import Task
from records import clock

MARK_LENGTH = 40


class UnsavedTaskQuerySet(models.QuerySet):
    """Rows that are their writer's alone."""

    def visible_to(self, actor: Membership | None) -> Self:
        """What the actor typed in this role and has not saved, in programs and tasks still seen; nobody else's."""
        if not works_on_content(actor):
            return self.none()
        seen = Q(task=None) | Q(task__in=Task.objects.visible_to(actor).values("pk"))
        return self.filter(seen, member=actor, program__in=Program.objects.visible_to(actor).values("pk"))


class UnsavedTask(models.Model):
    """What someone has typed into a task form and not saved yet; without a task, it is a new one.

    `mark` is the token of that showing of the form. Why it: two windows are two texts, and neither may overwrite the
    other's. `typed` maps the form's fields to lists of what was typed. Moments are the machine's, as of all that runs
    out.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="unsaved_tasks")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="unsaved_tasks")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="unsaved")
    mark = models.CharField(max_length=MARK_LENGTH)
    typed = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = UnsavedTaskQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "mark"], name="unsavedtask_one_a_form"),
            models.CheckConstraint(condition=~Q(mark=""), name="unsavedtask_has_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.title}"

    @property
    def title(self) -> str:
        """The task's name as far as it was typed."""
        return " ".join(self.typed.get("title", []))

    @property
    def at(self) -> datetime:
        """When it was kept, on the portal's clock."""
        return clock.told(self.saved_at)
