"""F20: half-sent requests before the shipped proxy, and what everybody else waits: `python -m tests.faults.slow`.

Fifty connections send the head of a form and then one byte every few seconds. Meanwhile others open the sign-in page.
Status 1 where the 95th of a hundred of them waits a second or longer, or somebody is not answered.
"""

import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.house import ROOT, House, installed
from tests.faults.over_tls import HOST

sys.path.append(str(ROOT / ".ci"))
import cluster
import machine

HALF_OPEN, OTHERS, ASKED, AT_ONCE = 50, "127.0.0.2", 100, 4
_TARGET_SECONDS, _P95 = 1.0, ASKED * 95 // 100 - 1
_BETWEEN_BYTES = 4
_HEAD = "\r\n".join(
    [
        "POST /dang-nhap/ HTTP/1.1",
        f"Host: {HOST}",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 100000",
        "",
        "username=",
    ]
)


def waited(house: House) -> list[float]:
    """What each of the others waits for a page, connection and TLS included."""

    def once(_number: int) -> float:
        began = time.monotonic()
        assert house.visitor(OTHERS).ask("/dang-nhap/").status == 200
        return time.monotonic() - began

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return sorted(crowd.map(once, range(ASKED)))


def drip(house: House, is_over: threading.Event, all_open: threading.Barrier) -> None:
    """One client that never comes to the end of what it has to say."""
    with house.visitor().line() as line:
        line.sendall(_HEAD.encode())
        all_open.wait(60)
        while not is_over.wait(_BETWEEN_BYTES):
            line.sendall(b"a")


def main() -> int:
    home, began = Path(tempfile.mkdtemp(prefix="portal-slow-")), time.monotonic()
    with cluster.throw_away_cluster() as address, installed(home, address) as house:
        waited(house)
        alone = waited(house)
        is_over, all_open = threading.Event(), threading.Barrier(HALF_OPEN + 1)
        slow = [threading.Thread(target=drip, args=(house, is_over, all_open)) for _number in range(HALF_OPEN)]
        for each in slow:
            each.start()
        all_open.wait(60)
        beside = waited(house)
        still_open = sum(each.is_alive() for each in slow)
        is_over.set()
        for each in slow:
            each.join()
    for told, times in (("alone", alone), (f"beside {still_open} half-open posts", beside)):
        machine.say(f"{told:<28} p50 {times[ASKED // 2 - 1]:.3f} s  p95 {times[_P95]:.3f} s  max {times[-1]:.3f} s")
    machine.say(
        f"| F20 {still_open} half-open posts behind the proxy, {AT_ONCE} others at once | {ASKED} pages |"
        f" p95 of the others under {_TARGET_SECONDS:.0f} s |"
        f" p95 {alone[_P95]:.2f} s before, {beside[_P95]:.2f} s beside them |"
        f" {time.monotonic() - began:.0f} s |"
    )
    return 0 if beside[_P95] < _TARGET_SECONDS and still_open == HALF_OPEN else 1


if __name__ == "__main__":
    sys.exit(main())
