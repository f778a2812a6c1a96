"""Handovers: which part in a task or program passed from which agency to which, by which act of reorganisation."""

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Membership, Office, Reorganisation
from coordination.handover.enums import HandoverPart
from coordination.programs.models import Program
from coordination.tasks.models import Task
from records.fields import Line


class HandoverQuerySet(models.QuerySet):
    """Handovers, as the pages of tasks and programs and papers of earlier days ask for them."""

    def visible_to(self, actor: Membership | None) -> "HandoverQuerySet":
        """Whoever sees the task or the program sees what passed in it."""
        tasks, programs = Task.objects.visible_to(actor).values("pk"), Program.objects.visible_to(actor).values("pk")
        return self.filter(Q(task__in=tasks) | Q(program__in=programs))

    def after(self, day) -> "HandoverQuerySet":
        """What passed after a day, the latest first: undone in this order, everything is as it was on the day."""
        return self.filter(on__gt=day).order_by("-on", "-pk")


class Handover(models.Model):
    """One part in one task or program that passed from an agency to the one that goes on with its work.

    Rule: R-SUCC-5. With `merged` the successor had a part already and the weaker of the two was dropped; `body` and
    `office` say through whom the agency had its part until then.
    """

    act = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="handovers")
    part = models.CharField(max_length=15, choices=HandoverPart.choices)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers")
    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.PROTECT, related_name="handovers")
    position = models.PositiveSmallIntegerField(default=1)
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="handed_over")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="taken_over")
    merged = models.BooleanField(default=False)
    body = Line(max_length=150, blank=True)
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=HandoverPart.values), name="handover_part_known"),
            models.CheckConstraint(
                condition=Q(task=None, program__isnull=False) | Q(task__isnull=False, program=None),
                name="handover_of_task_or_program",
            ),
        ]
        indexes = [models.Index(fields=["task", "part", "on"], name="handover_of_task")]

    def __str__(self) -> str:
        return f"{self.task or self.program} · {self.part}: {self.from_agency} → {self.to_agency}"
