"""Several officials at once before the portal as it is served: two processes with four threads each, every request on
a connection of its own.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.urls import reverse

from agencies.models import Membership
from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import Task
from records import clock
from tests.bench.browsing import signed_in
from tests.bench.timing import Measured
from tests.factories.workload import Workload
from tests.integration.hostile import Page

ROOT = Path(__file__).resolve().parent.parent.parent
CLIENTS, EACH = 8, 25
WRITERS, WRITES = 32, 6
_TOKEN = "b" * 32  # against forgery: any, as long as cookie and form agree


@dataclass(frozen=True)
class Visitor:
    """One official in front of the served portal."""

    port: int
    cookies: str
    member: Membership | None = None

    def ask(self, address: str, body: dict | None = None) -> tuple[int, bytes, float]:
        """Status, page and milliseconds of one request."""
        headers = {"Cookie": self.cookies, "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        door.request("GET" if body is None else "POST", address, body and urlencode(body, doseq=True), headers)
        answer = door.getresponse()
        content = answer.read()
        door.close()
        return answer.status, content, (time.perf_counter() - started) * 1000


@dataclass(frozen=True)
class Rush:
    """What a crowd's requests took, and how long all of them together."""

    took_ms: tuple[float, ...]
    seconds: float

    @property
    def a_second(self) -> float:
        return len(self.took_ms) / self.seconds

    def told(self) -> str:
        """Rate, middle and end of the distribution in one line."""
        p95 = statistics.quantiles(self.took_ms, n=20, method="inclusive")[-1]
        return f"{self.a_second:.0f} a second, p50 {statistics.median(self.took_ms):.0f} ms, p95 {p95:.0f} ms"


def figures(load: Workload, narrowed: str, fields: Callable[[Workload, int], dict]) -> Iterator[Measured]:
    """Lists read, tasks entered and progress reported by eight at once; on SQLite by thirty-two writers too."""
    size = load.tasks
    with _served() as port:
        crowd = _crowd(load, port, CLIENTS)
        listed = reverse("coordination:task-list")
        for name, query in (("list", "?year=2022"), ("list of 50, 3 filters", f"?year=2022&size=50&{narrowed}")):
            rush = _rush(crowd, [[(listed + query, None)] * EACH for _visitor in crowd], expect=200)
            allowed = 1.5 * statistics.median(rush.took_ms)
            yield _line(f"P1 {size} tasks, {CLIENTS} clients: {name}", rush, allowed)
        yield _line(f"P6 {size} tasks, {CLIENTS} clients: tasks entered", _entries(load, crowd, fields), 150)
        rush = _reports(load, crowd, EACH)
        # A hundred posts a second: the next one at the latest after ten milliseconds.
        spacing = tuple(1000 / rush.a_second for _each in range(2))
        yield Measured(f"P7 {size} tasks, {CLIENTS} clients: one report every", spacing, 10, rush.told())
        if connection.vendor == "sqlite":
            rush = _reports(load, _crowd(load, port, WRITERS), WRITES, past=EACH)
            yield _line(f"P15 {size} tasks, {WRITERS} writers: progress", rush, 1000)


def _line(name: str, rush: Rush, target_ms: float) -> Measured:
    return Measured(name, rush.took_ms, target_ms, rush.told(), at_p95=True)


def _crowd(load: Workload, port: int, count: int) -> list[Visitor]:
    """Officials of different agencies, as many as there are; then the same ones again on another device."""
    found = []
    for number in range(count):
        client = signed_in(load.members[number % len(load.members)])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"
        found.append(Visitor(port, cookies, load.members[number % len(load.members)]))
    connection.close()
    return found


def _rush(crowd: list[Visitor], asked: list[list[tuple[str, dict | None]]], *, expect: int) -> Rush:
    """Every visitor sends the own requests one after another, all visitors at once.

    Raises: RuntimeError when one is answered otherwise than expected.
    """

    def visit(visitor: Visitor, wanted: list[tuple[str, dict | None]]) -> list[float]:
        took = []
        for address, body in wanted:
            status, content, each = visitor.ask(address, body)
            if status != expect:
                raise RuntimeError(f"{address} answered {status}: {Page(content.decode()).messages}")
            took.append(each)
        return took

    started = time.perf_counter()
    with ThreadPoolExecutor(len(crowd)) as visitors:
        took = [each for some in visitors.map(visit, crowd, asked) for each in some]
    return Rush(tuple(took), time.perf_counter() - started)


def _entries(load: Workload, crowd: list[Visitor], fields: Callable[[Workload, int], dict]) -> Rush:
    address = f"{reverse('coordination:task-create')}?program={load.programs[0].slug}"
    asked = [
        [_filled_in(visitor, address, fields(load, 1000 * place + number)) for number in range(EACH)]
        for place, visitor in enumerate(crowd)
    ]
    return _rush(crowd, asked, expect=302)


def _reports(load: Workload, crowd: list[Visitor], each: int, past: int = 0) -> Rush:
    """Every visitor reports on tasks nobody else reports on."""
    asked, given = [], {}
    for visitor in crowd:
        agency = visitor.member.agency_id
        first = given.setdefault(agency, past)
        given[agency] = first + each
        led = {"roles__kind": RoleKind.LEAD, "roles__agency": agency, "state": TaskState.IN_PROGRESS}
        tasks = Task.objects.filter(**led, last_value__lt=44).order_by("-pk")[first : first + each]
        asked.append([_report(visitor, task) for task in tasks])
    connection.close()
    return _rush(crowd, asked, expect=302)


def _report(visitor: Visitor, task: Task) -> tuple[str, dict]:
    typed = {"value": str(int(task.last_value) + 1), "result": "Thêm 01 hộ đồng ý."}
    return _filled_in(visitor, reverse("coordination:task-progress", args=[task.slug]), typed)


def _filled_in(visitor: Visitor, address: str, fields: dict) -> tuple[str, dict]:
    """A form as the page shows it to the visitor, with some fields filled in."""
    status, content, _took = visitor.ask(address)
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")
    shown = Page(content.decode()).form_with(*fields).sent()
    return address, {**shown, **fields, "csrfmiddlewaretoken": _TOKEN}


@contextmanager
def _served() -> Iterator[int]:
    """The portal on a free port, on the database of the measurement and at its moment; ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {"PORTAL_BIND": f"127.0.0.1:{port}", "PORTAL_CLOCK": clock.wall_clock(clock.now()), "WEB_CONCURRENCY": "2"}
    command = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py"]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **ours}, stdout=subprocess.PIPE, text=True)
    try:
        if not any("The portal is open" in said for said in server.stdout):
            raise RuntimeError("The portal of the measurement did not open")
        yield port
    finally:
        server.terminate()
        server.communicate(timeout=30)
