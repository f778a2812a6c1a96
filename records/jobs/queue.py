"""The queue: Django's task interface, whose backend the settings name. It carries the numbers of jobs and nothing else.

Why a row of our own beside it: a process that is killed leaves the queue's own row under way for ever, and a queue kept
elsewhere may lose what it was told. The job's row has the lease; the queue may forget, repeat or come late.
"""

import uuid
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def put(run: Task, pk: int) -> None:
    """Tell the queue of a job: in the transaction that wrote it where the queue is a table beside it, else after it."""
    if is_table() or isinstance(task_backends[run.backend], ImmediateBackend):
        run.enqueue(pk)
    else:
        transaction.on_commit(partial(run.enqueue, pk), robust=True)


def is_table() -> bool:
    """Whether the queue is a table of the portal's own database, which `manage.py work` empties."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def has_something() -> bool:
    """Whether a worker would find something; a cheap look that takes no lock."""
    return DBTaskResult.objects.ready().exists()


def carried_before(moment: datetime) -> QuerySet[DBTaskResult]:
    """What the queue's table still holds of long ago, whatever became of it; nothing where the queue is elsewhere."""
    return DBTaskResult.objects.filter(enqueued_at__lt=moment) if is_table() else DBTaskResult.objects.none()


def worker() -> Worker:
    """One that empties the queue's table and then stops."""
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
