"""F14: a large office leaves in one archive and comes back on an empty host, both within their time:
`python -m tests.faults.large_backup`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.ground import ROOT, Fault, Ground, run

FAULT = Fault("F14", "10,000 tasks and 2 GB of files", "backup and restore within 10 minutes each, every byte there")
_TASKS, _FILES, _FILE_BYTES, _TARGET_SECONDS = "10000", 400, 5 * 1024**2 + 300 * 1024, 600.0


def play(ground: Ground, rounds: int) -> Iterator[tuple[str, bool]]:
    large = _database(ground, "large")
    _run(ground, large, ground.home, "-m", "tests.bench.data", _TASKS)
    _run(ground, large, ground.home, "-m", "tests.faults.large_backup", "files")
    archives = ground.home / "backups"
    took = _run(ground, large, ground.home, "manage.py", "backup")
    [archive] = archives.glob("*")
    yield f"an archive of {archive.stat().st_size / 1024**3:.1f} GB in {took:.0f} s", took < _TARGET_SECONDS
    empty, host = _database(ground, "host"), ground.home / "host"
    took = _run(ground, empty, host, "manage.py", "restore", str(archive))
    yield f"restored on an empty host in {took:.0f} s", took < _TARGET_SECONDS
    counted = [_rows(address) for address in (large, empty)]
    yield f"{counted[1]} tasks there", counted[0] == counted[1] != "0"
    _run(ground, empty, host, "manage.py", "verify", "--files")
    yield "verify --files finds nothing", True
    for name in ("large", "host"):
        ground.sql(f"DROP DATABASE {name} WITH (FORCE)")


def _database(ground: Ground, name: str) -> str:
    ground.sql(f"CREATE DATABASE {name}")
    return f"{ground.database.rpartition('/')[0]}/{name}"


def _run(ground: Ground, address: str, home: Path, *command: str) -> float:
    """Run Python on that portal; how long it took. Raises: CalledProcessError where it did not end well."""
    told = {"DATABASE_URL": address, "PORTAL_VAR": str(home), "PORTAL_FILES": str(home / "files")}
    began = time.monotonic()
    subprocess.run([sys.executable, *command], cwd=ROOT, env=ground.environment(**told), check=True, stdout=sys.stderr)
    return time.monotonic() - began


def _rows(address: str) -> str:
    asked = ["psql", address, "-qAtc", "SELECT COUNT(*) FROM coordination_task"]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()


def keep_files() -> None:
    """Files that no packing makes smaller, as scans are."""
    from records.files.enums import FileKind
    from records.files.services import keep_bytes

    for number in range(_FILES):
        keep_bytes(f"van-ban-{number}", FileKind.PDF, os.urandom(_FILE_BYTES))


if __name__ == "__main__":
    if sys.argv[1:] == ["files"]:
        import django

        django.setup()
        sys.exit(keep_files())
    sys.exit(run(FAULT, play))
