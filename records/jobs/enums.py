from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Not made")

    @property
    def tone(self) -> str:
        return {"waiting": "wait", "running": "run", "done": "ok", "failed": "bad"}[self.value]

    @property
    def icon(self) -> str:
        icons = {
            "waiting": "hourglass-split",
            "running": "clock-history",
            "done": "check-circle-fill",
            "failed": "x-circle-fill",
        }
        return icons[self.value]


UNFINISHED = (JobState.WAITING, JobState.RUNNING)
# A job is tried this often; between two tries it rests.
MOST_TRIES = 3
WAITS = (timedelta(seconds=10), timedelta(minutes=1))
# Whoever does a job says this often that it is still alive; a job nobody has spoken for is done by another.
LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 10
# A job the queue was told of and nobody has taken is told of again after this long.
TOLD_AGAIN = timedelta(minutes=2)
# A job nobody takes up for this long waits for a process that does not run.
UNATTENDED_AFTER = timedelta(minutes=2)
KEPT = timedelta(days=7)
MOST_AT_ONCE = 20
