"""What every fault stands on: a PostgreSQL server of its own, an office to hurt, a row that says what was found.

A fault is a module of this folder with `FAULT` and `play(ground, rounds)`, run by `python -m tests.faults.<name>
[ROUNDS]`. Run by `python -m tests.faults` they share one server; each has a database and a folder of its
own all the same.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

from tests.faults.house import ROOT
from tests.faults.office import Office, office_in

sys.path.append(str(ROOT / ".ci"))

import cluster
import machine

SETTINGS = "portal.settings.faults"
# What was acknowledged is on the disk, as on an office's server.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
_FOREIGN = ("DATABASE_URL", "REPLICA_URL", "PORT", "PORTAL_", "EMAIL_URL", "FILE_SCANNER")


@dataclass(frozen=True)
class Fault:
    """What happens, how often in full, and what has to hold all the same."""

    number: str
    title: str
    must: str
    rounds: int = 1


@dataclass(frozen=True)
class Ground:
    """A database with the office in it and a folder with its files, both of this fault alone; the server it is on."""

    database: str
    home: Path
    office: Office
    server: cluster.Server | None = None

    def environment(self, **more: str) -> dict[str, str]:
        """What a process of this portal is started with."""
        return environment(self.database, self.home, **more)

    def sql(self, statement: str) -> None:
        """Said to the server, beside the portal's database."""
        _say(self.server.address, statement)


Play = Callable[[Ground, int], Iterator[tuple[str, bool]]]


def environment(database: str, home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    ours = {"DATABASE_URL": database, "PORTAL_VAR": str(home), "DJANGO_SETTINGS_MODULE": SETTINGS}
    return kept | ours | more


@contextmanager
def prepared(on: Path | None = None) -> Iterator[dict[str, str]]:
    """A server with the office as a pattern to be copied, on a disk if one is named; what faults are told of it by
    their environment.
    """
    with (
        cluster.throw_away_server(DURABLE, on) as server,
        tempfile.TemporaryDirectory(prefix="portal-office-") as folder,
    ):
        command = [sys.executable, "-m", "tests.faults.office", folder]
        subprocess.run(command, cwd=ROOT, env=environment(_on(server, "office"), Path(folder)), check=True)
        yield {"FAULTS_SERVER": server.address, "FAULTS_SERVER_HOME": str(server.home), "FAULTS_OFFICE": folder}


@contextmanager
def ground_of(number: str, told: dict[str, str]) -> Iterator[Ground]:
    """A copy of the office; this process speaks to its database from now on."""
    server = cluster.Server(Path(told["FAULTS_SERVER_HOME"]), told["FAULTS_SERVER"], DURABLE)
    office, name = Path(told["FAULTS_OFFICE"]), re.sub(r"\W", "_", number.lower())
    # Copied as files: a copy made through the log forgets after a crash which numbers its sequences have given.
    _say(server.address, f"CREATE DATABASE {name} TEMPLATE office STRATEGY file_copy")
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        home = Path(folder) / "var"
        shutil.copytree(office, home)
        found = Ground(_on(server, name), home, office_in(home), server)
        os.environ.update(found.environment())
        django.setup()
        try:
            yield found
        finally:
            _leave()
            _say(server.address, f"DROP DATABASE {name} WITH (FORCE)")


def run(fault: Fault, play: Play) -> int:
    """Play a fault and print its row; the exit status is 1 where something did not hold."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else fault.rounds
    began = time.monotonic()
    with _told() as told, ground_of(fault.number, told) as ground:
        seen = list(play(ground, rounds))
    found = "; ".join(words if held else f"**NOT HELD**: {words}" for words, held in seen)
    took = time.monotonic() - began
    machine.say(f"| {fault.number} {fault.title} | {rounds} | {fault.must} | {found} | {took:.0f} s |")
    return 0 if seen and all(held for _words, held in seen) else 1


@contextmanager
def _told() -> Iterator[dict[str, str]]:
    if "FAULTS_SERVER" in os.environ:
        yield dict(os.environ)
        return
    with prepared() as told:
        yield told


def _leave() -> None:
    from django.db import connections

    connections.close_all()


def _on(server: cluster.Server, name: str) -> str:
    return f"{server.address.rpartition('/')[0]}/{name}"


def _say(address: str, statement: str) -> None:
    subprocess.run(["psql", address, "-qc", statement], check=True, capture_output=True, timeout=120)
