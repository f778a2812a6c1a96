"""The officials' daily work among ten thousand and a hundred thousand tasks: lists, pages, search, forms.

The reader is the worst case: it sees every task. The figures P… are those of the targets of the house.
"""

import statistics
from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.urls import reverse

from coordination.tasks.enums import RoleKind, TaskState
from coordination.tasks.models import Task
from records import clock
from tests.bench import crowd, tables
from tests.bench.browsing import page, sent, signed_in
from tests.bench.timing import Measured
from tests.factories.workload import Workload, grow, make_workload

SIZES = (10_000, 100_000)
DAY = date(2022, 6, 30)
POSTS = 30
NARROWED = "status=in_progress&area=lv-1&lead=ben-2&lead=ben-10"
# With how many tasks a crowd comes: SQLite is for an office, PostgreSQL for a province.
SERVED = {"postgresql": 100_000, "sqlite": 10_000}
SEARCHES = {
    "many hits": "nong thon",
    "eight words": "van dong ho dan ban giao mat bang",
    "rare": "sa sung",
    "part of a code": "2022-01.017",
    "two letters": "xa",
    "nothing": "qzx khong co gi",
}
# SQLite is for an office of some ten thousand tasks; with more it is read through, and answers as it can.
_SEARCH_MS = {("postgresql", 10_000): 30, ("postgresql", 100_000): 30, ("sqlite", 10_000): 45, ("sqlite", 100_000): 200}
_SLOWER_ON_SQLITE = 1.5


def figures() -> Iterator[Measured]:
    """Everything with the smaller number of tasks, then with the larger one."""
    with clock.standing_at(clock.at(DAY, 9)):
        load = make_workload()
        for size in SIZES:
            grow(load, size)
            settle()
            yield from _reading(load, size)
            yield from _writing(load, size)
            if size == SERVED[connection.vendor]:
                yield from crowd.figures(load, NARROWED, task_fields)
        yield from tables.figures(load)


def settle() -> None:
    """Let the database know how much it has, as it would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _reading(load: Workload, size: int) -> Iterator[Measured]:
    reader = signed_in(load.secretary)
    listed = reverse("coordination:task-list")
    yield page(f"P1 {size} tasks: list", reader, f"{listed}?year=2022", target_ms=_allowed(15))
    yield page(
        f"P1 {size} tasks: list of 50, 3 filters",
        reader,
        f"{listed}?year=2022&size=50&{NARROWED}",
        target_ms=_allowed(30),
    )
    yield page(f"P5 {size} tasks: list, a page far on", reader, f"{listed}?year=2022&page=400", target_ms=_allowed(15))
    yield page(f"P2 {size} tasks: task page", reader, _detail(_reported()), target_ms=_allowed(20))
    found = reverse("reports:search")
    for what, asked in SEARCHES.items():
        target = _SEARCH_MS.get((connection.vendor, size), 30)
        yield page(f"P8 {size} tasks: search, {what}", reader, f"{found}?q={asked}", target_ms=target)
    inbox = reverse("coordination:my-work")
    yield page(f"{size} tasks: Việc của tôi", signed_in(load.official), inbox, target_ms=_allowed(60))


def _writing(load: Workload, size: int) -> Iterator[Measured]:
    client, program = signed_in(load.official), load.programs[0]
    create = f"{reverse('coordination:task-create')}?program={program.slug}"
    yield _posted(f"P6 {size} tasks: a task entered", 25, lambda n: sent(client, create, task_fields(load, n)))
    mine = iter(_led_by(load))
    yield _posted(f"P7 {size} tasks: quick progress", 20, lambda n: _progress(client, next(mine)))


def _posted(name: str, target_ms: float, post: Callable[[int], float]) -> Measured:
    post(0)
    took = tuple(post(number) for number in range(1, POSTS + 1))
    return Measured(name, took, _allowed(target_ms), f"{1000 / statistics.mean(took):.0f} a second, one after another")


def task_fields(load: Workload, number: int) -> dict:
    """What an official types into an empty task form."""
    return {
        "title": f"Vận động hộ dân hiến đất mở rộng đường đợt {number}",
        "area": str(load.areas[number % len(load.areas)].pk),
        "lead": str(load.parties[0].pk),
        "deliverable": "Biên bản bàn giao mặt bằng",
        "schedule_kind": "before_day",
        "due_on": "30/09/2022",
    }


def _progress(client: Client, task: Task) -> float:
    address = reverse("coordination:task-progress", args=[task.slug])
    return sent(client, address, {"value": str(int(task.last_value) + 1), "result": "Thêm 01 hộ đồng ý."})


def _detail(task: Task) -> str:
    return reverse("coordination:task-detail", args=[task.slug])


def _reported() -> Task:
    """A task of the middle with reports and evidence."""
    return Task.objects.filter(state=TaskState.IN_PROGRESS, reports__evidence__isnull=False).order_by("code")[0]


def _led_by(load: Workload) -> list[Task]:
    """Running tasks the official's agency leads, as many as are reported on."""
    led = {"roles__kind": RoleKind.LEAD, "roles__agency": load.parties[0], "state": TaskState.IN_PROGRESS}
    return list(Task.objects.filter(**led, last_value__lt=44).order_by("pk")[: 2 * POSTS + 2])


def _allowed(milliseconds: float) -> float:
    """The target on this database. P15: SQLite takes at most half as long again."""
    return milliseconds * (_SLOWER_ON_SQLITE if connection.vendor == "sqlite" else 1)
