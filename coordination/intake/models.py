"""Tables of tasks someone sent: the file as it came, what became of its rows, and how an office's own tables are laid
out."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import works_on_content
from agencies.models import Agency, Membership
from coordination.programs.models import Program, Section
from coordination.tasks.models import ProgressReport, Task
from records.models import StoredFile


class TaskTableQuerySet(models.QuerySet):
    """Tables, as the pages of the import fetch them."""

    def visible_to(self, actor: Membership | None) -> "TaskTableQuerySet":
        """The tables the actor sent, each of a program only while they see it; nobody else sees what is not yet in the
        programs."""
        if not works_on_content(actor):
            return self.none()
        seen = Program.objects.visible_to(actor).values("pk")
        return self.filter(Q(program=None) | Q(program__in=seen), by_id=actor.pk)


class TaskTable(models.Model):
    """One file with a table of tasks, for one program or, where each row names its own, for an agency; its rows are
    read anew each time, until they are written into the programs."""

    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="task_tables")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    taken_in_at = models.DateTimeField(null=True, blank=True)
    tasks_added = models.PositiveSmallIntegerField(null=True, blank=True)
    tasks_changed = models.PositiveSmallIntegerField(default=0)
    tasks_reported = models.PositiveSmallIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = TaskTableQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_in_at=None, tasks_added=None)
                | Q(taken_in_at__isnull=False, tasks_added__isnull=False),
                name="tasktable_taken_in_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(taken_in_at__isnull=False), name="tasktable_undone_after_taken_in"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} · {self.file}" if self.program_id else str(self.file)


class TakenRowQuerySet(models.QuerySet):
    """Rows that were written, as undoing them asks for them."""

    def visible_to(self, actor: Membership | None) -> "TakenRowQuerySet":
        """Whoever sent a table sees what became of its rows."""
        return self.filter(table__in=TaskTable.objects.visible_to(actor).values("pk"))


class TakenRow(models.Model):
    """What one row of a table became: a task that was added, or one whose plan it changed, or whose progress it
    reported, or both. Never changed afterwards.

    Shape: `before` holds the values it replaced, by the names of the plan, and is empty where it replaced none;
    `revision` is that of the task once it was written.
    """

    table = models.ForeignKey(TaskTable, on_delete=models.PROTECT, related_name="taken")
    number = models.PositiveIntegerField()
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict, blank=True)
    report = models.ForeignKey(ProgressReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()

    objects = TakenRowQuerySet.as_manager()

    class Meta:
        ordering = ["table", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "task"], name="takenrow_task_once_in_table")]

    def __str__(self) -> str:
        return f"{self.table} · {self.number} · {self.task}"

    @property
    def is_addition(self) -> bool:
        return not self.before and self.report_id is None


class TableLayoutQuerySet(models.QuerySet):
    """Layouts, as the reader of tables looks for them."""

    def visible_to(self, actor: Membership | None) -> "TableLayoutQuerySet":
        """The layouts members of the actor's own agency have told."""
        return self.filter(agency_id=actor.agency_id) if works_on_content(actor) else self.none()


class TableLayout(models.Model):
    """What the columns of an office's own table hold, told once by one of its members.

    Shape: `signature` is the digest of the row that names the columns; `columns` has the name of a column for each
    place, counted from 0, that holds one.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    signature = models.CharField(max_length=64)
    columns = models.JSONField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TableLayoutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "signature"], name="tablelayout_once_in_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.agency} · {self.signature[:8]}"
