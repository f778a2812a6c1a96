"""Named reads about jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Count, F, Max, Min, Q, QuerySet, Value, When

from records import clock
from records.audit.services import Actor
from records.jobs.enums import TOLD_AGAIN, UNATTENDED_AFTER, UNFINISHED, JobState
from records.jobs.kinds import kind_of
from records.jobs.models import Job


@dataclass(frozen=True)
class Queue:
    """How the jobs of everybody stand: how many, since when the oldest should have begun, how many somebody holds."""

    waiting: int
    running: int
    held: int
    failed_today: int
    oldest_due_at: datetime | None


def queue_now() -> Queue:
    """The queue at this moment; what failed within the last day."""
    now = clock.machine_now()
    due, held = Q(state=JobState.WAITING, due_at__lte=now), Q(state=JobState.RUNNING, lease_until__gte=now)
    failed = Q(state=JobState.FAILED, ended_at__gte=now - timedelta(days=1))
    return Queue(
        **Job.objects.aggregate(
            waiting=Count("pk", filter=Q(state=JobState.WAITING)),
            running=Count("pk", filter=Q(state=JobState.RUNNING)),
            held=Count("pk", filter=held),
            failed_today=Count("pk", filter=failed),
            oldest_due_at=Min("due_at", filter=due),
        )
    )


@dataclass(frozen=True)
class Failures:
    """Jobs of everybody that failed alike, without what they were about. The moment is the machine's."""

    name: str
    reason: str
    is_refused: bool
    count: int
    last_at: datetime

    @property
    def label(self) -> str:
        """What the kind of job is called; its name where another version of the portal asked for it."""
        kind = kind_of(self.name)
        return str(kind.label) if kind and kind.label else self.name


def failures(most: int) -> list[Failures]:
    """Failed jobs of everybody by kind and reason, the latest first; at most so many kinds of failure.

    Rule: R-JOB-10. No title, and no reason that a rule gave: both may tell what is in the record.
    """
    shown = Case(When(is_refused=True, then=Value("")), default=F("reason"), output_field=CharField())
    failed = Job.objects.filter(state=JobState.FAILED).order_by().annotate(shown=shown)
    grouped = failed.values("name", "shown", "is_refused").annotate(count=Count("pk"), last_at=Max("ended_at"))
    return [
        Failures(row["name"], row["shown"], row["is_refused"], row["count"], row["last_at"])
        for row in grouped.order_by("-last_at", "name")[:most]
    ]


def failed_of(actor: Actor, most: int) -> list[Job]:
    """What somebody asked for and could not be made, the latest first; at most so many."""
    return list(Job.objects.visible_to(actor).filter(state=JobState.FAILED).order_by("-ended_at", "-pk")[:most])


def due_jobs() -> QuerySet[Job]:
    """Jobs whose turn has come, the one that has waited longest first."""
    return Job.objects.filter(state=JobState.WAITING, due_at__lte=clock.machine_now()).order_by("due_at", "pk")


def untold_jobs() -> QuerySet[Job]:
    """Jobs whose turn has come and of which the queue knows nothing, or has made nothing for long."""
    long_ago = clock.machine_now() - TOLD_AGAIN
    return due_jobs().filter(Q(told_at=None) | Q(told_at__lt=long_ago))


def lapsed_jobs() -> QuerySet[Job]:
    """Jobs that nobody does any more, though someone began: their lease has run out."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=clock.machine_now())


def ended_before(moment: datetime) -> QuerySet[Job]:
    """Jobs that came to their end before a moment."""
    return Job.objects.filter(ended_at__lt=moment)


def unfinished_of(actor: Actor) -> int:
    """How many jobs of one person are not at their end."""
    return Job.objects.visible_to(actor).filter(state__in=UNFINISHED).count()


def unattended_since(job: Job) -> datetime | None:
    """Since when one that waits waits for a process that does not run: long due, and nobody does any other.

    Rule: R-JOB-13. The moment is the machine's; nothing where it waits for its turn alone.
    """
    now = clock.machine_now()
    if job.state != JobState.WAITING or job.due_at > now - UNATTENDED_AFTER:
        return None
    is_busy = Job.objects.filter(state=JobState.RUNNING, lease_until__gte=now).exists()
    return None if is_busy else job.due_at


def ahead_of(job: Job) -> int:
    """How many jobs, of whomever, come before one that waits."""
    before = Q(state=JobState.RUNNING) | Q(state=JobState.WAITING, due_at__lt=job.due_at)
    return Job.objects.filter(before).exclude(pk=job.pk).count() if job.state == JobState.WAITING else 0
