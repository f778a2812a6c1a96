"""F19: papers that need more memory than there is: `python -m tests.faults.memory [ROUNDS]`."""

import os
import resource
import sys
from collections.abc import Iterator

from tests.faults.ground import Fault, Ground, run

FAULT = Fault("F19", "1 GB of memory for whoever draws papers", "the large one fails alone, with its reason", 3)
_MEMORY_BYTES, _LARGE_PAGES = 1024**3, 6_000


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from records.jobs.enums import MOST_TRIES
    from tests.faults.counting import verified
    from tests.faults.papers import Printer, job_with

    printer = Printer(ground)
    for number in range(rounds):
        large, small = printer.order(2 * number, pages=_LARGE_PAGES), printer.order(2 * number + 1)
        status = _worked(printer, MOST_TRIES)
        failed, made = job_with(large), job_with(small)
        held = status == 0 and failed.is_failed and bool(failed.reason) and made.is_done
        held = held and not printer.wrong_at_the_end(small)
        if number == 0 or not held:
            yield f"the large one: {failed.reason[:80] or failed.state}; the small one after it: {made.state}", held
    yield verified()


def _worked(printer, tries: int) -> int:
    """One worker with little memory does all that waits, as often as it is tried; its exit status."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
            printer.works_until_nothing_waits(tries)
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(run(FAULT, play))
