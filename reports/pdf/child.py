"""What the process of one paper does. In: one line of JSON that says how to draw, then the HTML. Out: the PDF on
standard output, and a JSON report as the last line of standard error.

It is forked by `reports.pdf.parent` and needs neither settings nor database.
"""

import contextlib
import ctypes
import json
import logging
import os
import signal
import sys
import tempfile
from pathlib import Path

from records.limits import live_within

ROOT = Path(__file__).resolve().parent.parent.parent
BUNDLED = tuple(map(os.path.realpath, (sys.prefix, sys.base_prefix, ROOT / "static", ROOT / "reports")))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OUTSIDE = {"socket.connect", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec"}
_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
_TELL_OF_PARENTS_DEATH = 1
_MOST_FILE_BYTES = 64 * 1024 * 1024


def draw(*, cpu_seconds: int, memory_bytes: int, scratch: str) -> int:
    """Draw the paper that is given on standard input; the exit code is 0 where it was drawn."""
    from reports.pdf import drawing

    _die_with_parent()
    _live_in(scratch)
    sys.addaudithook(_Fence(scratch))
    live_within(cpu_seconds=cpu_seconds, memory_bytes=memory_bytes, file_bytes=_MOST_FILE_BYTES)
    order = json.loads(sys.stdin.buffer.readline())
    html = sys.stdin.buffer.read().decode()
    told = _Told()
    logging.getLogger("weasyprint").addHandler(told)
    _tell_pages()
    report = {"errors": told.errors, "warnings": told.warnings}
    try:
        document = drawing.parsed(html)
        if missing := drawing.missing_characters(document):
            report["missing_characters"] = missing
        else:
            pages = drawing.laid_out(document, is_archival=order["is_archival"])
            sys.stdout.buffer.write(drawing.pdf_of(pages, **order))
            sys.stdout.buffer.flush()
            report |= {"pages": len(pages.pages), "boxes": drawing.boxes_of(pages)}
    except (MemoryError, RecursionError):
        # What was half made goes first: the report itself needs room.
        document = pages = None
        report["is_too_large"] = True
    sys.stderr.write("\n" + json.dumps(report))
    return 0 if "pages" in report else 1


def _die_with_parent() -> None:
    """Nobody is left to end a child whose parent was killed."""
    ctypes.CDLL(None).prctl(_TELL_OF_PARENTS_DEATH, signal.SIGKILL)


def _live_in(scratch: str) -> None:
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = scratch


def leave_the_network() -> None:
    """Third fence, where the system allows it: a network of its own, without any way out."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USERS | _NEW_NETWORK)


class _Fence:
    """Second fence behind the closed fetcher: no connection, no name look-up, no other program, no other files.

    Files: read what is bundled, read and write what is the child's own.
    """

    def __init__(self, own: str):
        self.own = os.path.realpath(own)

    def __call__(self, event: str, args: tuple) -> None:
        if event in _OUTSIDE:
            raise PermissionError(event)
        if event == "open" and not self._is_inside(*args):
            raise PermissionError(f"{event} {args[0]!r}"[:200])

    def _is_inside(self, path: object, _mode: object, flags: int) -> bool:
        if not isinstance(path, str | bytes):
            return True
        where = os.path.realpath(os.fsdecode(path))
        allowed = (self.own,) if flags & _WRITING else (self.own, *BUNDLED)
        return any(where == home or where.startswith(f"{home}/") for home in allowed)


def _tell_pages() -> None:
    """Say on standard error which page is being laid out."""
    progress = logging.getLogger("weasyprint.progress")
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(_Pages())


class _Pages(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if "Page" in record.msg:
            sys.stderr.write(f"page {record.args[0]}\n")
            sys.stderr.flush()


class _Told(logging.Handler):
    """What the engine complained about."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.errors, self.warnings = [], []

    def emit(self, record: logging.LogRecord) -> None:
        (self.errors if record.levelno >= logging.ERROR else self.warnings).append(record.getMessage())
