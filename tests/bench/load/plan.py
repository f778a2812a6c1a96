"""What is asked of a portal, job by job: pages without end, forms as many as were filled in beforehand."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle

from tests.bench.data.scales import LAST_YEAR
from tests.bench.load.http import Request, Visitor
from tests.bench.load.subjects import Subjects

CLIENTS = (1, 8, 32)
_LIST = f"/nhiem-vu/?year={LAST_YEAR}"
_POSTS = {1: 25, 8: 96, 32: 128}
_AT_ONCE = 4
Prepare = Callable[[Visitor, int], Awaitable[Iterator[Request]]]


@dataclass(frozen=True)
class Job:
    """One thing asked for: by whom, by how many at once, and how the requests come about."""

    name: str
    who: str
    prepare: Prepare
    clients: tuple[int, ...] = CLIENTS
    is_endless: bool = True


def plan_of(subjects: Subjects) -> list[Job]:
    """The jobs in the order they are measured."""
    tasks = [f"/nhiem-vu/{slug}/" for slug in subjects.tasks]
    numbers, running = count(1), iter(subjects.running)
    return [
        Job("list25", "reader", _pages([_LIST])),
        Job("list50_filters", "reader", _pages([f"{_LIST}&size=50&{subjects.narrowed}"])),
        Job("list_far", "reader", _pages([f"{_LIST}&page={subjects.last_page}"]), (1, 8)),
        Job("task", "reader", _pages(tasks)),
        Job("dashboard", "leader", _pages([f"/tong-quan/?year={LAST_YEAR}"])),
        Job("search", "reader", _pages(["/tim-kiem/?q=nong+thon", "/tim-kiem/?q=van+dong+ho+dan"])),
        Job("task_post", "official", _entries(subjects, numbers), is_endless=False),
        Job("progress_post", "official", _reports(running), is_endless=False),
        Job("csv", "reader", _exports("csv"), (1,), is_endless=False),
        Job("xlsx", "reader", _exports("xlsx"), (1,), is_endless=False),
    ]


def _pages(paths: list[str]) -> Prepare:
    async def prepare(_visitor: Visitor, _clients: int) -> Iterator[Request]:
        return (Request(path, expect=b"</html>") for path in cycle(paths))

    return prepare


def _exports(kind: str) -> Prepare:
    """Two of each: an export is long enough to be one measurement by itself."""

    async def prepare(visitor: Visitor, _clients: int) -> Iterator[Request]:
        fields = [("csrfmiddlewaretoken", visitor.cookies["csrftoken"])]
        return iter([Request(f"/nhiem-vu/xuat.{kind}?year={LAST_YEAR}", fields)] * 2)

    return prepare


def _entries(subjects: Subjects, numbers: Iterator[int]) -> Prepare:
    path = f"/nhiem-vu/tao/?program={subjects.program}"

    async def one(visitor: Visitor) -> Request:
        title = f"Vận động hộ dân hiến đất mở rộng đường đợt {next(numbers)}"
        return await _filled_in(visitor, path, (*subjects.fields, ("title", title)))

    return lambda visitor, clients: _some(lambda: one(visitor), _POSTS[clients])


def _reports(running: Iterator[tuple[str, int]]) -> Prepare:
    """Each on a task nobody has reported on meanwhile; fewer when no more are left."""

    async def one(visitor: Visitor) -> Request | None:
        slug, value = next(running, ("", 0))
        if not slug:
            return None
        typed = (("value", str(value)), ("result", "Thêm 01 hộ đồng ý."))
        return await _filled_in(visitor, f"/nhiem-vu/{slug}/tien-do/", typed)

    return lambda visitor, clients: _some(lambda: one(visitor), _POSTS[clients])


async def _some(make: Callable[[], Awaitable[Request | None]], number: int) -> Iterator[Request]:
    made: list[Request] = []
    while len(made) < number:
        some = await asyncio.gather(*(make() for _each in range(min(_AT_ONCE, number - len(made)))))
        made += [one for one in some if one]
        if None in some:
            break
    return iter(made)


async def _filled_in(visitor: Visitor, path: str, typed: tuple[tuple[str, str], ...]) -> Request:
    names = {name for name, _value in typed}
    shown = await visitor.form(path, *names)
    return Request(path, [pair for pair in shown if pair[0] not in names] + list(typed), status=302)
