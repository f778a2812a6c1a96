"""A row for each scheduled job: when it is due, who does it, how it went. It keeps the job from being done twice."""

from django.db import models
from django.db.models import Q

from records.fields import Line
from records.jobs.schedule.enums import Outcome


class ScheduledJobQuerySet(models.QuerySet):
    """Scheduled jobs, as `queries` asks for them."""

    def visible_to(self, actor: object | None) -> "ScheduledJobQuerySet":
        """No row is anybody's own: who looks after the server sees how they stand, by `queries.stands`."""
        return self.none()


class ScheduledJob(models.Model):
    """How one scheduled job stands. Moments are the machine's; `holder` does it until `lease_until`.

    `attempts` counts tries since it last went well or its rests were used up; `told` is what it did or why it failed.
    """

    name = models.CharField(max_length=40, unique=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    told = Line(max_length=500, blank=True)

    objects = ScheduledJobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="scheduledjob_outcome_known"),
            models.CheckConstraint(
                condition=Q(lease_until=None, holder="") | Q(lease_until__isnull=False) & ~Q(holder=""),
                name="scheduledjob_held_while_it_runs",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.FAILED) | ~Q(told=""), name="scheduledjob_says_why_it_failed"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> Outcome | None:
        return Outcome(self.outcome) if self.outcome else None

    @property
    def is_held(self) -> bool:
        return self.lease_until is not None

    @property
    def is_failed(self) -> bool:
        return self.outcome == Outcome.FAILED
