"""The queue in Redis, which several machines share: RQ carries the numbers of jobs between them. See ADR 33.

Imported only where the settings name it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.job import Job as RQJob
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from records import clock
from records.jobs.errors import QueueAway

_NAME = "cong-phoi-hop"
# A page waits no longer for a server that is away; whoever asked for a job has it in the database.
_SECONDS_TO_CONNECT, _SECONDS_TO_ANSWER = 2, 10
_NO_LIMIT = -1  # the job's own row says how long it may be held


class Backend(BaseTaskBackend):
    """Hands what Django's task interface is told on to RQ; of what comes of it the job's own row tells."""

    def enqueue(self, task: Task, args: list, kwargs: dict) -> TaskResult:
        """Raises: RedisError."""
        self.validate_task(task)
        told = _queue().enqueue(task.module_path, *args, job_timeout=_NO_LIMIT, result_ttl=0, failure_ttl=0)
        return _told(task, args, kwargs, self.alias, told.id)


class Number(RQJob):
    """What stands in Redis: the number of a job. Nothing else of it counts, neither what RQ would call nor whom it
    would tell: whoever can write there has no code run and nobody asked.
    """

    success_callback = failure_callback = stopped_callback = None

    def _execute(self) -> None:
        # What works on jobs names its task, and Django's task interface then asks for the backend that is here.
        from records.jobs.services.working import work_on

        [pk] = self.args
        work_on(int(pk))

    def send_webhooks(self, *_told, **_more) -> None:
        """Nobody outside is told."""


class Worker(SimpleWorker):
    """Takes what waits, job after job, then stops; `running` set to False lets it end with the job at hand."""

    @property
    def running(self) -> bool:
        return not self._stop_requested

    @running.setter
    def running(self, goes_on: bool) -> None:
        self._stop_requested = not goes_on

    def run(self) -> None:
        """Raises: QueueAway."""
        with _told_apart():
            self.work(burst=True, logging_level="WARNING")

    def heartbeat(self, *told, **more) -> None:
        """Why told apart: by itself it would wait for a server that is away, for as long as that takes."""
        with _told_apart():
            super().heartbeat(*told, **more)

    def _install_signal_handlers(self) -> None:
        """Signals are those of the command it works in."""


def worker() -> Worker:
    """Raises: QueueAway."""
    with _told_apart():
        queue = _queue()
        return Worker([queue], connection=queue.connection, job_class=Number, serializer=JSONSerializer)


def length() -> int:
    """How many numbers wait. Raises: QueueAway with the server's words."""
    with _told_apart():
        return _queue().count


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except RedisError as failure:
        raise QueueAway(f"{type(failure).__name__}: {failure}"[:300]) from failure


def _queue() -> Queue:
    """Why JSON: pickled words would be run while they are read."""
    connection = _connection(os.getpid(), settings.QUEUE)
    return Queue(_NAME, connection=connection, job_class=Number, serializer=JSONSerializer)


@lru_cache(maxsize=2)
def _connection(process: int, address: str) -> Redis:
    """One for each process: connections are not carried over into a child."""
    return Redis.from_url(
        address,
        socket_connect_timeout=_SECONDS_TO_CONNECT,
        socket_timeout=_SECONDS_TO_ANSWER,
        retry=Retry(NoBackoff(), 0),
    )


def _told(task: Task, args: list, kwargs: dict, alias: str, number: str) -> TaskResult:
    nothing_yet = dict.fromkeys(("started_at", "last_attempted_at", "finished_at"))
    return TaskResult(
        task=task,
        id=number,
        status=TaskResultStatus.READY,
        enqueued_at=clock.machine_now(),
        args=args,
        kwargs=kwargs,
        backend=alias,
        errors=[],
        worker_ids=[],
        **nothing_yet,
    )
