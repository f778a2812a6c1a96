"""F1: web workers are killed while four officials write: `python -m tests.faults.web_worker [ROUNDS]`."""

import random
import sys
import time
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import pause, served
from tests.faults.writing import Pen, answers_of, pens_of, seconds_of_a_post

FAULT = Fault("F1", "web worker killed amid a post", "every acknowledged write once, no halves, no doubles", 500)
_LOOK_SECONDS, _PATIENCE_SECONDS = 0.002, 10.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import held_against, verified

    chance, killed = random.Random(1), 0
    with served(ground) as portal:
        with pens_of(portal) as pens:
            while killed < rounds:
                _wait_for_a_post(pens)
                pause(chance.uniform(0, seconds_of_a_post(pens)))
                killed += portal.kill_worker(chance)
                _wait_for_an_answer(pens)
        broken = list(portal.broken())
    yield f"{killed} kills ({answers_of(pens)})", sum(pen.traces for pen in pens) == 0
    yield from broken
    yield from held_against(pens)
    yield verified()


def _wait_for_a_post(pens: list[Pen]) -> None:
    while all(pen.sending_since is None for pen in pens):
        pause(_LOOK_SECONDS)


def _wait_for_an_answer(pens: list[Pen]) -> None:
    """Whether good or none, so that the next kill meets a worker that works and not one that is still being born."""
    before, until = sum(pen.answers.total() for pen in pens), time.monotonic() + _PATIENCE_SECONDS
    while sum(pen.answers.total() for pen in pens) == before and time.monotonic() < until:
        pause(_LOOK_SECONDS)


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
