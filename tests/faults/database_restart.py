"""F5: PostgreSQL ends at once and starts again while four officials write, the portal is left alone:
`python -m tests.faults.database_restart [ROUNDS]`.
"""

import random
import sys
import time
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run
from tests.faults.portal import pause, served
from tests.faults.writing import Pen, answers_of, pens_of

FAULT = Fault(
    "F5", "PostgreSQL stopped at once, started again", "every acknowledged write once; written again within 5 s", 50
)
_AWAY_SECONDS, _TARGET_SECONDS, _PATIENCE_SECONDS = (0.2, 1.0), 5.0, 60.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import held_against, verified

    chance, waited = random.Random(5), []
    with served(ground) as portal, pens_of(portal) as pens:
        for _round in range(rounds):
            _all_wrote_since(pens, time.monotonic())
            ground.server.stop()
            pause(chance.uniform(*_AWAY_SECONDS))
            ground.server.start()
            waited.append(_all_wrote_since(pens, time.monotonic()))
    yield f"{rounds} stops ({answers_of(pens)})", sum(pen.traces for pen in pens) == 0
    yield f"the last of four wrote again after {max(waited):.1f} s at most", max(waited) <= _TARGET_SECONDS
    yield "no answer but 302 and 503", not any(pen.answers[500] for pen in pens)
    yield from held_against(pens)
    yield verified()


def _all_wrote_since(pens: list[Pen], moment: float) -> float:
    """Seconds until every official's writing was acknowledged again."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not all(pen.kept_at and pen.kept_at[-1] > moment for pen in pens) and time.monotonic() < until:
        pause(0.02)
    return time.monotonic() - moment


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
