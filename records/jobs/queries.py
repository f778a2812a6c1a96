"""Named reads about jobs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from records import clock
from records.audit.services import Actor
from records.jobs.enums import TOLD_AGAIN, UNFINISHED, JobState
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


def ahead_of(job: Job) -> int:
    """How many jobs, of whomever, come before one that waits."""
    before = Q(state=JobState.RUNNING) | Q(state=JobState.WAITING, due_at__lt=job.due_at)
    return Job.objects.filter(before).exclude(pk=job.pk).count() if job.state == JobState.WAITING else 0
