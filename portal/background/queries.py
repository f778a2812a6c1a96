"""How the schedule, the jobs of everybody and the letters stand. Numbers and reasons, nothing of the record."""

from dataclasses import dataclass
from datetime import datetime

from portal import alive
from records import clock
from records.jobs.queries import Failures, Queue, failures, queue_now
from records.jobs.schedule.queries import Stand, stands
from records.mail.queries import Carriage, NotSent, carriage_now, given_up

MOST_FAILURES = MOST_LETTERS = 30


@dataclass(frozen=True)
class Background:
    """All that the page shows. Moments are the machine's."""

    stands: list[Stand]
    queue: Queue
    failures: list[Failures]
    carriage: Carriage
    letters: list[NotSent]
    worker_is_alive: bool
    worker_seen_at: datetime | None
    looked_at: datetime

    @property
    def oldest_minutes(self) -> int:
        """How long the oldest job has waited past its turn."""
        since = self.queue.oldest_due_at
        return max(0, int((self.looked_at - since).total_seconds() // 60)) if since else 0


def background() -> Background:
    """Everything at this moment, in a fixed number of queries.

    Rule: R-JOB-10, R-MAIL-4.
    Why a held job shows a living worker: busy with one, it gives no sign; and it may work on another machine.
    """
    queue = queue_now()
    return Background(
        stands=stands(),
        queue=queue,
        failures=failures(MOST_FAILURES),
        carriage=carriage_now(),
        letters=given_up(MOST_LETTERS),
        worker_is_alive=bool(queue.held) or alive.is_alive("work"),
        worker_seen_at=alive.last_sign("work"),
        looked_at=clock.machine_now(),
    )
