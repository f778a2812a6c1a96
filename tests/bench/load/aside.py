"""What is measured once beside the rounds: memory after many requests, starts, weights of pages, a list while papers
are drawn."""

import asyncio
import gzip
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from tests.bench.load.http import Request, Visitor
from tests.bench.load.plan import Job
from tests.bench.load.processes import memory
from tests.bench.load.rush import rush
from tests.bench.load.serving import free_port, running, served, settings_of
from tests.bench.load.subjects import Subjects
from tests.bench.load.systems import System

_MADE_LATER, _TOO_MANY, _PATIENCE_SECONDS = 302, 503, 60
_MIX = ("list25", "task", "dashboard", "search", "list50_filters")
_LINKED = re.compile(r'(?:href|src)="(/static/[^"#?]+\.(?:css|js|woff2|svg|png))[^"]*"')


def memory_after(system: System, requests: int) -> dict:
    """P13: the largest worker after a tenth of the requests and after all of them; all processes together."""
    tenth = requests // 10
    asyncio.run(_mixed(system, tenth))
    early = memory(system.server.memory_pids())
    asyncio.run(_mixed(system, requests - tenth))
    late = memory(system.server.memory_pids())
    growth = 100 * (late.largest - early.largest) / early.largest
    return {"largest_mb": late.largest, "growth_percent": growth, "all_mb": late.together, "requests": requests}


async def _mixed(system: System, count: int) -> None:
    jobs = {job.name: job for job in system.jobs}
    streams = cycle([await _stream(system, jobs[name]) for name in _MIX for _turn in range(_weight(name))])
    asked = (next(next(streams)) for _number in range(count))
    visitor = system.visitors["reader"]
    await rush([visitor], asked, clients=8, seconds=3600, server=system.server)


def _weight(name: str) -> int:
    return 1 if name == "dashboard" else 6


async def _stream(system: System, job: Job) -> Iterator[Request]:
    return await job.prepare(system.visitors["reader"], 8)


def starts(database: str, home: Path, times: int = 3) -> dict:
    """P14: from the start of the web server to its first page; from `make run` to it, once the story is loaded."""
    web = []
    for _time in range(times):
        with served(database, home) as portal:
            web.append(portal.seconds_to_first_page)
    port = str(free_port())
    env = settings_of(f"sqlite:///{home}/story.sqlite3", home) | {"PORT": port}
    runs = []
    for _time in range(times):
        with running([sys.executable, ".ci/start.py"], env, f"http://127.0.0.1:{port}") as portal:
            runs.append(portal.seconds_to_first_page)
    return {"web_s": statistics.median(web), "make_run_s": statistics.median(runs[1:]), "first_run_s": runs[0]}


def weights(system: System) -> dict:
    """P16: kilobytes of the list with everything it loads, packed as it is sent; of the page alone, packed and not."""
    return asyncio.run(_weights(system.visitors["reader"], system))


async def _weights(visitor: Visitor, system: System) -> dict:
    asked = next(await next(job for job in system.jobs if job.name == "list25").prepare(visitor, 1))
    html = (await visitor.ask(asked)).body
    packed = len(gzip.compress(html, 6))
    browser = Visitor(visitor.base, dict(visitor.cookies), encoding="br, gzip")
    linked = set(_LINKED.findall(html.decode()))
    sizes = [len((await browser.ask(Request(path))).body) for path in sorted(linked)]
    return {
        "html_kb": len(html) / 1024, "html_packed_kb": packed / 1024,
        "first_visit_kb": (packed + sum(sizes)) / 1024, "files": len(linked),
    }  # fmt: skip


def while_drawing(system: System, subjects: Subjects, seconds: float) -> dict:
    """P17: the list alone, then while the worker draws papers one after another; its 95th percentile each time."""
    return asyncio.run(_while_drawing(system, subjects, seconds))


async def _while_drawing(system: System, subjects: Subjects, seconds: float) -> dict:
    visitor = system.visitors["reader"]
    job = next(one for one in system.jobs if one.name == "list25")
    idle = await rush([visitor], await job.prepare(visitor, 1), clients=1, seconds=seconds, server=system.server)
    asked = await _papers_asked_for(visitor, subjects.printed)
    if not asked:
        return {"idle_p95": idle.p95, "drawing_p95": 0.0, "note": "no paper could be asked for"}
    started = time.perf_counter()
    busy = await rush([visitor], await job.prepare(visitor, 1), clients=1, seconds=seconds, server=system.server)
    return {
        "idle_p95": idle.p95,
        "drawing_p95": busy.p95,
        "note": f"{asked} papers, {time.perf_counter() - started:.0f} s",
    }


async def _papers_asked_for(visitor: Visitor, slugs: Sequence[str]) -> int:
    """How many papers now wait to be drawn: as many as one reader may ask for, once those of before are made."""
    asked, patience = 0, time.perf_counter() + _PATIENCE_SECONDS
    for slug in slugs:
        status = (await visitor.ask(Request(f"/bao-cao/chuong-trinh/{slug}.pdf"))).status
        while status == _TOO_MANY and not asked and time.perf_counter() < patience:
            await asyncio.sleep(1)
            status = (await visitor.ask(Request(f"/bao-cao/chuong-trinh/{slug}.pdf"))).status
        if status == _TOO_MANY:
            break
        asked += status == _MADE_LATER
    return asked


def memory_of(peer: System) -> dict:
    """All processes of a peer together, after what was asked of it."""
    found = memory(peer.server.memory_pids())
    return {"largest_mb": found.largest, "growth_percent": 0.0, "all_mb": found.together, "requests": 0}
