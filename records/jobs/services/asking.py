"""A person asks for a job, asks again, takes what came of it."""

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import ngettext

from records import clock
from records.audit.origin import origin
from records.audit.services import Actor
from records.errors import NotAllowed, RuleBroken
from records.files.stores import kept_results
from records.jobs import queue
from records.jobs.enums import MOST_AT_ONCE, UNFINISHED, JobState
from records.jobs.kinds import kind_of
from records.jobs.models import Job
from records.jobs.permissions import can_retry_job, can_take_result
from records.jobs.queries import unfinished_of
from records.jobs.services.working import run_job


def enqueue(
    name: str,
    *,
    actor: Actor,
    key: str,
    title: str,
    asked_from: str = "",
    leads_to: str = "",
    anew: bool = False,
    **values: Any,
) -> Job:
    """Ask for a job. Asked for again with the same key it is the same job, whatever has become of it.

    `values` are plain: text, numbers, lists of them. `anew` begins a job again that is done and whose work is gone.
    Rule: R-JOB-2.
    Why no entry: nothing of the record changes; whoever takes what came of it leaves one.
    Raises: RuleBroken while too many jobs of the actor wait.
    """
    now = clock.machine_now()
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(asked_by=actor.pk, key=key).first()
        if job is not None and not (anew and job.is_done):
            return job
        _leave_room(actor)
        asked = {"asked_from": asked_from[:500], "leads_to": leads_to[:500], "values": values, "name": name}
        if job is None:
            job, is_new = Job.objects.get_or_create(
                asked_by=actor.pk,
                key=key,
                defaults={**asked, **_asker(actor), "title": title[:400], "asked_at": now, "due_at": now},
            )
            if not is_new:
                return job
        else:
            _begin_again(job, **asked)
        _tell_queue(job)
    job.refresh_from_db()
    return job


@transaction.atomic
def retry(job: Job, *, actor: Actor) -> Job:
    """Try again what could not be made, as if it had never been tried.

    Why no entry: see `enqueue`.
    Raises: NotAllowed.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    decision = can_retry_job(actor, job)
    if not decision:
        raise NotAllowed(decision)
    _leave_room(actor)
    _begin_again(job)
    _tell_queue(job)
    job.refresh_from_db()
    return job


def hand_over_result(job: Job, *, actor: Actor) -> BinaryIO:
    """Open the file that came of a job; the audit is told who got what, as its kind says.

    Raises: NotAllowed; FileNotFoundError when the bytes are gone. Then nobody got them and nothing is told.
    """
    decision = can_take_result(actor, job)
    if not decision:
        raise NotAllowed(decision)
    content = kept_results().open(job.result_sha256)
    try:
        kind_of(job.name).tell(job, actor)
    except BaseException:
        content.close()
        raise
    return content


def _leave_room(actor: Actor) -> None:
    """Rule: R-JOB-3. One person does not fill the queue for everybody."""
    waiting = unfinished_of(actor)
    if waiting >= MOST_AT_ONCE:
        raise RuleBroken(
            ngettext(
                "%(count)s job you asked for is not done yet. Wait for it, then ask again.",
                "%(count)s jobs you asked for are not done yet. Wait for them, then ask again.",
                waiting,
            )
            % {"count": waiting}
        )


def _asker(actor: Actor) -> dict[str, Any]:
    """Who asked and from where: what the job does later is told of them."""
    came_from = origin.get()
    return {
        "unit_id": actor.unit_id,
        "address": came_from.address[:45],
        "request_id": came_from.request_id[:36],
    }


def _begin_again(job: Job, **asked: Any) -> None:
    now = clock.machine_now()
    fresh = {
        "state": JobState.WAITING,
        "attempts": 0,
        "done": 0,
        "total": 0,
        "reason": "",
        "is_refused": False,
        "asked_at": now,
        "due_at": now,
        "started_at": None,
        "ended_at": None,
        "result_name": "",
        "result_type": "",
        "result_sha256": "",
        "result_bytes": 0,
        **asked,
    }
    for field, value in fresh.items():
        setattr(job, field, value)
    job.save(update_fields=list(fresh))


def _tell_queue(job: Job) -> None:
    Job.objects.filter(pk=job.pk, state__in=UNFINISHED).update(told_at=clock.machine_now())
    queue.put(run_job, job.pk)
