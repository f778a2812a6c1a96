"""A crowd is sent off as a program of its own, on a database of its own that keeps what it saves."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def database_of_its_own(name: str, folder: Path) -> Iterator[str]:
    """The address of a database on the engine under test in which nothing has happened yet, gone afterwards.

    Why a copy of the tests' own, which no test leaves anything in: making all tables anew takes half a minute.
    """
    assert not connection.in_atomic_block, "what a test has not yet taken back would be copied"
    if connection.vendor == "sqlite":
        yield f"sqlite:///{_copied_to(folder / 'rush.sqlite3')}"
        return
    given, name = connection.settings_dict, f"portal_{name}_{os.getpid()}"
    who = f"{given['USER']}:{given['PASSWORD']}@{given['HOST'] or 'localhost'}:{given['PORT'] or 5432}"
    connection.close()  # PostgreSQL copies a database only while nobody is in it
    with connection._nodb_cursor() as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {connection.ops.quote_name(given['NAME'])}")
    yield f"postgres://{who}/{name}"
    with connection._nodb_cursor() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _copied_to(path: Path) -> Path:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return path


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
