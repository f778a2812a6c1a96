"""Some clients at once, each asking again as soon as it was answered; what that took."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from tests.bench.load.http import Request, Visitor
from tests.bench.load.processes import machine_seconds, processor_seconds, tree_of, workers_of


@dataclass(frozen=True)
class Server:
    """The processes whose time counts: of a web server, and of a database of its own; 0 where there is none."""

    web: int
    database: int = 0
    is_gunicorn: bool = True

    def web_pids(self) -> list[int]:
        """The processes that answer."""
        return workers_of(self.web) if self.is_gunicorn else tree_of(self.web)

    def memory_pids(self) -> list[int]:
        """The same with the process they were forked from: what it loaded is shared with it."""
        return [self.web, *workers_of(self.web)] if self.is_gunicorn else tree_of(self.web)

    def database_pids(self) -> list[int]:
        """The database's processes as they are now."""
        return tree_of(self.database) if self.database else []


@dataclass(frozen=True)
class Rush:
    """What the requests of one rush took.

    Units: milliseconds a request; `web_ms` and `database_ms` are processor time; `others` is how many processors of the
    machine were busy with something else meanwhile; `kb` the mean size of a body in kilobytes.
    """

    clients: int
    count: int
    errors: int
    a_second: float
    p50: float
    p95: float
    p99: float
    web_ms: float
    database_ms: float
    kb: float
    others: float
    wrong: str = ""

    def as_dict(self) -> dict:
        """For the file of figures."""
        return asdict(self)


def failed(clients: int, why: str) -> Rush:
    """A rush that could not begin: one error and no figure."""
    return Rush(clients, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, why)


def percentile(sorted_values: Sequence[float], share: int) -> float:
    """The nearest rank: the smallest value that so many of a hundred do not exceed; 0 of nothing."""
    if not sorted_values:
        return 0.0
    return sorted_values[max(0, -(-len(sorted_values) * share // 100) - 1)]


async def rush(
    visitors: Sequence[Visitor], asked: Iterator[Request], *, clients: int, seconds: float, server: Server
) -> Rush:
    """Let so many clients go through the requests until they are used up or the time is over."""
    took: list[float] = []
    wrong: list[str] = []
    size = 0
    spent = _spent(server)
    begun = time.perf_counter()

    async def go(visitor: Visitor) -> None:
        nonlocal size
        while time.perf_counter() < begun + seconds and (request := next(asked, None)):
            started = time.perf_counter()
            try:
                answer = await visitor.ask(request)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as failure:
                wrong.append(f"{request.path}: {type(failure).__name__}")
                continue
            if not request.is_met_by(answer):
                wrong.append(f"{request.path}: {answer.status}")
                continue
            took.append((time.perf_counter() - started) * 1000)
            size += len(answer.body)

    await asyncio.gather(*(go(visitors[place % len(visitors)]) for place in range(clients)))
    wall = time.perf_counter() - begun
    web, database, machine, own = (after - before for before, after in zip(spent, _spent(server), strict=True))
    took.sort()
    count = len(took)
    each = max(count, 1)
    return Rush(
        clients, count, len(wrong), count / wall, percentile(took, 50), percentile(took, 95), percentile(took, 99),
        web * 1000 / each, database * 1000 / each, size / each / 1024,
        max(0.0, (machine - web - database - own) / wall), "; ".join(wrong[:3]),
    )  # fmt: skip


def _spent(server: Server) -> tuple[float, float, float, float]:
    web, database = processor_seconds(server.web_pids()), processor_seconds(server.database_pids())
    return web, database, machine_seconds(), time.process_time()
