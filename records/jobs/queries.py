"""Named reads about jobs."""

from datetime import datetime

from django.db.models import Q, QuerySet

from records import clock
from records.audit.services import Actor
from records.jobs.enums import TOLD_AGAIN, UNFINISHED, JobState
from records.jobs.models import Job


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
