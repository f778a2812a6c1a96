"""`python -m tests.bench.load FIGURES HOME name=url …`: load on each filled database; a line of JSON for each figure.

The environment says how much: BENCH_SECONDS of each rush, BENCH_ROUNDS of all of them, BENCH_REQUESTS for the memory;
BENCH_PEER is the address of a Redmine to measure in turn with the portal (see tests/bench/peer/README.md).
"""

import json
import os
import sys
from contextlib import ExitStack
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
        for system, _portal, subjects, _told in opened:
            keep("weights", system.name, **aside.weights(system))
            keep("drawing", system.name, **aside.while_drawing(system, subjects, 3 * seconds))
            keep("memory", system.name, **aside.memory_after(system, int(os.environ.get("BENCH_REQUESTS", "1000"))))
        for peer in systems[len(opened) :]:
            keep("memory", peer.name, **aside.memory_of(peer))
    with figures.open("a") as out:
        name, address = next(iter(databases.items()))
        out.write(json.dumps({"kind": "starts", "system": name, **aside.starts(address, home / name)}) + "\n")
    return int(wrong > 0)


if __name__ == "__main__":
    django.setup()
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), dict(pair.split("=", 1) for pair in sys.argv[3:])))
