"""Making an archive of one moment while people work: rows in one reading, then the files those rows name."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.backup.archive import ArchiveWriter, incoming, keep_newest, mark_of_portal
from portal.backup.environment import settings_list
from portal.backup.errors import NotDone, Why
from portal.backup.rows import Account, Table, pieces
from portal.backup.sealing import Key
from portal.backup.states import State, applied_here
from records import clock
from records.audit.verification import present_head
from records.files.models import StoredFile
from records.files.stores import kept_files


@dataclass(frozen=True)
class Made:
    """An archive that is on the disk, and what was found missing or changed among the stored files."""

    path: Path
    rows: int
    files: int
    damaged: list[str]
    removed: list[Path]


def make(folder: Path, key: Key | None, keep: int = 0) -> Made:
    """Write one archive; with `keep` only so many of the newest stay.

    Rule: R-BACKUP-1, R-BACKUP-2. Raises: OSError where the disk is full or may not be written; nothing is left then.
    """
    moment = clock.machine_now()
    told = {
        "made_at": moment.isoformat(timespec="seconds"),
        "portal": mark_of_portal(),
        "owner": settings.PORTAL_OWNER,
        "engine": connection.vendor,
    }
    with incoming(folder, f"cong-phoi-hop-{moment:%Y%m%dT%H%M%SZ}") as file:
        archive = ArchiveWriter(file.out, told, key)
        archive.add("settings.json", json.dumps(settings_list(), ensure_ascii=False).encode())
        _add_trust(archive)
        with one_reading():
            manifest = _add_rows(archive)
            named = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct())
        damaged = _add_files(archive, named)
        archive.finish({**told, **manifest, "damaged": damaged})
    rows = sum(table["rows"] for table in manifest["tables"].values())
    removed = keep_newest(folder, keep) if keep else []
    return Made(file.path, rows, len(named) - len(damaged), damaged, removed)


@contextmanager
def one_reading() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody waits for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Not `atomic`: on SQLite it takes the lock of writers, and people would wait until the end.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def last_numbers(tables: list[Table]) -> dict[str, int]:
    """The last number each table gave a row, which may be one that was removed since: it is never given again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        found = {}
        for table in tables:
            if table.counts_itself:
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.model._meta.pk.column])
                cursor.execute(f"SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM {cursor.fetchone()[0]}")
                found[table.name] = cursor.fetchone()[0]
        return found


def _add_rows(archive: ArchiveWriter) -> dict:
    applied = applied_here()
    if not applied:
        raise NotDone(Why.REFUSED, _("The database has no tables yet; there is nothing to keep."))
    tables = State(applied).tables()
    told = {}
    for table in tables:
        account = Account(table)
        for number, piece in enumerate(pieces(table, account)):
            archive.add(f"rows/{table.name}/{number:06}", piece)
        told[table.name] = {**account.told, "columns": table.columns}
    return {
        "migrations": applied,
        "tables": told,
        "last_numbers": last_numbers(tables),
        "head": str(present_head()),
    }


def _add_files(archive: ArchiveWriter, named: list[str]) -> list[str]:
    """The bytes of the files; digests of those that are missing or not what was kept.

    Why after the rows: a file is never changed or removed, and is there before a row names it.
    """
    damaged, store = [], kept_files()
    for digest in named:
        try:
            with store.open(digest) as content:
                size = content.seek(0, 2)
                content.seek(0)
                if archive.stream(f"files/{digest}", content, size) != digest:
                    damaged.append(digest)
        except FileNotFoundError:
            damaged.append(digest)
    return damaged


def _add_trust(archive: ArchiveWriter) -> None:
    folder = Path(settings.SIGNING_TRUST)
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.is_file():
            archive.add(f"trust/{path.name}", path.read_bytes())
