"""The queue: Django's task interface, whose backend the settings name. It carries the numbers of jobs and nothing else.

Why a row of our own beside it: a process that is killed leaves the queue's own row under way for ever, and a queue kept
elsewhere may lose what it was told. The job's row has the lease; the queue may forget, repeat or come late.
"""

import logging
import uuid
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from records.jobs.errors import QueueAway

if TYPE_CHECKING:
    from records.jobs import redis_queue

log = logging.getLogger(__name__)

IN_REDIS = "records.jobs.redis_queue.Backend"


def put(run: Task, pk: int) -> None:
    """Tell the queue of a job: in the transaction that wrote it where the queue is a table beside it, else after it."""
    if is_table() or isinstance(task_backends[run.backend], ImmediateBackend):
        run.enqueue(pk)
    else:
        transaction.on_commit(lambda: _tell(run, pk))


def _tell(run: Task, pk: int) -> None:
    """Whatever keeps a queue elsewhere from taking it: whoever asked has the job, which is told again or found."""
    try:
        run.enqueue(pk)
    except Exception as failure:
        log.warning("The queue took no note of job %s: %s", pk, failure)


def is_table() -> bool:
    """Whether the queue is a table of the portal's own database, which `manage.py work` empties."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def is_redis() -> bool:
    """Whether the queue is in Redis, which `manage.py work` empties as well, on as many machines as there are."""
    return settings.TASKS[DEFAULT_TASK_BACKEND_ALIAS]["BACKEND"] == IN_REDIS


def has_something() -> bool:
    """Whether a worker would find something; a cheap look that takes no lock. Raises: QueueAway."""
    if is_redis():
        return _redis().length() > 0
    return is_table() and DBTaskResult.objects.ready().exists()


def fault() -> str:
    """Why the queue takes nothing at the moment, in the words of its server; empty where it does."""
    if not is_redis():
        return ""
    try:
        _redis().length()
    except QueueAway as away:
        return str(away)
    return ""


def carried_before(moment: datetime) -> QuerySet[DBTaskResult]:
    """What the queue's table still holds of long ago, whatever became of it; nothing where the queue is elsewhere."""
    return DBTaskResult.objects.filter(enqueued_at__lt=moment) if is_table() else DBTaskResult.objects.none()


def worker() -> "Worker | redis_queue.Worker":
    """One that empties the queue and then stops."""
    return _redis().worker() if is_redis() else _worker_of_the_table()


def _worker_of_the_table() -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
    )


def _redis() -> ModuleType:
    from records.jobs import redis_queue

    return redis_queue
