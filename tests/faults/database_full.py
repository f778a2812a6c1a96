"""F7: the disk of the database is full while four officials write: `python -m tests.faults.database_full [ROUNDS]`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.faults.ground import Fault, Ground, cluster, prepared, run
from tests.faults.portal import pause, served
from tests.faults.small_disk import fill, small_disk
from tests.faults.writing import Pen, answers_of, pens_of

FAULT = Fault("F7", "disk of the database full", "503 in words; every acknowledged write once; goes on with room", 3)
# Room for the office and for what the log of the database keeps in hand.
_DISK_MEGABYTES = 640
_FULL_SECONDS, _PATIENCE_SECONDS = 4.0, 90.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import held_against, verified

    disk = ground.server.home.parent
    with served(ground) as portal, pens_of(portal) as pens:
        reader = portal.somebody()
        for number in range(rounds):
            _all_write(pens)
            before = sum(pen.answers[503] for pen in pens)
            stuffing = fill(disk)
            pause(_FULL_SECONDS)
            told = sum(pen.answers[503] for pen in pens) - before
            read = reader.open("/nhiem-vu/").status
            stuffing.unlink()
            _start_again(ground)
            if number == 0 or not told:
                yield f"full: {told} × 503, a page answers {read}", told > 0 and read in (200, 503)
            yield "with room again they write", _all_write(pens)
    yield answers_of(pens), not any(pen.answers[500] for pen in pens)
    yield from held_against(pens)
    yield verified()


def _start_again(ground: Ground) -> None:
    """What whoever looks after the server does where it has ended itself rather than lose a write."""
    asked = subprocess.run(["pg_isready", "-d", ground.database, "-t", "10"], capture_output=True)
    if asked.returncode:
        with suppress(cluster.CannotStart):
            ground.server.start()


def _all_write(pens: list[Pen]) -> bool:
    began, until = time.monotonic(), time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if all(pen.kept_at and pen.kept_at[-1] > began for pen in pens):
            return True
        pause(0.05)
    return False


def main() -> int:
    """The server of this fault has a disk of its own, whoever else has a server already."""
    with tempfile.TemporaryDirectory(prefix="portal-full-") as folder:
        # The server's own account has to get to what lies below.
        Path(folder).chmod(0o755)
        with small_disk(Path(folder) / "disk", _DISK_MEGABYTES) as disk, prepared(on=disk) as told:
            os.environ.update(told)
            return run(FAULT, play)


if __name__ == "__main__":
    sys.exit(main())
