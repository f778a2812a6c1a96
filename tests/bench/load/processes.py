"""What processes use, from /proc: processor time and memory, of a server's workers and of a database."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """Memory of some processes. Units: megabytes; `largest` is the resident set of the largest of them."""

    largest: float
    together: float
    processes: int


def tree_of(root: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def workers_of(master: int) -> list[int]:
    """The web workers of a gunicorn master; what keeps it company is not among them."""
    return [pid for pid in tree_of(master) if pid != master and b"gunicorn" in _command(pid)]


def processor_seconds(pids: list[int]) -> float:
    """Processor time the processes have used so far, of children that ended as well."""
    return sum(sum(map(int, fields[11:15])) for pid in pids if (fields := _stat(pid))) / _TICK


def memory(pids: list[int]) -> Memory:
    """Resident sets, and the proportional ones together: shared pages are counted once."""
    resident, proportional = [], []
    for pid in pids:
        try:
            told = (_PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        resident.append(int(re.search(r"\nRss: +(\d+)", told)[1]) / 1024)
        proportional.append(int(re.search(r"\nPss: +(\d+)", told)[1]) / 1024)
    return Memory(max(resident, default=0.0), sum(proportional), len(resident))


def machine_seconds() -> float:
    """Processor time the whole machine has used so far."""
    ticks = [int(each) for each in (_PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / _TICK


def _stat(pid: int) -> list[str]:
    try:
        return (_PROC / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def _command(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
