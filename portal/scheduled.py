"""What is scheduled is done by processes of their own, which the worker starts when something is due.

Why: a proof or a backup may take an hour; nobody's paper waits for it meanwhile, and what it needs is given back. Why
two at most: what is long, one after the other; and beside it what is not.
"""

import contextlib
import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings

from records import clock
from records.jobs.schedule.queries import due

# One that could not even begin is not started again at once.
REST = timedelta(minutes=1)
_FAREWELL_SECONDS = 5


class Children:
    """The processes that do what is scheduled, each started only while the one before it has ended."""

    def __init__(self):
        self._running: dict[bool, subprocess.Popen] = {}
        self._rest_until: dict[bool, datetime] = {}

    def see_to_what_is_due(self) -> None:
        """Start a process for what is due and not long, and one for what is long."""
        for long in (False, True):
            if self._is_free(long) and due(long=long):
                self._running[long] = _begun(long)

    def end(self) -> None:
        """End them with all they have started; what they were at is done again after its lease."""
        for child in self._running.values():
            if child.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGTERM)
        for child in self._running.values():
            try:
                child.wait(_FAREWELL_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)

    def _is_free(self, long: bool) -> bool:
        child = self._running.get(long)
        if child is not None:
            if child.poll() is None:
                return False
            del self._running[long]
            if child.returncode:
                self._rest_until[long] = clock.machine_now() + REST
        return long not in self._rest_until or clock.machine_now() >= self._rest_until[long]


def _begun(long: bool) -> subprocess.Popen:
    """A session of its own, so that all it starts can be ended with it."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "schedule", "--due"]
    return subprocess.Popen([*command, "--long"] if long else command, stdin=subprocess.DEVNULL, start_new_session=True)
