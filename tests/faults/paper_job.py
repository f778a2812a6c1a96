"""F2: whoever draws a paper is killed while it does: `python -m tests.faults.paper_job [ROUNDS]`."""

import random
import sys
import time
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import kill, pause, served

FAULT = Fault("F2", "job of a paper killed", "no file or a whole one; made once in the end; taken up within 60 s", 100)
_TARGET_SECONDS, _PATIENCE_SECONDS = 60.0, 120.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.papers import Printer

    printer, chance = Printer(ground), random.Random(2)
    whole = printer.seconds_for_one()
    cut, faults = 0, []
    for number in range(rounds):
        order = printer.order(number)
        cut += printer.killed_while_drawing(order, chance.random() * whole)
        faults += printer.wrong_after_kill(order)
        printer.taken_up_again(order)
        faults += printer.wrong_at_the_end(order)
    yield f"{rounds} kills within {whole:.1f} s, {cut} before the end", True
    yield f"{len(faults)} wrong {'; '.join(faults[:3])}".strip(), not faults
    took = _taken_up_beside_the_server(ground)
    yield f"beside the server taken up and made after {took:.0f} s", took <= _TARGET_SECONDS


def _taken_up_beside_the_server(ground: Ground) -> float:
    """Seconds from the kill of the process that draws until its successor has made the paper."""
    from tests.faults.papers import job_of

    with served(ground, PORTAL_COMPANIONS="true") as portal:
        asked = portal.somebody().open(f"/bao-cao/chuong-trinh/{ground.office.program}.pdf")
        if asked.status != 302:
            raise LookupError(f"no job was asked for: {asked.status}")
        number = int(asked.location.split("/")[2])
        until = time.monotonic() + _PATIENCE_SECONDS
        while job_of(number).attempts == 0 and time.monotonic() < until:
            pause(0.02)
        killed = [kill(pid) for pid in portal.companions("work")]
        began = time.monotonic()
        while not job_of(number).is_done and time.monotonic() < until:
            pause(0.2)
        return time.monotonic() - began if killed and job_of(number).is_done else _PATIENCE_SECONDS


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
