"""What was reported on a task, by its lead agencies and by those who work along, and the files that prove it."""

from django.db import models
from django.db.models import Q

from agencies.access.scopes import Viewer, seen_through
from agencies.models import Membership
from coordination.tasks.enums import EvidenceKind
from coordination.tasks.models.roles import TaskRole
from coordination.tasks.models.targets import Target
from coordination.tasks.models.tasks import Task
from records import clock
from records.fields import Line, Prose
from records.models import StoredFile


class Report(models.Model):
    """What every report has: the day it tells of, the moment the portal took it in, who entered it, what they say.

    Rule: R-PROGRESS-1. The moment is the portal's own and is never given by anyone.
    """

    reported_on = models.DateField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    result = Prose(blank=True)
    obstacles = Prose(blank=True)
    causes = Prose(blank=True)
    proposal = Prose(blank=True)
    expected_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-entered_at", "-pk"]

    @property
    def days_late(self) -> int:
        """How many days after the day it tells of the report was entered; 0 for one entered that day."""
        return (clock.local_day(self.entered_at) - self.reported_on).days


class ProgressReport(Report):
    """What the lead agency reported at one moment; never changed afterwards, the entry time is the portal's."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    value_before = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    percent = models.PositiveSmallIntegerField()
    claims_completion = models.BooleanField(default=False)

    objects = seen_through("task").as_manager()

    class Meta(Report.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progressreport_percent_at_most_100"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="progressreport_value_not_negative"),
        ]
        indexes = [models.Index(fields=["-entered_at", "-id"], name="progressreport_newest")]

    def __str__(self) -> str:
        return f"{self.task} {self.reported_on}"


class ActualFigure(models.Model):
    """What a report says was reached of a further target; that of the first target stands in the report itself."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="figures")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="figures")
    value_before = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=17, decimal_places=2)

    objects = seen_through("report").as_manager()

    class Meta:
        ordering = ["target__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "target"], name="actualfigure_target_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="actualfigure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.value}"


class PartReport(Report):
    """What one agency reported of its own part in a task, as coordinator or as member of a group.

    Rule: R-PROGRESS-4. It tells the lead agency; the task's own figures move only with the lead's report.
    """

    role = models.ForeignKey(TaskRole, on_delete=models.PROTECT, related_name="part_reports")
    value = models.DecimalField(max_digits=17, decimal_places=2, null=True, blank=True)
    is_done = models.BooleanField(default=False)

    objects = seen_through("role").as_manager()

    class Meta(Report.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="partreport_value_not_negative"),
            models.CheckConstraint(condition=~Q(value=None, result="", obstacles=""), name="partreport_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.reported_on}"

    @property
    def task(self) -> Task:
        return self.role.task


class EvidenceQuerySet(models.QuerySet):
    """Files of evidence, seen by whoever sees the task they prove."""

    def visible_to(self, actor: Viewer | None) -> "EvidenceQuerySet":
        """Whoever sees a task sees what proves it, the report of the whole and of every part alike. Rule: R-SEE-2."""
        seen = Task.objects.visible_to(actor).values("pk")
        return self.filter(Q(report__task__in=seen) | Q(part__role__task__in=seen))

    def of_task(self, task: Task) -> "EvidenceQuerySet":
        """All that proves a task: what its lead agencies sent and what the others sent of their parts."""
        return self.filter(Q(report__task=task) | Q(part__role__task=task))


class Evidence(models.Model):
    """A file that proves what a report says; a file is never exchanged for another."""

    report = models.ForeignKey(ProgressReport, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    part = models.ForeignKey(PartReport, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.DOCUMENT)
    caption = Line(max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "file"], name="evidence_file_once"),
            models.UniqueConstraint(fields=["part", "file"], name="evidence_file_once_in_part"),
            models.CheckConstraint(
                condition=Q(report__isnull=False, part=None) | Q(report=None, part__isnull=False),
                name="evidence_proves_one_report",
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def task(self) -> Task:
        """The task it proves."""
        return self.report.task if self.report_id else self.part.role.task
