"""The one door to the time. Nothing else in the portal may ask what day it is.

Why: lateness, document years and number series follow the calendar of Hà Nội whatever the server's zone is; and the
demo lives at the moment of its conference, so its clock starts there whenever the process starts.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)
_started = time.monotonic()


def now() -> datetime:
    """The present moment, aware."""
    pinned = _pinned.get()
    if pinned is not None:
        return pinned
    if settings.PORTAL_CLOCK:
        since_start = timedelta(seconds=time.monotonic() - _started)
        return datetime.fromisoformat(settings.PORTAL_CLOCK).astimezone(UTC) + since_start
    return datetime.now(UTC)


def today() -> date:
    """The present day in Asia/Ho_Chi_Minh."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The day of a moment as a wall calendar in Hà Nội shows it."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """A wall-clock moment of a day in Asia/Ho_Chi_Minh, aware."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment: for stories that are told in the past and for tests."""
    token = _pinned.set(moment)
    try:
        yield
    finally:
        _pinned.reset(token)
