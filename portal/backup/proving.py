"""Proving an archive by what it is for: it is put back into a database and folders of its own, and compared.

Why a process of its own: it is the very command an office would use, on an empty machine as far as it can tell.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import ProgrammingError, connection

from portal.backup.folders import folder_beside
from portal.settings.bucket import VARIABLES

_LONGEST_SECONDS = 3600


def prove(archive: Path, key_file: Path | None) -> subprocess.CompletedProcess:
    """Restore into a scratch database on the engine in use; what the command said, with its exit status.

    Rule: R-BACKUP-6. Nothing of it stays.
    """
    with folder_beside(archive.absolute().parent, "proving") as folder, _scratch(folder) as address:
        beside = {
            "DATABASE_URL": address,
            "REPLICA_URL": "",
            "PORTAL_FILES": f"{folder}/files",
            **dict.fromkeys(VARIABLES, ""),  # nothing of it goes into the bucket
            "PORTAL_TRUST": f"{folder}/trust",
            "PORTAL_SECRET_KEY": settings.SECRET_KEY,
            "PORTAL_OLD_SECRET_KEYS": ",".join(settings.SECRET_KEY_FALLBACKS),
        }
        command = [sys.executable, str(settings.ROOT / "manage.py"), "restore", str(archive)]
        command += ["--key", str(key_file)] if key_file else []
        return subprocess.run(
            command,
            env={**os.environ, **beside},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_LONGEST_SECONDS,
            check=False,
        )


@contextmanager
def _scratch(folder: Path) -> Iterator[str]:
    """The address of an empty database that is gone afterwards.

    Why SQLite where PostgreSQL allows none: an account that may not make databases proves the archive all the same.
    """
    if connection.vendor == "postgresql" and (name := _made()):
        try:
            yield _address(name)
        finally:
            with connection._nodb_cursor() as server:
                server.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")
    else:
        yield f"sqlite:///{folder / 'scratch.sqlite3'}"


def _made() -> str:
    """The name of a new database, in the place of one that a killed run left; empty where none may be made."""
    name = f"{connection.settings_dict['NAME'][:50]}_proving"
    quoted = connection.ops.quote_name(name)
    try:
        with connection._nodb_cursor() as server:
            server.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
    except ProgrammingError:
        return ""
    return name


def _address(name: str) -> str:
    given = connection.settings_dict
    who = f"{quote(given['USER'], safe='')}:{quote(given['PASSWORD'], safe='')}"
    return f"postgres://{who}@{quote(given['HOST'] or 'localhost', safe='')}:{given['PORT'] or 5432}/{name}"
