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
_machine_pinned: ContextVar[datetime | None] = ContextVar("machine_pinned", default=None)
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


def machine_now() -> datetime:
    """The machine's own moment: for what runs out, such as sessions, links and waits between tries.

    Why: in the demo every process has a clock of its own that starts again with it; how long something has lasted can
    only be told by a clock all of them share.
    """
    return _machine_pinned.get() or datetime.now(UTC)


def told(machine_moment: datetime | None) -> datetime | None:
    """A moment of the machine on the portal's own clock: just as long ago, or ahead."""
    return None if machine_moment is None else now() + (machine_moment - machine_now())


def local_day(moment: datetime) -> date:
    """The day of a moment as a wall calendar in Hà Nội shows it."""
    return moment.astimezone(timezone.get_default_timezone()).date()


def local_hour(moment: datetime) -> int:
    """The hour of a moment on the wall clock of Hà Nội: 0 to 23."""
    return moment.astimezone(timezone.get_default_timezone()).hour


def minute_of_day(moment: datetime) -> int:
    """How many minutes of the day have passed at a moment on the wall clock of Hà Nội."""
    here = moment.astimezone(timezone.get_default_timezone())
    return here.hour * 60 + here.minute


def wall_clock(moment: datetime) -> str:
    """A moment as the wall clock in Hà Nội shows it, with its distance from UTC: 2022-03-30T17:30:00+07:00."""
    return moment.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")


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


@contextmanager
def machine_standing_at(moment: datetime) -> Iterator[None]:
    """Hold the machine's moment: for tests of what runs out."""
    token = _machine_pinned.set(moment)
    try:
        yield
    finally:
        _machine_pinned.reset(token)
