"""A process does a job: takes it, says it is alive, writes down what came of it. Nobody does a job twice to its end."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from records import clock, text
from records.audit.origin import Origin, origin
from records.errors import Refusal
from records.files.stores import kept_results, pieces
from records.jobs import lease
from records.jobs.enums import LEASE, MOST_TRIES, WAITS, JobState
from records.jobs.errors import LeaseLost, TryAgain
from records.jobs.kinds import Made, Work, kind_of
from records.jobs.models import Job
from records.jobs.queries import due_jobs

log = logging.getLogger(__name__)

_BETWEEN_WORDS = timedelta(milliseconds=500)
_LONGEST_REASON = 500


@task()
def run_job(pk: int) -> None:
    """Do the job of that number: what the queue carries.

    Why no entry: see `work_on`.
    """
    work_on(pk)


def run_waiting(limit: int = 100) -> int:
    """Do the jobs whose turn has come in this process, at most `limit`; how many were begun.

    Why no entry: see `work_on`.
    """
    begun = 0
    while begun < limit and (pk := due_jobs().values_list("pk", flat=True).first()) is not None:
        begun += work_on(pk)
    return begun


def work_on(pk: int) -> bool:
    """Do one job, unless it is done, being done or not due; False then.

    Rule: R-JOB-4. A try is written down before it is made. What is refused fails with its reason; what may pass is
    tried again later, three times in all; who has lost the lease changes nothing any more.
    Why no entry: what a job does to the record leaves the entry of that act, in the name of the one who asked.
    """
    job = _take(pk)
    if job is None:
        return False
    with _as_asked(job), lease.kept(lambda until: _held(job).update(lease_until=until)):
        try:
            made = _run(job)
        except LeaseLost:
            log.warning("Job %s was taken over by another process.", pk)
        except Refusal as refusal:
            _fail(job, str(refusal), is_refused=True)
        except TryAgain as passing:
            _give_back(job, str(passing))
        except Exception:
            log.exception("Job %s (%s) failed in try %s", pk, job.name, job.attempts)
            _give_back(job, _("Something went wrong inside the portal; the administrator finds the reason in the log."))
        else:
            _end(job, made)
    return True


def give_back(job: Job, reason: str) -> None:
    """A building block: a job whose process is gone waits again, or has failed once its tries are used up."""
    _give_back(job, reason)


@transaction.atomic
def _take(pk: int) -> Job | None:
    job = due_jobs().select_for_update(skip_locked=True).filter(pk=pk).first()
    if job is None:
        return None
    now = clock.machine_now()
    job.state, job.holder, job.lease_until = JobState.RUNNING, uuid.uuid4().hex, now + LEASE
    job.attempts, job.started_at, job.done, job.total, job.reason = job.attempts + 1, now, 0, 0, ""
    job.save(update_fields=["state", "holder", "lease_until", "attempts", "started_at", "done", "total", "reason"])
    return job


def _run(job: Job) -> Made | None:
    kind = kind_of(job.name)
    if kind is None:
        raise TryAgain(_("This version of the portal does not know how to do this."))
    words = _Words(job)
    return kind.run(Work(values=job.values, asked_by=job.asked_by, attempt=job.attempts, advance=words.advance))


class _Words:
    """How far a job is, written down at most twice a second; whoever has lost the lease is told by an error."""

    def __init__(self, job: Job):
        self.job, self.last = job, clock.machine_now() - _BETWEEN_WORDS

    def advance(self, done: int, total: int) -> None:
        now = clock.machine_now()
        if now - self.last < _BETWEEN_WORDS:
            return
        self.last = now
        told = {"done": min(done, total) if total else done, "total": total, "lease_until": now + LEASE}
        if not _held(self.job).update(**told):
            raise LeaseLost


@contextmanager
def _as_asked(job: Job) -> Iterator[None]:
    """Reasons are written in the portal's own language; what the audit is told comes from where the job was asked."""
    token = origin.set(Origin(address=job.address, request_id=job.request_id))
    try:
        with translation.override(settings.LANGUAGE_CODE):
            yield
    finally:
        origin.reset(token)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, holder=job.holder)


def _end(job: Job, made: Made | None) -> None:
    facts = {"state": JobState.DONE, "reason": ""}
    if made is not None:
        facts |= {**_stored(made), "values": {**job.values, **made.told}}
    _leave(job, **facts)


def _stored(made: Made) -> dict[str, object]:
    """The bytes of the result, whole under their digest before the row names them."""
    size = made.content.seek(0, 2)
    made.content.seek(0)
    digest = kept_results().put(pieces(made.content))
    made.content.close()
    return {
        "result_name": made.name,
        "result_type": made.media_type,
        "result_sha256": digest,
        "result_bytes": size,
    }


def _fail(job: Job, reason: str, *, is_refused: bool = False) -> None:
    _leave(job, state=JobState.FAILED, reason=_line(reason), is_refused=is_refused)


def _give_back(job: Job, reason: str) -> None:
    if job.attempts >= MOST_TRIES:
        log.error("Job %s (%s) was given up after %s tries: %s", job.pk, job.name, job.attempts, reason)
        _fail(job, reason)
        return
    rest = WAITS[job.attempts - 1]
    waiting = {"state": JobState.WAITING, "due_at": clock.machine_now() + rest, "told_at": None, "ended_at": None}
    _leave(job, reason=_line(reason), **waiting)


def _leave(job: Job, **facts) -> None:
    """Let go of a job with what became of it, unless another process holds it by now."""
    facts = {"ended_at": clock.machine_now(), **facts}
    if not _held(job).update(holder="", lease_until=None, **facts):
        log.warning("Job %s is no longer this process's to end.", job.pk)


def _line(words: str) -> str:
    return " ".join(text.without_forbidden(words).split())[:_LONGEST_REASON]
