"""F6: connections to the database are cut, slow, refused and used up while four officials write:
`python -m tests.faults.connections [ROUNDS]`.
"""

import subprocess
import sys
import time
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import pause, served
from tests.faults.visitor import Visitor
from tests.faults.way import Way, way_to
from tests.faults.writing import Pen, answers_of, pens_of

FAULT = Fault(
    "F6",
    "connections cut, slow, refused, used up",
    "every acknowledged write once; answers within 10 s; 302 or 503",
    30,
)
_SLOW_SECONDS, _STRETCH_SECONDS, _TARGET_SECONDS, _PATIENCE_SECONDS = 0.02, 4.0, 10.0, 60.0
_IDLE = "SELECT COUNT(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND now() - state_change > '5 s'"


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import held_against, verified

    with way_to(ground.database) as way, served(ground, DATABASE_URL=way.address) as portal, pens_of(portal) as pens:
        reader, cut = portal.somebody(), 0
        for _round in range(rounds):
            pause(0.3)
            cut += way.cut()
        yield f"{rounds} cuts of {cut} connections", cut > 0 and _all_write(pens)
        way.delay = _SLOW_SECONDS
        pause(_STRETCH_SECONDS)
        way.delay = 0.0
        yield "slow for a while", _all_write(pens)
        yield from _refused(reader, way)
        yield "open again", _all_write(pens)
        yield from _used_up(ground, way)
        yield "with room again", _all_write(pens)
    slowest = max(second for pen in pens for second in pen.seconds)
    yield f"{answers_of(pens)}; the slowest took {slowest:.1f} s", slowest <= _TARGET_SECONDS
    yield "no answer but 302 and 503", not any(pen.answers[500] for pen in pens)
    left = _asked(ground, _IDLE)
    yield f"{left} transactions left open", left == "0"
    yield from held_against(pens)
    yield verified()


def _refused(reader: Visitor, way: Way) -> Iterator[tuple[str, bool]]:
    """Nobody gets through: a page says so soon, and is back as soon as the way is."""
    way.closed = True
    way.cut()
    began = time.monotonic()
    answer = reader.open("/nhiem-vu/")
    took = time.monotonic() - began
    pause(_STRETCH_SECONDS - took if took < _STRETCH_SECONDS else 0)
    way.closed = False
    yield f"refused: {answer.status} after {took:.1f} s", answer.status == 503 and took <= _TARGET_SECONDS


def _used_up(ground: Ground, way: Way) -> Iterator[tuple[str, bool]]:
    """Others hold every place the server has; the portal's own connections are cut, so that it asks for new ones."""
    taken = _take_every_place(ground)
    way.cut()
    pause(_STRETCH_SECONDS)
    for one in taken:
        one.kill()
        one.wait()
    yield f"{len(taken)} places taken by others", len(taken) > 0


def _take_every_place(ground: Ground) -> list[subprocess.Popen]:
    most = int(_asked(ground, "SHOW max_connections"))
    command = ["psql", ground.database, "-qc", "SELECT pg_sleep(60)"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return [subprocess.Popen(command, **quiet) for _place in range(most)]


def _asked(ground: Ground, statement: str) -> str:
    told = subprocess.run(["psql", ground.database, "-qAtc", statement], capture_output=True, text=True, timeout=60)
    return told.stdout.strip()


def _all_write(pens: list[Pen]) -> bool:
    """Whether everybody's writing is acknowledged again."""
    began, until = time.monotonic(), time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if all(pen.kept_at and pen.kept_at[-1] > began for pen in pens):
            return True
        pause(0.05)
    return False


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
