"""Counts the database keeps itself, of tasks that no day alone judges otherwise."""

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from coordination.programs.models import Program
from coordination.tasks.enums import Bucket


class SettledCountQuerySet(models.QuerySet):
    """Settled counts, as figures of many years ask for them."""

    def visible_to(self, actor: Membership | None) -> "SettledCountQuerySet":
        """Counts of the programs the actor makes, all of whose tasks they see; of others single tasks are counted.

        Rule: R-FIG-4.
        """
        return self.filter(program_id__in=Program.objects.made_by(actor).values("pk"))


class ProgramMarkQuerySet(models.QuerySet):
    """Marks of programs, as kept counts ask for them."""

    def visible_to(self, actor: Membership | None) -> "ProgramMarkQuerySet":
        """Marks of the programs the actor makes: only whole programs are kept. Rule: R-FIG-4."""
        return self.filter(program_id__in=Program.objects.made_by(actor).values("pk"))


class SettledCount(models.Model):
    """So many settled tasks more or less of a program, in a bucket, with their first and last year.

    Rule: R-FIG-19. A task is settled when time alone can't change its bucket: it was reported, confirmed or closed, or
    has no deadline. Triggers add a row with whatever settles, unsettles or deletes a task, in the same transaction;
    what counts is the sum. Why rows are only added: two writers never wait for each other, nor undo each other's count.
    """

    # No constraint: the last tasks of a program that is deleted leave their rows after it.
    program = models.ForeignKey(Program, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    bucket = models.CharField(max_length=15, choices=Bucket.choices)
    starts = models.SmallIntegerField(null=True)
    ends = models.SmallIntegerField(null=True)
    count = models.IntegerField()

    objects = SettledCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(bucket__in=Bucket.values), name="settledcount_bucket_known"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.bucket} {self.starts}–{self.ends}: {self.count}"


class ProgramMark(models.Model):
    """One of the marks of a program; their sum changes with every change of what its tasks are counted by.

    Rule: R-FIG-23. Triggers put a new mark in the place of the last; two at once leave two, which the next one joins.
    """

    # No constraint: the last tasks of a program that is deleted leave their mark after it.
    program = models.ForeignKey(Program, on_delete=models.DO_NOTHING, db_constraint=False, related_name="marks")
    mark = models.BigIntegerField()

    objects = ProgramMarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.program_id}: {self.mark}"
