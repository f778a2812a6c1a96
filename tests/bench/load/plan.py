"""What is asked of a portal, job by job: pages without end, forms as many as were filled in beforehand."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
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
    numbers = count(1)
    return [
        Job("list25", "reader", pages([_LIST])),
        Job("list50_filters", "reader", pages([f"{_LIST}&size=50&{subjects.narrowed}"])),
        Job("list_far", "reader", pages([f"{_LIST}&page={subjects.last_page}"]), (1, 8)),
        Job("task", "reader", pages(tasks)),
        Job("dashboard", "leader", pages([f"/tong-quan/?year={LAST_YEAR}"]), (1, 8)),
        Job("search", "reader", pages(["/tim-kiem/?q=nong+thon", "/tim-kiem/?q=van+dong+ho+dan"])),
        Job("task_post", "official", _entries(subjects, numbers), is_endless=False),
        Job("progress_post", "official", _reports(subjects.running), is_endless=False),
        Job("csv", "reader", _exports("csv"), (1,), is_endless=False),
        Job("xlsx", "reader", _exports("xlsx"), (1,), is_endless=False),
    ]


def pages(paths: list[str], expect: bytes = b"</html>") -> Prepare:
    """The same pages again and again."""

    async def prepare(_visitor: Visitor, _clients: int) -> Iterator[Request]:
        return (Request(path, expect=expect) for path in cycle(paths))

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

    return numbered(one)


def numbered(one: Callable[[Visitor], Awaitable[Request]]) -> Prepare:
    """As many filled-in forms as so many clients send in one rush."""
    return lambda visitor, clients: _some(lambda: one(visitor), _POSTS[clients])


def _reports(running: Sequence[tuple[str, int]]) -> Prepare:
    """Each task once a rush, one step further every time: as many as there are."""
    waiting = deque(running)

    async def one(visitor: Visitor) -> Request:
        slug, value = waiting.popleft()
        waiting.append((slug, value + 1))
        typed = (("value", str(value)), ("result", "Thêm 01 hộ đồng ý."))
        return await _filled_in(visitor, f"/nhiem-vu/{slug}/tien-do/", typed)

    return lambda visitor, clients: _some(lambda: one(visitor), min(_POSTS[clients], len(running)))


async def _some(make: Callable[[], Awaitable[Request]], number: int) -> Iterator[Request]:
    made: list[Request] = []
    while len(made) < number:
        made += await asyncio.gather(*(make() for _each in range(min(_AT_ONCE, number - len(made)))))
    return iter(made)


async def _filled_in(visitor: Visitor, path: str, typed: tuple[tuple[str, str], ...]) -> Request:
    names = {name for name, _value in typed}
    shown = await visitor.form(path, *names)
    return Request(path, [pair for pair in shown if pair[0] not in names] + list(typed), status=302)
