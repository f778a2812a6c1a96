"""Spreadsheets out of the portal and into it: how quickly, and with how much memory on top."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coordination.lists.filters import TaskFilters
from coordination.lists.services import export_list
from tests.bench.browsing import opened, sent, signed_in
from tests.bench.timing import Measured
from tests.factories.intake import HEAD, make_workbook
from tests.factories.workload import Workload

ROWS, WRONG = 10_000, 50
XLSX_A_SECOND, CSV_A_SECOND = 20_000, 25_000
MOST_MEGABYTES = 200
_SELF = Path("/proc/self")


def figures(load: Workload) -> Iterator[Measured]:
    """Exports of a year, then two tables of ten thousand rows: one with mistakes, one that is taken in."""
    yield _exported(load, "xlsx", XLSX_A_SECOND, lambda out: sum(map(len, out.as_xlsx())))
    yield _exported(load, "csv", CSV_A_SECOND, lambda out: sum(map(len, out.as_csv())))
    client = signed_in(load.secretary)
    yield _checked(load, client, _table(load, WRONG), f"P10 {ROWS} rows checked, {WRONG} of them wrong")
    clean = _send(load, client, _table(load, 0))
    taken, grown = _with_memory(lambda: sent(client, clean, {"digest": _digest(client, clean)}))
    yield Measured(f"P10 {ROWS} rows taken in, all or none", (taken,) * 2, 4000, _memory(grown))


def _exported(load: Workload, kind: str, a_second: int, write: Callable) -> Measured:
    """The tasks of this year, as the service hands them out; the target grows with their number."""
    out = export_list(TaskFilters(year=2022), actor=load.secretary)
    rows = out.tasks.count()
    took, grown = _with_memory(lambda: _took(lambda: write(out)))
    note = f"{rows / took * 1000:.0f} rows a second, {_memory(grown)}"
    return Measured(f"P9 {kind} of {rows} tasks", (took,) * 2, rows / a_second * 1000, note)


def _checked(load: Workload, client: Client, content: bytes, name: str) -> Measured:
    """Reading and checking every row, and the page that says what is wrong."""
    address = _send(load, client, content)
    took, grown = _with_memory(lambda: _took(lambda: opened(client, address)))
    return Measured(name, (took,) * 2, 1000, _memory(grown))


def _table(load: Workload, wrong: int) -> bytes:
    """A task table; so many rows name an agency nobody knows."""
    area, lead, other = load.areas[0].name, load.parties[0].current_name, load.parties[1].current_name
    rows = [
        (str(n), area, f"Vận động {n} hộ dân hiến đất, đợt {wrong}", lead, other, "Quý IV", "Danh sách hộ", f"{n} hộ")
        for n in range(1, ROWS + 1)
    ]
    for place in range(wrong):
        at = place * (ROWS // wrong)
        rows[at] = (*rows[at][:3], "Hội Không Có", *rows[at][4:])
    return make_workbook([HEAD, *rows])


def _send(load: Workload, client: Client, content: bytes) -> str:
    """The table sent; the address at which it is looked at."""
    address = reverse("coordination:program-intake", args=[load.programs[0].slug])
    answer = client.post(address, {"file": SimpleUploadedFile("nhiem-vu.xlsx", content)})
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer.headers["Location"]


def _digest(client: Client, address: str) -> str:
    """What the page says it would write, as it asks for it back."""
    return re.search(r'name="digest" value="([^"]+)"', opened(client, address).decode())[1]


def _took(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _with_memory(act: Callable[[], float]) -> tuple[float, float]:
    """What an act returns, and by how many megabytes the process was larger at its largest."""
    (_SELF / "clear_refs").write_text("5")  # the high-water mark begins anew
    before = _kilobytes("VmRSS")
    result = act()
    return result, (_kilobytes("VmHWM") - before) / 1024


def _kilobytes(name: str) -> int:
    return int(re.search(rf"{name}:\s+(\d+)", (_SELF / "status").read_text())[1])


def _memory(megabytes: float) -> str:
    return f"+{megabytes:.0f} MB{' OVER' if megabytes > MOST_MEGABYTES else ''}"
