"""Servers under load, each with its jobs and visitors; measured in turn, so that all meet the same machine."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.load.http import Unexpected, Visitor
from tests.bench.load.plan import Job
from tests.bench.load.rush import Rush, Server, failed, rush

_WARM = 2


@dataclass(frozen=True)
class System:
    """One server: its name in the tables, its processes, its jobs, and who is signed in as whom."""

    name: str
    server: Server
    jobs: Sequence[Job]
    visitors: dict[str, Visitor]


def measured(systems: Sequence[System], *, rounds: int, seconds: float) -> Iterator[tuple[System, Job, Rush]]:
    """Every job of every system in every round; systems take turns job by job."""
    names = list(dict.fromkeys(job.name for system in systems for job in system.jobs))
    for _round in range(rounds):
        for name in names:
            for system in systems:
                job = next((one for one in system.jobs if one.name == name), None)
                for clients in job.clients if job else ():
                    yield system, job, asyncio.run(_once(system, job, clients, seconds))


async def _once(system: System, job: Job, clients: int, seconds: float) -> Rush:
    """One rush; where its pages or forms did not even open it took nothing and says why."""
    visitor = system.visitors[job.who]
    try:
        asked = await job.prepare(visitor, clients)
        if clients == 1 and job.is_endless:
            for request, _turn in zip(asked, range(_WARM), strict=False):
                await visitor.ask(request)
    except (OSError, TimeoutError, asyncio.IncompleteReadError, Unexpected) as failure:
        return failed(clients, f"{job.name} could not begin: {type(failure).__name__} {failure}".strip())
    return await rush([visitor], asked, clients=clients, seconds=seconds, server=system.server)
