"""Signs of life of the processes beside the web server: a file each, touched while its process goes round.

Why a file and no row: it tells of this machine, costs the database nothing, and needs no database to be read. A process
that is busy with one job shows itself by the lease of that job instead.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from records import clock

BETWEEN_SIGNS = timedelta(seconds=10)
ALIVE_FOR = timedelta(minutes=1)
_given: dict[str, datetime] = {}


def give_sign(name: str) -> None:
    """Say that the process of that name goes round; asked often, done every ten seconds. A full disk ends nobody."""
    now = clock.machine_now()
    if name in _given and now - _given[name] < BETWEEN_SIGNS:
        return
    _given[name] = now
    try:
        _file(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _file(name).touch(mode=0o600)
    except OSError:
        return


def last_sign(name: str) -> datetime | None:
    """When a process of that name last showed itself on this machine."""
    try:
        return datetime.fromtimestamp(_file(name).stat().st_mtime, UTC)
    except OSError:
        return None


def is_alive(name: str) -> bool:
    """Whether it has shown itself lately."""
    last = last_sign(name)
    return last is not None and clock.machine_now() - last < ALIVE_FOR


def _file(name: str) -> Path:
    return settings.VAR / "alive" / name
