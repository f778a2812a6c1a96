"""A table of tasks someone sent: the file as it came, for which program, and when its rows became tasks."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import works_on_content
from agencies.models import Membership
from coordination.programs.models import Program, Section
from records.models import StoredFile


class TaskTableQuerySet(models.QuerySet):
    """Tables, as the pages of the import fetch them."""

    def visible_to(self, actor: Membership | None) -> "TaskTableQuerySet":
        """The tables the actor sent for programs they still see; nobody else sees what is not yet in the program."""
        if not works_on_content(actor):
            return self.none()
        return self.filter(by_id=actor.pk, program__in=Program.objects.visible_to(actor).values("pk"))


class TaskTable(models.Model):
    """One file with a table of tasks for one program; its rows are read anew each time, until they are tasks."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="task_tables")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True)
    tasks_added = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = TaskTableQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_in_at=None, tasks_added=None)
                | Q(taken_in_at__isnull=False, tasks_added__isnull=False),
                name="tasktable_taken_in_is_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.file}"
