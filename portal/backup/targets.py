"""The database an archive is put into: what it holds, and how it is changed as a whole or not at all.

PostgreSQL does everything in one transaction, the making of tables too. SQLite cannot make tables anew inside one:
there a database is built beside and copied over at the end, which SQLite itself does as one transaction.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from portal.backup.errors import NotDone, Why
from portal.backup.folders import folder_beside
from portal.backup.states import State, applied_here

_COUNTED = ("agencies.User", "agencies.AdminUnit", "records.AuditEntry", "records.StoredFile")
_WAIT = "15s"


@dataclass(frozen=True)
class Held:
    """What a database holds: rows of people, units, the log and files, and a name for exactly this content."""

    accounts: int
    units: int
    entries: int
    files: int
    head: str

    @property
    def is_empty(self) -> bool:
        return not (self.accounts or self.units or self.entries or self.files)

    @property
    def name(self) -> str:
        """The number and the beginning of the digest of the log's last entry."""
        return self.head[: self.head.index(":") + 13]


def held() -> Held:
    """What is in the database now.

    Raises: NotDone where its tables are not the portal's.
    """
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    there = set(connection.introspection.table_names())
    if there and not applied_here():
        raise NotDone(Why.OCCUPIED, _("The database holds tables that are not the portal's. Name an empty one."))
    names = [apps.get_model(label)._meta.db_table for label in _COUNTED]
    with connection.cursor() as cursor:
        counts = [_first(cursor, f'SELECT COUNT(*) FROM "{name}"') if name in there else 0 for name in names]
        head = "records_audithead" in there and _row(cursor, "SELECT sequence, digest FROM records_audithead")
    return Held(*counts, "{}:{}".format(*(head or (0, ""))))


@contextmanager
def changed_as_a_whole(state: State, must_be_free: Callable[[], None]) -> Iterator[None]:
    """Inside, the default database has the tables of a state; what it was stays until the block has ended well.

    `must_be_free` is asked once more where nobody can write any more, so that nothing entered meanwhile is lost.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _hold()
            must_be_free()
            _set_up(state)
            yield
        return
    place = Path(connection.settings_dict["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    with folder_beside(place.parent, "restoring") as folder:
        side = folder / place.name
        if _is_at(state):
            _copy(place, side)
        with _standing_in(side):
            _set_up(state)
            yield
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")  # what was there before leaves no trace in free pages
        must_be_free()
        _copy(side, place)


def bring_up_to_date(state: State) -> None:
    """Migrate from the archive's state to this version's."""
    if not state.is_present:
        call_command("migrate", verbosity=0, interactive=False)


def _hold() -> None:
    """Nobody else reads or writes the tables until the transaction ends; whoever works is waited for a while."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if names := connection.introspection.table_names(cursor):
            cursor.execute("LOCK TABLE {}".format(", ".join(f'"{name}"' for name in names)))


def _set_up(state: State) -> None:
    if _is_at(state):
        return
    if connection.vendor == "postgresql":
        _clear()
    MigrationExecutor(connection).migrate(state.leaves)


def _is_at(state: State) -> bool:
    applied = applied_here()
    try:
        return bool(applied) and State(applied).nodes == state.nodes
    except NotDone:
        return False


def _clear() -> None:
    """Take away the portal's tables and the functions of its triggers; extensions stay."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        if names:
            cursor.execute("DROP TABLE {} CASCADE".format(", ".join(f'"{name}"' for name in names)))
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function}")


@contextmanager
def _standing_in(side: Path) -> Iterator[None]:
    """The default database is another file for a while."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(side)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def _copy(source: Path, target: Path) -> None:
    """One SQLite file over another, as one transaction of the other."""
    connection.close()
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target, timeout=20)) as over:
        whole.backup(over)


def _first(cursor, question: str) -> int:
    return _row(cursor, question)[0]


def _row(cursor, question: str) -> tuple | None:
    cursor.execute(question)
    return cursor.fetchone()
