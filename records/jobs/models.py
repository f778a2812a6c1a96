"""Jobs: what was asked for, how far it is, what came of it. The queue only carries their numbers."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from records.audit.services import Actor
from records.fields import Line
from records.files.stores import kept_results
from records.jobs.enums import JobState


class JobQuerySet(models.QuerySet):
    """Jobs, as pages ask for them."""

    def visible_to(self, actor: Actor | None) -> "JobQuerySet":
        """A job is seen by the one who asked for it, in the role it was asked in, and by nobody else.

        Rule: R-JOB-1.
        """
        return self.none() if actor is None else self.filter(asked_by=actor.pk)


class Job(models.Model):
    """One piece of work. `key` says what it makes: asked for again by the same person, it is the same row.

    Moments are the machine's, which all processes share. `holder` names the one that does the job, until `lease_until`.
    """

    name = models.CharField(max_length=40)
    title = Line(max_length=400)
    key = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    asked_by = models.BigIntegerField()
    unit_id = models.BigIntegerField(null=True)
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    # Pages of the portal: where the job was asked for, and where what it made is found.
    asked_from = models.CharField(max_length=500, blank=True)
    leads_to = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = Line(max_length=500, blank=True)
    # A rule refused it, so its reason may tell of the record; otherwise the portal's own words tell why it failed.
    is_refused = models.BooleanField(default=False, db_default=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    holder = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    result_name = Line(max_length=150, blank=True)
    result_type = models.CharField(max_length=100, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    result_bytes = models.PositiveBigIntegerField(default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "key"], name="job_once_for_a_person"),
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False) & ~Q(holder="")
                | ~Q(state=JobState.RUNNING) & Q(lease_until=None, holder=""),
                name="job_held_while_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(JobState.DONE, JobState.FAILED), ended_at__isnull=False)
                | Q(state__in=(JobState.WAITING, JobState.RUNNING), ended_at=None),
                name="job_ended_at_its_end",
            ),
            models.CheckConstraint(condition=~Q(state=JobState.FAILED) | ~Q(reason=""), name="job_says_why_it_failed"),
            models.CheckConstraint(condition=Q(done__lte=F("total")) | Q(total=0), name="job_done_within_total"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> JobState:
        return JobState(self.state)

    @property
    def is_done(self) -> bool:
        return self.state == JobState.DONE

    @property
    def is_failed(self) -> bool:
        return self.state == JobState.FAILED

    @property
    def is_running(self) -> bool:
        return self.state == JobState.RUNNING

    @property
    def is_unfinished(self) -> bool:
        return not (self.is_done or self.is_failed)

    @property
    def has_file(self) -> bool:
        return bool(self.result_sha256)

    @property
    def steps(self) -> str:
        """How much of how much: 12/40."""
        return f"{self.done}/{self.total}"

    @property
    def is_gone(self) -> bool:
        """Whether the file that came of it is no longer there."""
        return self.has_file and kept_results().has_lost(self.result_sha256)

    def time_left(self, now: datetime) -> timedelta | None:
        """How long the rest takes if it goes on as it went so far; unknown until something is done."""
        if not self.is_running or not self.done or not self.total:
            return None
        return (now - self.started_at) / self.done * (self.total - self.done)
