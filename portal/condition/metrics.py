"""Figures for Prometheus, in its text format. All are read from the database, the disks and the folders: the same
whichever process answers, and right after any of them has been started again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import Error

from agencies.accounts.queries import devices_seen_within
from agencies.certificates.queries import live_certificates_until
from portal import alive
from portal.backup.archive import newest_whole
from portal.condition.looks import places
from portal.condition.queries import what_keeps_it_from_serving
from records import clock
from records.audit.queries import sealed_head
from records.jobs.queries import queue_now
from records.jobs.schedule.queries import stands
from records.mail.queries import carriage_now

PREFIX = "portal_"
LATELY = timedelta(minutes=15)
_SCHEDULED = "When what the portal does by itself went well last."


@dataclass(frozen=True)
class Figure:
    """One number with what it is told apart by. Units: as its name ends, seconds or bytes."""

    name: str
    help: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        told = ",".join(f'{name}="{_escaped(value)}"' for name, value in self.labels.items())
        return f"{PREFIX}{self.name}{{{told}}} {self.value:.15g}" if told else f"{PREFIX}{self.name} {self.value:.15g}"


def written() -> str:
    """Every figure, those of one name below one another after what they mean."""
    lines, told = [], set()
    for figure in figures():
        if figure.name not in told:
            told.add(figure.name)
            lines += [f"# HELP {PREFIX}{figure.name} {figure.help}", f"# TYPE {PREFIX}{figure.name} gauge"]
        lines.append(str(figure))
    return "\n".join(lines) + "\n"


def figures() -> Iterator[Figure]:
    """What can be told now; without the database only what needs none."""
    reason = what_keeps_it_from_serving()
    yield Figure("ready", "1 while requests may be sent here.", not reason)
    if reason != "database":
        try:
            yield from list(_of_the_database())
        except Error:
            return
    yield from _of_the_machine()


def _of_the_database() -> Iterator[Figure]:
    now, queue, carriage = clock.machine_now(), queue_now(), carriage_now()
    head, is_sealed = sealed_head()
    yield Figure("jobs", "Jobs by state; failed: within a day.", queue.waiting, {"state": "waiting"})
    yield Figure("jobs", "", queue.running, {"state": "running"})
    yield Figure("jobs", "", queue.failed_today, {"state": "failed"})
    yield Figure("job_oldest_wait_seconds", "How long the oldest due job has waited.", _age(queue.oldest_due_at, now))
    for stand in stands():
        if stand.row and stand.row.succeeded_at:
            moment = stand.row.succeeded_at.timestamp()
            yield Figure("scheduled_success_timestamp_seconds", _SCHEDULED, moment, {"name": stand.name})
    yield Figure("letters", "Letters by state; given up: within seven days.", carriage.waiting, {"state": "waiting"})
    yield Figure("letters", "", carriage.given_up_lately, {"state": "given_up"})
    yield Figure("letter_oldest_wait_seconds", "How long the oldest letter is due.", _age(carriage.oldest_due_at, now))
    yield Figure("devices_active", "Devices that asked for a page in the last 15 minutes.", devices_seen_within(LATELY))
    yield Figure("audit_entries", "Number of the last entry of the log.", head.sequence if head else 0)
    yield Figure("audit_head_sealed", "1 while this portal's key sealed the head of the log.", is_sealed)
    if live := live_certificates_until():
        help = "When the first registered certificate of a signer ends."
        yield Figure("certificate_first_end_timestamp_seconds", help, live[0][1].timestamp())


def _of_the_machine() -> Iterator[Figure]:
    rooms = places.rooms()
    for room in rooms:
        yield Figure("disk_free_bytes", "Room left on the disks the portal writes on.", room.free, _disk(room))
    for room in rooms:
        yield Figure("disk_size_bytes", "Size of those disks.", room.size, _disk(room))
    for name in ("work", "deliver_mail"):
        last, help = alive.last_sign(name), "When a process beside the web server last showed itself on this machine."
        yield Figure("alive_timestamp_seconds", help, last.timestamp() if last else 0, {"process": name})
    if backup := newest_whole(Path(settings.BACKUPS)):
        help = "When the newest complete backup was made."
        yield Figure("backup_timestamp_seconds", help, backup.made_at.timestamp())
        yield Figure("backup_bytes", "Size of the newest complete backup.", backup.size_bytes)


def _disk(room: places.Room) -> dict[str, str]:
    return {"path": str(room.path)}


def _age(since: datetime | None, now: datetime) -> float:
    return 0 if since is None else max(0.0, (now - since).total_seconds())


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
