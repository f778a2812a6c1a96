"""F4: two workers on a queue in Redis; one is killed, then Redis: `python -m tests.faults.queue_away [ROUNDS]`."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.ground import ROOT, Fault, Ground, run
from tests.faults.portal import pause
from tests.integration.redis_server import RedisServer

FAULT = Fault("F4", "queue in Redis: a worker killed, then Redis", "asked for all the same; nothing lost, all done", 3)
_JOBS, _PAGES, _SECONDS_TO_GO = 8, 1, 180.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    from tests.faults.counting import verified
    from tests.faults.papers import Printer

    printer, asked = Printer(ground), []
    for _round in range(rounds):
        workers = [_worker(ground), _worker(ground)]
        asked += _asked(printer, len(asked))
        _wait_for(asked[:1])
        workers[0].kill()
        redis.stop()
        asked += _asked(printer, len(asked))
        _wait_for(asked)
        redis.start()
        asked += _asked(printer, len(asked))
        _wait_for(asked)
        for worker in workers:
            worker.terminate()
            worker.wait()
    yield f"{rounds} workers killed, Redis {rounds} times", True
    yield from _counted(asked)
    yield verified()


def _worker(ground: Ground) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(
        command, cwd=ROOT, env=ground.environment(PORTAL_QUEUE=redis.address), stderr=subprocess.DEVNULL
    )


def _asked(printer: "Printer", before: int) -> list:  # noqa: F821
    return [printer.order(before + number, _PAGES) for number in range(_JOBS)]


def _wait_for(orders: list) -> None:
    """Until these papers are made, or it took too long."""
    from tests.faults.papers import job_with

    until = time.monotonic() + _SECONDS_TO_GO
    while any(job_with(order).is_unfinished for order in orders) and time.monotonic() < until:
        pause(0.2)


def _counted(orders: list) -> Iterator[tuple[str, bool]]:
    from reports.pdf import store
    from tests.faults.papers import job_with

    jobs = [job_with(order) for order in orders]
    done = sum(job.is_done and store.is_kept(order.digest) for job, order in zip(jobs, orders, strict=True))
    yield f"{done} of {len(orders)} jobs done", done == len(orders)
    again = sum(job.attempts > 1 for job in jobs)
    yield f"{again} taken up again", True


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        redis = RedisServer(Path(folder)).start()
        os.environ["PORTAL_QUEUE"] = redis.address
        try:
            code = run(FAULT, play)
        finally:
            redis.stop()
    sys.exit(code)
