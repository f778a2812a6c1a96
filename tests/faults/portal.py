"""The portal as it is served: gunicorn with its workers, and what keeps it company where that is asked for."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException

from tests.bench.load.processes import tree_of, workers_of
from tests.bench.load.serving import free_port
from tests.faults.ground import ROOT, Ground
from tests.faults.visitor import Visitor

_ERROR = re.compile(r"^((?:\w+\.)*\w*(?:Error|Exception)(?:: .*)?)$", re.MULTILINE)
_SECONDS_TO_OPEN, _SECONDS_TO_END = 120, 30


@dataclass
class Portal:
    """One served portal; it can be killed and opened again at the same address."""

    ground: Ground
    env: dict[str, str]
    process: subprocess.Popen | None = None

    @property
    def base(self) -> str:
        return f"http://{self.env['PORTAL_BIND']}"

    @property
    def log(self) -> str:
        """All it has said so far, and what the pages of failures were written down with."""
        return (self.ground.home / "portal.log").read_text()

    def broken(self, but: str = "nothing") -> Iterator[tuple[str, bool]]:
        """Errors nobody caught but those that were to be; where there are any, a page of failures was the answer."""
        lines = Counter(line for line in _ERROR.findall(self.log) if but not in line)
        if lines:
            yield "; ".join(f"{count} × {line[:160]}" for line, count in lines.items()), False

    def open(self) -> None:
        """Start it and wait for its first page."""
        command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py"]
        with (self.ground.home / "portal.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        until = time.monotonic() + _SECONDS_TO_OPEN
        while not is_open(self.base):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self.log[-4000:])
            pause(0.05)

    def close(self) -> None:
        """End it as its service manager would, and whatever of it has not ended by then."""
        if self.process is None:
            return
        living = tree_of(self.process.pid)
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_SECONDS_TO_END)
        for pid in living:
            kill(pid)
        self.process.wait()

    def kill_worker(self, chance: random.Random) -> bool:
        """Kill one of its web workers; False where none runs at the moment."""
        workers = workers_of(self.process.pid)
        return bool(workers) and kill(chance.choice(workers))

    def companions(self, command: str) -> list[int]:
        """The processes beside the web server that run a command of manage.py."""
        return [pid for pid in tree_of(self.process.pid) if command.encode() in _arguments(pid)]

    def somebody(self, turn: int = 0) -> Visitor:
        """One of the office's officials, signed in."""
        who = self.ground.office.writers[turn]
        return Visitor(self.base).sign_in(who.username, self.ground.office.password)


@contextmanager
def served(ground: Ground, **env: str) -> Iterator[Portal]:
    """A portal with open doors; nothing of it is left afterwards."""
    told = {"PORTAL_BIND": f"127.0.0.1:{free_port()}", "PORTAL_COMPANIONS": "false", **env}
    portal = Portal(ground, ground.environment(**told))
    try:
        portal.open()
        yield portal
    finally:
        portal.close()


def is_open(base: str) -> bool:
    with suppress(OSError, HTTPException):
        return Visitor(base).open("/dang-nhap/").status == 200
    return False


def kill(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


def _arguments(pid: int) -> list[bytes]:
    with suppress(OSError):
        return open(f"/proc/{pid}/cmdline", "rb").read().split(b"\0")
    return []
