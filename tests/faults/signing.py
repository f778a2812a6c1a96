"""F3: killed as a signed file is taken, at each step in turn: `python -m tests.faults.signing [ROUNDS]`."""

import os
import signal
import sys
from collections.abc import Callable, Iterator

from tests.faults.ground import Fault, Ground, run

FAULT = Fault(
    "F3", "killed while a signed file is taken", "signed with file, digest and entry of the log, or not at all", 100
)


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from records import clock
    from tests.conftest import MOMENT
    from tests.faults.counting import verified
    from tests.faults.signed import STEPS, Desk

    with clock.standing_at(MOMENT):
        desk = Desk(ground)
        before, halves, ended = desk.told(), [], 0
        for number in range(rounds):
            step = list(STEPS)[number % len(STEPS)]
            ended += not killed_at(STEPS[step], desk.take)
            if desk.told() != before:
                halves.append(step)
        yield f"{rounds - ended} kills at {', '.join(STEPS)}", ended == 0
        yield " ".join([f"{len(halves)} half-signed", *sorted(set(halves))]), not halves
        desk.take()
        yield "the same file is taken afterwards", desk.is_signed_once()
        once = desk.told()
        desk.take()
        yield "brought again it changes nothing", desk.told() == once
        yield verified("--files")


def killed_at(arm: Callable[[Callable[[], None]], None], act: Callable[[], object]) -> bool:
    """Let a process of its own act in which one step kills it; whether it was killed there."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        try:
            arm(lambda: os.kill(os.getpid(), signal.SIGKILL))
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
