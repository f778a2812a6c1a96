"""What goes on beside the pages: jobs and the worker, mail and its carrier, the virus scanner."""

import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from portal import alive
from portal.condition.finding import Finding, broken, in_order, warning
from records import clock, wording
from records.files.queries import waiting_for_the_scanner
from records.files.scanning import scanner_answers
from records.jobs import queue as queue_door
from records.jobs.enums import UNATTENDED_AFTER
from records.jobs.queries import Queue, queue_now
from records.jobs.schedule.queries import failed_lately
from records.mail.queries import carriage_now

LETTERS_LATE = timedelta(minutes=15)
_SECONDS_FOR_MAIL = 4


def jobs() -> Iterator[Finding]:
    """Somebody does the jobs, and none waits for long or has failed."""
    queue, now = queue_now(), clock.machine_now()
    told = {
        "waiting": queue.waiting,
        "running": queue.running,
        "failed": queue.failed_today,
        "minutes": _minutes(queue.oldest_due_at, now),
    }
    yield _worker(queue, is_late=_is_late(queue.oldest_due_at, now, UNATTENDED_AFTER))
    yield from _server_of_the_queue()
    label = _("Queue of jobs")
    seen = _(
        "%(waiting)s waiting (the oldest for %(minutes)s minutes), %(running)s being made, %(failed)s failed today"
    )
    if _is_late(queue.oldest_due_at, now, UNATTENDED_AFTER * 5):
        yield warning("jobs", label, seen % told, _("See that the worker runs: manage.py work; look into its log."))
    elif queue.failed_today:
        fix = _("Look into the log for “Job”; whoever asked for it may try again on the page of files.")
        yield warning("jobs", label, seen % told, fix)
    else:
        yield in_order("jobs", label, seen % told)


def scheduled() -> Iterator[Finding]:
    """What the portal does by itself went well when it was done last."""
    label, failed = _("Scheduled work"), failed_lately()
    if not failed:
        yield in_order("schedule", label, _("Nothing failed when it was last done"))
        return
    seen = "; ".join(
        f"{stand.planned.label} ({wording.moment(stand.row.ended_at)}): {stand.row.told}" for stand in failed
    )
    fix = _("Mend what is told, then “Run now” on the page “Work behind the pages”, or manage.py schedule --run NAME.")
    yield warning("schedule", label, seen, fix)


def mail_server() -> Iterator[Finding]:
    """Mail is set up and its server takes letters."""
    label = _("Mail server")
    if not settings.MAIL_ON:
        fix = _("Set EMAIL_URL and PORTAL_ADDRESS, then start the portal again. Without mail, links go by hand.")
        yield warning("mail", label, _("None is set up"), fix)
        return
    if fault := _refusal_of_the_mail_server():
        fix = _("See that EMAIL_URL has the right host, port, account and password, and that the firewall lets it out.")
        yield broken("mail", label, fault, fix)
    else:
        yield in_order("mail", label, settings.EMAIL_HOST if _is_smtp() else _("Letters are written as files"))


def letters() -> Iterator[Finding]:
    """No letter waits for long or was given up lately."""
    if not settings.MAIL_ON:
        return
    label, carriage, now = _("Letters"), carriage_now(), clock.machine_now()
    told = {
        "waiting": carriage.waiting,
        "given_up": carriage.given_up_lately,
        "minutes": _minutes(carriage.oldest_due_at, now),
    }
    seen = _("%(waiting)s waiting (the oldest due for %(minutes)s minutes), %(given_up)s given up in seven days") % told
    if _is_late(carriage.oldest_due_at, now, LETTERS_LATE):
        fix = _("See that their carrier runs: manage.py deliver_mail; look into its log.")
        yield broken("letters", label, seen, fix)
    elif carriage.given_up_lately:
        fix = _(
            "The reasons stand on the page “Work behind the pages”; correct the addresses, then send them again there."
        )
        yield warning("letters", label, seen, fix)
    else:
        yield in_order("letters", label, seen)


def scanner() -> Iterator[Finding]:
    """The virus scanner, where the office has one, answers; no file waits for it."""
    label = _("Virus scanner")
    if not settings.FILE_SCANNER:
        yield in_order("scanner", label, _("The office has named none"))
        return
    waiting = {"count": waiting_for_the_scanner().count()}
    if not scanner_answers():
        fix = _("Start it: systemctl start clamav-daemon; FILE_SCANNER must name its address.")
        yield broken("scanner", label, _("Does not answer; %(count)s files wait") % waiting, fix)
    elif waiting["count"]:
        yield warning("scanner", label, _("%(count)s files wait") % waiting, "manage.py scan_files")
    else:
        yield in_order("scanner", label, _("Answers"))


def _worker(queue: Queue, *, is_late: bool) -> Finding:
    """A worker is known by its sign of life on this machine, or by a job somebody holds.

    Why a warning only while nothing waits: with the queue elsewhere, the worker may live on another machine.
    """
    label, last = _("Worker"), alive.last_sign("work")
    if queue.held or alive.is_alive("work"):
        return in_order("worker", label, _("Alive"))
    fix = _("Start its service, or manage.py work; manage.py serve starts one by itself.")
    seen = _("No sign of life since %(moment)s") % {"moment": wording.moment(last)} if last else _("No sign of life")
    return (broken if is_late else warning)("worker", label, seen, fix)


def _server_of_the_queue() -> Iterator[Finding]:
    """Rule: R-JOB-12. A warning: jobs go on without it, each found by its row."""
    if not queue_door.is_redis():
        return
    label, fault = _("Queue in Redis"), queue_door.fault()
    if fault:
        yield warning("redis", label, _("Does not answer: %(fault)s") % {"fault": fault}, _fix_of_redis(fault))
    else:
        yield in_order("redis", label, _("Answers"))


def _fix_of_redis(fault: str) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in fault:
        return _(
            "Name the certificates of its authority: PORTAL_QUEUE=rediss://…?ssl_ca_certs=FILE. Jobs go on meanwhile."
        )
    return _("Start it: systemctl start redis-server; PORTAL_QUEUE must name its address. Jobs go on meanwhile.")


def _refusal_of_the_mail_server() -> str:
    """What the mail server says when a line to it is opened; empty when all is well."""
    line = get_connection(timeout=_SECONDS_FOR_MAIL)
    try:
        line.open()
    except (OSError, smtplib.SMTPException) as fault:
        return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}: {type(fault).__name__}: {fault}"[:300]
    line.close()
    return ""


def _is_smtp() -> bool:
    return settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")


def _is_late(since: datetime | None, now: datetime, allowed: timedelta) -> bool:
    return since is not None and now - since > allowed


def _minutes(since: datetime | None, now: datetime) -> int:
    return 0 if since is None else max(0, int((now - since).total_seconds() // 60))
