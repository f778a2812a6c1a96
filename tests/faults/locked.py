"""F9: somebody holds the one lock of SQLite, as a long write does: `python -m tests.faults.locked`."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing

from tests.faults.ground import ROOT, Fault, Ground, environment, run
from tests.faults.office import office_in
from tests.faults.portal import Portal, pause, served

FAULT = Fault("F9", "SQLite locked for 8 s, then for 25 s", "the form waits and is taken; after 20 s 503, never 500")
_SHORT_SECONDS, _LONG_SECONDS, _LIMIT_SECONDS = 8.0, 25.0, 24.0


def play(ground: Ground, _rounds: int) -> Iterator[tuple[str, bool]]:
    address, home = f"sqlite:///{ground.home / 'office.sqlite3'}", ground.home
    command = [sys.executable, "-m", "tests.faults.office", str(home)]
    subprocess.run(command, cwd=ROOT, env=environment(address, home), check=True)
    with served(Ground(address, home, office_in(home))) as portal:
        status, took = _sent_while_locked(portal, _SHORT_SECONDS, "31")
        yield f"8 s: {status} after {took:.0f} s", status == 302 and took < _LIMIT_SECONDS
        status, took = _sent_while_locked(portal, _LONG_SECONDS, "32")
        yield f"25 s: {status} after {took:.0f} s", status == 503 and took < _LIMIT_SECONDS
        status, took = _sent_while_locked(portal, 0, "33")
        yield f"afterwards: {status}", status == 302
        yield from portal.broken(but="database is locked")


def _sent_while_locked(portal: Portal, seconds: float, value: str) -> tuple[int, float]:
    visitor, slug = portal.somebody(), portal.ground.office.writers[0].tasks[0]
    letter = visitor.written(f"/nhiem-vu/{slug}/tien-do/", {"value": value, "result": f"Đợt khóa {value}"})
    holder = threading.Thread(target=_hold, args=(portal.ground.home / "office.sqlite3", seconds))
    holder.start()
    pause(0.3)
    began = time.monotonic()
    status = visitor.send(letter).status
    took = time.monotonic() - began
    holder.join()
    return status, took


def _hold(path, seconds: float) -> None:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as base:
        base.execute("BEGIN IMMEDIATE")
        pause(seconds)
        base.execute("ROLLBACK")


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
