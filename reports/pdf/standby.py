"""The parent of all papers as the portal sees it: started with the first paper, started again when it has ended.

Rule: one for each process that draws, never before it draws, never shared with a process forked from it.
"""

import atexit
import contextlib
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reports.pdf.parent import BEGUN

ROOT = Path(__file__).resolve().parent.parent.parent
_SECONDS_TO_START, _SECONDS_TO_END = 300, 10
_LONGEST_WORD = 1024
log = logging.getLogger(__name__)


class CannotStart(Exception):
    """No process could be started that draws; the log says why."""


@dataclass(frozen=True)
class Ended:
    """How a child ended and what it used. Units: seconds on the processor, bytes of memory at most."""

    code: int
    cpu_seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class _Parent:
    process: subprocess.Popen
    orders: socket.socket
    home: str


_lock = threading.Lock()
_parent: _Parent | None = None


@contextmanager
def child(streams: Sequence[int], **order: object) -> Iterator[socket.socket]:
    """A child that draws what stands in the first of three streams, until this context ends; the line it is told on.

    Raises: CannotStart.
    """
    line = _begun(streams, json.dumps(order).encode())
    with line:
        try:
            yield line
        finally:
            _hang_up(line)


def ended(line: socket.socket, seconds: float) -> Ended | None:
    """How the child ended; None after so many seconds while it still draws.

    Why no word counts as a kill: then its parent was killed, and the child with it.
    """
    line.settimeout(seconds)
    try:
        word = line.recv(_LONGEST_WORD)
    except TimeoutError:
        return None
    return Ended(*json.loads(word)) if word else Ended(-signal.SIGKILL, 0.0, 0)


def end() -> None:
    """End the parent, and with it whatever still draws; the next paper starts another."""
    if _parent is not None:
        _let_go(_parent)


def _let_go(parent: _Parent) -> None:
    global _parent
    with _lock:
        if _parent is parent:
            _parent = None
    parent.orders.close()
    try:
        parent.process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        parent.process.kill()
        parent.process.wait()
    if parent.process.returncode:
        log.warning("The parent of papers ended with %s: %s", parent.process.returncode, _last_words(parent))
    shutil.rmtree(parent.home, ignore_errors=True)


def _last_words(parent: _Parent) -> str:
    said = Path(parent.home, "said")
    return said.read_text(errors="replace")[-2000:] if said.exists() else ""


def _begun(streams: Sequence[int], order: bytes) -> socket.socket:
    """The line to a child that was forked. A parent that has ended meanwhile began nothing, so another is asked."""
    for _try in range(2):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.settimeout(_SECONDS_TO_START)
        parent = _started()
        with contextlib.suppress(OSError):
            with theirs:
                socket.send_fds(parent.orders, [order], [theirs.fileno(), *streams])
            if ours.recv(_LONGEST_WORD) == BEGUN:
                return ours
        ours.close()
        _let_go(parent)
    raise CannotStart


def _hang_up(line: socket.socket) -> None:
    """Tell the parent that nobody waits any more, and wait until it has ended the child."""
    line.settimeout(_SECONDS_TO_END)
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_WR)
        while line.recv(_LONGEST_WORD):
            """What is said now nobody wants to hear."""


def _started() -> _Parent:
    global _parent
    with _lock:
        if _parent is None:
            home = tempfile.mkdtemp(prefix="papers-")
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            command = [sys.executable, "-m", "reports.pdf.parent", str(os.getpid())]
            with theirs, (Path(home) / "said").open("wb") as said:
                process = subprocess.Popen(
                    command, stdin=theirs, stdout=said, stderr=said, cwd=ROOT, env=environment(home)
                )
            _parent = _Parent(process, ours, home)
        return _parent


def environment(home: str) -> dict[str, str]:
    """Nothing of the service's own environment; the fonts of the machine are out of sight."""
    fonts = Path(home) / "fonts.conf"
    fonts.write_text(
        f"<fontconfig><dir>{ROOT / 'static' / 'fonts' / 'tinos'}</dir><cachedir>{home}/cache</cachedir></fontconfig>"
    )
    return {
        "FONTCONFIG_FILE": str(fonts),
        "HOME": home,
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "TMPDIR": home,
        "TZ": "UTC",
    }


def _leave_to_the_one_it_was_forked_from() -> None:
    """A process forked from this one starts a parent of its own."""
    global _lock, _parent
    _lock = threading.Lock()
    if _parent is not None:
        _parent.orders.close()
        _parent.process.returncode = 0
        _parent = None


atexit.register(end)
os.register_at_fork(after_in_child=_leave_to_the_one_it_was_forked_from)
