"""A crowd is sent off as a program of its own, on a database of its own that keeps what it saves."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def database_of_its_own(name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database on the engine under test, gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'rush.sqlite3'}"
        return
    given, name = connection.settings_dict, f"portal_{name}_{os.getpid()}"
    who = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"
    with connection._nodb_cursor() as server:
        server.execute(f"CREATE DATABASE {name}")
    yield f"postgres://{who}/{name}"
    with connection._nodb_cursor() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def left_behind(program: str, address: str) -> dict:
    """What the crowd of a module of this folder was answered and left behind."""
    run = subprocess.run(
        [sys.executable, "-m", f"tests.integration.{program}"],
        cwd=settings.ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout)
