"""The portal as `manage.py serve` serves it: two workers of four threads, its own settings for an office."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from records import clock
from tests.bench.data.scales import DAY

ROOT = Path(__file__).resolve().parent.parent.parent.parent
_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """Where it listens, the master's process, and how long it took from the start to the first page."""

    base: str
    pid: int
    seconds_to_first_page: float


def settings_of(database: str, home: Path) -> dict[str, str]:
    """The environment of a portal on a database, at the moment of the data; workers are not renewed meanwhile."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.demo", "DATABASE_URL": database,
        "PORTAL_VAR": str(home), "PORTAL_SECRET_KEY": "only-for-measuring-" + "x" * 20,
        "PORTAL_CLOCK": clock.wall_clock(clock.at(DAY, 9)), "WEB_CONCURRENCY": "2",
        "GUNICORN_CMD_ARGS": "--max-requests 0",
    }  # fmt: skip


@contextmanager
def served(database: str, home: Path) -> Iterator[Served]:
    """Static files collected, the door open; ended afterwards."""
    env = settings_of(database, home)
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(manage, cwd=ROOT, env=env, check=True)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py"]
    with running(command, env | {"PORTAL_BIND": f"127.0.0.1:{port}"}, f"http://127.0.0.1:{port}") as found:
        yield found


@contextmanager
def running(command: list[str], env: dict[str, str], base: str) -> Iterator[Served]:
    """A server that is started, waited for until it gives its first page, and ended."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said: list[bytes] = []
    threading.Thread(target=lambda: said.extend(process.stdout), daemon=True).start()
    try:
        while not _opens(f"{base}/dang-nhap/"):
            if process.poll() is not None or time.perf_counter() > started + 10 * _PATIENCE_SECONDS:
                raise RuntimeError("The portal did not open: " + b"".join(said[-5:]).decode())
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        yield Served(base, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _opens(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE_SECONDS) as page:
            return page.status == 200
    except (urllib.error.URLError, OSError):
        return False
