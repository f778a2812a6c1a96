"""`python -m tests.bench.load FIGURES HOME name=url …`: load on each filled database; a line of JSON for each figure.

The environment says how much: BENCH_SECONDS of each rush, BENCH_ROUNDS of all of them, BENCH_REQUESTS for the memory;
BENCH_PEER is the address of a Redmine to measure in turn with the portal (see tests/bench/peer/README.md).
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import django


def main(figures: Path, home: Path, databases: dict[str, str]) -> int:
    """Take everything; the exit code is 1 when a request was answered wrongly."""
    from tests.bench.load import aside
    from tests.bench.load.ready import ready
    from tests.bench.load.systems import measured
    from tests.bench.peer.redmine import peers

    seconds, rounds = float(os.environ.get("BENCH_SECONDS", "2")), int(os.environ.get("BENCH_ROUNDS", "3"))
    wrong = 0
    with ExitStack() as stack, figures.open("a") as out:

        def keep(kind: str, system: str, **values) -> None:
            out.write(json.dumps({"kind": kind, "system": system, **values}) + "\n")
            out.flush()

        opened = [stack.enter_context(ready(name, address, home / name)) for name, address in databases.items()]
        for system, _portal, _subjects, told in opened:
            keep("inside", system.name, raw_ms=told["raw_ms"], queries=told["queries"])
        systems = [*(system for system, *_rest in opened), *peers()]
        for system, job, taken in measured(systems, rounds=rounds, seconds=seconds):
            keep("load", system.name, job=job.name, **taken.as_dict())
            said = f"{system.name:<20} {job.name:<15} {taken.clients:>2} at once: {taken.a_second:7.1f} a second"
            sys.stdout.write(f"{said}, p50 {taken.p50:7.1f} ms, {taken.errors} errors {taken.wrong}\n")
            sys.stdout.flush()
            wrong += taken.errors
        requests = int(os.environ.get("BENCH_REQUESTS", "1000"))
        for system, _portal, subjects, _told in opened:
            for kind, taken in (
                ("weights", partial(aside.weights, system)),
                ("drawing", partial(aside.while_drawing, system, subjects, 3 * seconds)),
                ("memory", partial(aside.memory_after, system, requests)),
            ):
                wrong += not _kept(keep, kind, system.name, taken)
        for peer in systems[len(opened) :]:
            keep("memory", peer.name, **aside.memory_of(peer))
    with figures.open("a") as out:
        name, address = next(iter(databases.items()))
        wrong += not _kept(keep, "starts", name, partial(aside.starts, address, home / name))
    return int(wrong > 0)


def _kept(keep: Callable, kind: str, system: str, taken: Callable[[], dict]) -> bool:
    """Whether something measured once beside the rounds could be; why not is kept in its place and printed."""
    from tests.bench.load.http import Unexpected

    try:
        values = taken()
    except (OSError, TimeoutError, EOFError, RuntimeError, Unexpected) as failure:
        values = {"failed": f"{type(failure).__name__} {failure}".strip()[:300]}
        keep("failed", system, what=kind, why=values["failed"])
    else:
        keep(kind, system, **values)
    sys.stdout.write(f"{system:<20} {kind}: {values}\n")
    sys.stdout.flush()
    return "failed" not in values


if __name__ == "__main__":
    django.setup()
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), dict(pair.split("=", 1) for pair in sys.argv[3:])))
