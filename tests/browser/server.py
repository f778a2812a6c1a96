"""The portal as an official's computer runs it: `manage.py serve` in a process of its own, on a folder of its own."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SLOWEST_START_SECONDS = 180


class Server:
    """A running portal: where it is, what it has said, what command lines it answers."""

    def __init__(self, home: Path, **variables: str):
        self.home = home
        self.variables = variables
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self._is_open = threading.Event()
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> "Server":
        """Start and wait until the portal says that it is open and healthy.

        Raises: RuntimeError with everything it said.
        """
        self._process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader.start()
        self._is_open.wait(SLOWEST_START_SECONDS)
        if self._process.poll() is not None or not any(self.url in line for line in self.lines):
            self.stop()
            raise RuntimeError(f"The portal did not open:\n{self.said}")
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=60) as answer:
            assert answer.status == 200
        return self

    def stop(self) -> int:
        """Ask the portal to stop as a terminal does, and wait until it has."""
        self._process.terminate()
        try:
            code = self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join()
        return code

    def kill(self) -> bool:
        """End the master process without a word; whether everything it had started ended by itself."""
        self._process.kill()
        self._process.wait()
        self._reader.join(30)  # what is said ends when the last process that could say something has ended
        return not self._reader.is_alive()

    def copied_to(self, home: Path) -> Path:
        """Another folder with everything this portal keeps as it stands, while the portal runs."""
        shutil.copytree(self.home, home, ignore=shutil.ignore_patterns("portal.sqlite3*"))
        ours, theirs = (sqlite3.connect(folder / "portal.sqlite3") for folder in (self.home, home))
        with closing(ours), closing(theirs):
            ours.backup(theirs)
        return home

    def run(self, *arguments: str, timeout: int = 120) -> subprocess.CompletedProcess[str]:
        """A `manage.py` command on the same portal, beside the running one or before it starts."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, timeout=timeout
        )

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def _environment(self) -> dict[str, str]:
        ours = {"DJANGO_SETTINGS_MODULE": "portal.settings.demo", "PORTAL_VAR": str(self.home), **self.variables}
        foreign = ("DATABASE_URL", "PORT", "PORTAL_")
        return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | ours

    def _listen(self) -> None:
        with self._process.stdout as said:
            for line in said:
                self.lines.append(line)
                if self.url in line:
                    self._is_open.set()
        self._is_open.set()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
