"""Rows on their way back: the guards of the database are lifted for the length of one transaction, and told so here.

Why lifted: an append-only table refuses to be emptied and a sum kept by a trigger would be counted twice. What comes in
has passed these guards where it was made, and is compared row for row afterwards.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models

from portal.backup.rows import Table

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_READ: dict[type[models.Field], Callable] = {
    models.DateTimeField: datetime.fromisoformat,
    models.DateField: date.fromisoformat,
    models.TimeField: time.fromisoformat,
    models.DecimalField: Decimal,
    models.UUIDField: UUID,
    models.BinaryField: bytes.fromhex,
}


@contextmanager
def guards_lifted(tables: list[Table]) -> Iterator[None]:
    """Inside a transaction: the tables are empty and no trigger fires; at the end each stands again as it stood."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in tables)
            _each(cursor, [f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER' for table in tables])
            cursor.execute(f"TRUNCATE {names} CONTINUE IDENTITY")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield
            # Foreign keys are proved here and now: a table with rows still to be proved cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _each(cursor, [f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER' for table in tables])
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
        standing = cursor.fetchall()
        _each(cursor, [f'DROP TRIGGER "{name}"' for name, _written in standing])
        _each(cursor, [f'DELETE FROM "{table.name}"' for table in tables])
        yield
        connection.check_constraints()
        _each(cursor, [written for _name, written in standing])


def load(table: Table, rows: list[list]) -> None:
    """Write rows as an archive has them."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            binary = {n for n, field in enumerate(table.fields) if _lies_in(field) is models.BinaryField}
            lines = ("\t".join(_copied(v, n in binary) for n, v in enumerate(row)) for row in rows)
            cursor.copy_expert(f'COPY "{table.name}" ({columns}) FROM STDIN', io.StringIO("\n".join(lines) + "\n"))
            return
        places = ", ".join(["%s"] * len(table.fields))
        ways = [_way_back(field) for field in table.fields]
        values = [tuple(way(value) for way, value in zip(ways, row, strict=True)) for row in rows]
        cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', values)


def go_on_from(numbers: dict[str, int], tables: list[Table]) -> None:
    """The next number of each table is the one after the last it ever gave."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in {table.name for table in tables} & numbers.keys():
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, numbers[name]])
            return
        _each(cursor, connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables]))
        for table in tables:
            if table.counts_itself and numbers.get(table.name, 0) > 0:
                place = [table.name, table.model._meta.pk.column, numbers[table.name]]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", place)


def _each(cursor, statements: list[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def _lies_in(field: models.Field) -> type[models.Field]:
    """The kind of field whose writing a column has; a foreign key has that of the key it points to."""
    while field.remote_field:
        field = field.target_field
    return next((kind for kind in _READ if isinstance(field, kind)), models.Field)


def _way_back(field: models.Field) -> Callable:
    """From the archive's writing of a value to the one SQLite keeps."""
    read = _READ.get(_lies_in(field))
    if read is None:
        return lambda value: value
    return lambda value: None if value is None else field.get_db_prep_save(read(value), connection)


def _copied(value: object, is_binary: bool) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if is_binary:
        return f"\\\\x{value}"
    return value.translate(_ESCAPED) if isinstance(value, str) else str(value)
