"""`make bench`: how long what has a target takes, on SQLite and on PostgreSQL; nothing here passes or fails a build.

It writes docs/performance.md. BENCH_SIZES names the numbers of tasks on PostgreSQL, BENCH_EMBEDDED the one on SQLite,
BENCH_ONLY one half of it ("load" or "acts"), BENCH_PAGE another page to write.
Figures of one run are compared with each other and with the target; machines differ and are shared.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import cluster
import machine

FOREIGN = ("DATABASE_URL", "REPLICA_URL", "PORT", "PORTAL_")
EMBEDDED_SIZE = os.environ.get("BENCH_EMBEDDED", "10000")
PAGE = os.environ.get("BENCH_PAGE", "docs/performance.md")
# As an office's server is set up, not as one that is thrown away.
SERVER = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "shared_buffers": "512MB", "work_mem": "32MB",
    "max_wal_size": "4GB",
}  # fmt: skip


def main() -> int:
    machine.ensure_python()
    machine.keep_compiled()
    machine.require_packages("setup")
    machine.ensure_environment("requirements.txt", "requirements-dev.txt")
    sizes = [int(size) for size in os.environ.get("BENCH_SIZES", "10000,100000").split(",")]
    only = os.environ.get("BENCH_ONLY", "")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, ExitStack() as stack:
        home = Path(folder)
        figures = home / "figures.jsonl"
        begun, busy = time.monotonic(), _busy_seconds()
        postgresql = stack.enter_context(cluster.throw_away_cluster(SERVER))
        worst = 0
        if only != "load":
            for address in (f"sqlite:///{home}/acts.sqlite3", postgresql):
                worst = max(worst, _run("tests.bench", home, address, BENCH_FIGURES=str(figures)))
        if only != "acts":
            worst = max(worst, _load(home, figures, postgresql, sizes))
        _tell_of_machine(figures, _busy_seconds() - busy, time.monotonic() - begun)
        if _run("tests.bench.page", home, postgresql, str(figures), str(machine.ROOT / PAGE)):
            return 1
        print(f"\n{PAGE} is written.")
        return worst


def _load(home: Path, figures: Path, postgresql: str, sizes: list[int]) -> int:
    """Fill a database for each size, then ask all of them in turn."""
    databases = {f"sqlite-{EMBEDDED_SIZE}": f"sqlite:///{home}/load.sqlite3"}
    for size in sizes:
        databases[f"postgresql-{size}"] = f"{postgresql.rpartition('/')[0]}/bench_{size}"
    for name, address in databases.items():
        print(f"\n{name}", flush=True)
        if _run("tests.bench.data", home, address, name.rpartition("-")[2]):
            return 1
        (home / name).mkdir()
    pairs = [f"{name}={address}" for name, address in databases.items()]
    return _run("tests.bench.load", home, postgresql, str(figures), str(home), *pairs)


def _run(module: str, home: Path, address: str, *arguments: str, **more: str) -> int:
    """One step on a database; the exit code says whether its figures could be taken and lie within their targets."""
    ours = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": address, "PORTAL_VAR": str(home)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    command = [str(machine.PYTHON), "-m", module, *arguments]
    return subprocess.run(command, cwd=machine.ROOT, env=kept | ours | more).returncode


def _tell_of_machine(figures: Path, busy: float, wall: float) -> None:
    """Date, hardware, versions, and how much of the machine others used."""
    rows = [json.loads(line) for line in figures.read_text().splitlines()] if figures.exists() else []
    others = [row["others"] for row in rows if row["kind"] == "load"]
    with open("/proc/cpuinfo") as lines:
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    told = {
        "kind": "machine", "taken": time.strftime("%d/%m/%Y"), "minutes": wall / 60, "busy": busy / wall,
        "hardware": f"{os.cpu_count()} × {model or platform.machine()}, {gigabytes:.0f} GB",
        "software": _software(), "others": sum(others) / len(others) if others else 0.0,
        "seconds": os.environ.get("BENCH_SECONDS", "2"), "database": _of_the_database(),
    }  # fmt: skip
    with figures.open("a") as out:
        out.write(json.dumps(told) + "\n")


def _of_the_database() -> str:
    """How PostgreSQL was set up, as the page says it: whoever compares must know whether it waited for the disk."""
    told = ", ".join(f"`{name}={value}`" for name, value in SERVER.items())
    return f"PostgreSQL runs with {told}."


def _software() -> str:
    asked = "import django, sqlite3; print(f'Django {django.__version__}, SQLite {sqlite3.sqlite_version}')"
    ours = subprocess.run([str(machine.PYTHON), "-c", asked], capture_output=True, text=True).stdout.strip()
    return f"Python {platform.python_version()}, {ours}, {cluster.version()}"


def _busy_seconds() -> float:
    with open("/proc/stat") as lines:
        ticks = [int(each) for each in lines.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (machine.CannotSetUp, cluster.CannotStart) as reason:
        sys.exit(f"\n{reason}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
