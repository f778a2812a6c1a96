"""How often one address may ask. Whoever tries codes by the thousand is stopped, whoever checks a pile of papers not.

Counted in small files all processes of the server share: looking at a paper writes nothing into the database.
"""

import fcntl
import hashlib
import ipaddress
import logging
import os
from pathlib import Path

from django.conf import settings

from records import clock

log = logging.getLogger(__name__)

WINDOW_SECONDS = 600
_KEPT_BITS = {4: 32, 6: 64}
_LOOKED_AT = 200


def seconds_to_wait(address: str) -> int:
    """Count one question of an address; 0 where it may be answered, otherwise how long until the next one may.

    Rule: R-VERIFY-5. An address of version 6 counts with its whole network of 64 bits, which one household holds.
    Why no error leaves: a disk that is full must not keep anybody from checking a paper.
    """
    if not settings.VERIFICATION_QUESTIONS:
        return 0
    now = int(clock.machine_now().timestamp())
    folder = Path(settings.VAR) / "verification"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _count(folder / _name_of(address), now)
    except OSError:
        log.exception("Questions about papers could not be counted")
        return 0


def _count(place: Path, now: int) -> int:
    """One at a time in this file: since when it counts, and how many were asked since."""
    is_new = not place.exists()
    with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        since, asked = _read(file.read(40), now)
        if asked >= settings.VERIFICATION_QUESTIONS:
            return since + WINDOW_SECONDS - now
        file.seek(0)
        file.truncate()
        file.write(f"{since} {asked + 1}")
    if is_new:
        _sweep(place.parent, now)
    return 0


def _read(written: str, now: int) -> tuple[int, int]:
    numbers = [int(word) for word in written.split() if word.isdecimal()]
    if len(numbers) != 2 or not numbers[0] <= now < numbers[0] + WINDOW_SECONDS:
        return now, 0
    return numbers[0], numbers[1]


def _name_of(address: str) -> str:
    """Why a digest under the portal's key: who looked at which paper is nobody's business, nor is it kept."""
    try:
        found = ipaddress.ip_address(address)
        named = str(ipaddress.ip_network((found, _KEPT_BITS[found.version]), strict=False))
    except ValueError:
        named = "unknown"
    return hashlib.sha256(f"{settings.SECRET_KEY}\n{named}".encode()).hexdigest()[:40]


def _sweep(folder: Path, now: int) -> None:
    """Files nobody counts in any more go, some at a time."""
    for place in sorted(folder.iterdir())[:_LOOKED_AT]:
        if place.stat().st_mtime < now - 2 * WINDOW_SECONDS:
            place.unlink(missing_ok=True)
