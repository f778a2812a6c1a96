"""Scheduled jobs are done: each by one process at a time, made up once, tried again when they fail."""

import logging
import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from records import clock, text
from records.errors import Conflict, Refusal
from records.jobs import lease
from records.jobs.enums import LEASE
from records.jobs.schedule.declared import Planned, named
from records.jobs.schedule.enums import RESTS, Outcome
from records.jobs.schedule.models import ScheduledJob
from records.jobs.schedule.queries import due, lapsed

log = logging.getLogger(__name__)
_LONGEST_TOLD = 500


def run_due(*, long: bool) -> int:
    """Do what is due, one after the other, of what is long or of what is not; how many were done.

    Rule: R-JOB-7. However many processes and machines do this at once, each is done by one; a night that was missed is
    made up once.
    Why no entry: what a scheduled job does to the record leaves the entry of that act.
    """
    give_up_lapsed()
    return sum(run(planned) is not None for planned in due(long=long))


def run(planned: Planned, *, now_or_never: bool = False) -> ScheduledJob | None:
    """Do one scheduled job in this process, unless another does it or it is not due; None then.

    Rule: R-JOB-7, R-JOB-8. `now_or_never` does it before its time.
    Why no entry: see `run_due`.
    """
    row = _take(planned, before_its_time=now_or_never)
    if row is None:
        return None
    with translation.override(settings.LANGUAGE_CODE), lease.kept(lambda until: _renew(row, until)):
        try:
            told = planned.do()
        except Refusal as refusal:
            log.error("The scheduled job %s failed in try %s: %s", row.name, row.attempts, refusal)
            _failed(row, str(refusal))
        except Exception:
            log.exception("The scheduled job %s failed in try %s", row.name, row.attempts)
            _failed(row, _("Something went wrong inside the portal; the administrator finds the reason in the log."))
        else:
            _leave(row, outcome=Outcome.DONE, told=_line(told), attempts=0, next_at=_next(planned))
    row.refresh_from_db()
    return row


def give_up_lapsed() -> int:
    """Scheduled jobs whose process is gone have failed and rest before they are tried again; how many.

    Rule: R-JOB-8.
    Why no entry: see `run_due`.
    """
    rows = list(lapsed())
    with translation.override(settings.LANGUAGE_CODE):
        for row in rows:
            _failed(row, _("The process that did this was ended before it was through."))
    return len(rows)


@transaction.atomic
def call_soon(planned: Planned) -> ScheduledJob:
    """Have a scheduled job done at once by whoever looks after the schedule.

    Rule: R-JOB-9. The caller asks who may, and tells the audit.
    Raises: Conflict while it is being done.
    """
    row = _row(planned, clock.machine_now())
    if not ScheduledJob.objects.filter(pk=row.pk, lease_until=None).update(next_at=clock.machine_now(), attempts=0):
        raise Conflict(_("It is being done right now."))
    return row


@transaction.atomic
def _take(planned: Planned, *, before_its_time: bool) -> ScheduledJob | None:
    now = clock.machine_now()
    _row(planned, now)
    free = ScheduledJob.objects.select_for_update(skip_locked=True).filter(name=planned.name, lease_until=None)
    row = (free if before_its_time else free.filter(next_at__lte=now)).first()
    if row is None:
        return None
    row.holder, row.lease_until, row.started_at, row.attempts = uuid.uuid4().hex, now + LEASE, now, row.attempts + 1
    row.save(update_fields=["holder", "lease_until", "started_at", "attempts"])
    return row


def _row(planned: Planned, now: datetime) -> ScheduledJob:
    row, _is_new = ScheduledJob.objects.get_or_create(name=planned.name, defaults={"next_at": planned.first_at(now)})
    return row


def _failed(row: ScheduledJob, reason: str) -> None:
    """Try again after a rest, but not later than its next regular time; then the count of tries begins anew."""
    planned, facts = named(row.name), {"outcome": Outcome.FAILED, "told": _line(reason)}
    regular = _next(planned) if planned else row.next_at
    if row.attempts > len(RESTS):
        _leave(row, **facts, attempts=0, next_at=regular)
    else:
        _leave(row, **facts, next_at=min(clock.machine_now() + RESTS[row.attempts - 1], regular))


def _leave(row: ScheduledJob, **facts) -> None:
    """Let go of it with what became of it, unless another process holds it by now."""
    now = clock.machine_now()
    if facts["outcome"] == Outcome.DONE:
        facts["succeeded_at"] = now
    if not _held(row).update(holder="", lease_until=None, ended_at=now, **facts):
        log.warning("The scheduled job %s is no longer this process's to end.", row.name)


def _renew(row: ScheduledJob, until: datetime) -> None:
    _held(row).update(lease_until=until)


def _held(row: ScheduledJob):
    return ScheduledJob.objects.filter(pk=row.pk, holder=row.holder).exclude(holder="")


def _next(planned: Planned) -> datetime:
    return planned.next_after(clock.machine_now())


def _line(words: str | None) -> str:
    return " ".join(text.without_forbidden(words or "").split())[:_LONGEST_TOLD]
