"""Rows written as the database takes them quickest: COPY on PostgreSQL, many at once on SQLite.

Indexes and foreign keys of the large tables are taken away before and set up again afterwards, so that PostgreSQL
checks every row at the end, all at once.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import GeneratedField, Max

_AT_ONCE = 20_000
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Table:
    """Rows of one model on their way to the database: named columns are given, the others get the field's default."""

    def __init__(self, model: type[models.Model], *columns: str):
        self.model = model
        fields = [one for one in model._meta.concrete_fields if not isinstance(one, GeneratedField)]
        self._given = {name: place for place, name in enumerate(columns)}
        if unknown := set(columns) - {field.attname for field in fields}:
            raise ValueError(f"{model.__name__} has no column {sorted(unknown)}")
        rest = [field for field in fields if field.attname not in self._given and not field.primary_key]
        by_name = {field.attname: field for field in fields}
        self._columns = [by_name[name].column for name in columns] + [field.column for field in rest]
        self._rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in rest)
        self._waiting: list[tuple] = []
        self.next_id = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.count = 0
        self._tail = "\t".join(map(_written, self._rest))

    def take_id(self) -> int:
        """A number no row has yet."""
        self.next_id += 1
        return self.next_id - 1

    def add(self, *values) -> None:
        """One row, its values in the order of the named columns."""
        self._waiting.append(values)
        if len(self._waiting) >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            (_copy if connection.vendor == "postgresql" else _insert)(self, self._waiting)
            self.count += len(self._waiting)
            self._waiting = []


def _copy(table: Table, rows: list[tuple]) -> None:
    tail = f"\t{table._tail}\n" if table._rest else "\n"
    lines = io.StringIO("".join("\t".join(map(_written, row)) + tail for row in rows))
    columns = ", ".join(f'"{column}"' for column in table._columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table.model._meta.db_table}" ({columns}) FROM STDIN', lines)


def _insert(table: Table, rows: list[tuple]) -> None:
    columns = ", ".join(f'"{column}"' for column in table._columns)
    places = ", ".join(["%s"] * len(table._columns))
    with connection.cursor() as cursor:
        command = f'INSERT INTO "{table.model._meta.db_table}" ({columns}) VALUES ({places})'
        cursor.executemany(command, [row + table._rest for row in rows])


def _written(value) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPED) if "\\" in value or "\n" in value or "\t" in value else value
    return str(value)


@lru_cache(maxsize=100_000)
def moment(day, hour: int) -> str:
    """A moment of a day by the clock on the wall here, from seven in the morning on, as the database writes it."""
    written = f"{day} {hour - 7:02}:00:00"
    return f"{written}+00" if connection.vendor == "postgresql" else written


@contextmanager
def filling(models_to_fill: Iterable[type[models.Model]]) -> Iterator[None]:
    """One transaction in which the large tables have no indexes and foreign keys; they are back at its end, proved."""
    tables = [model._meta.db_table for model in models_to_fill]
    with transaction.atomic():
        back = _bared(tables) if connection.vendor == "postgresql" else []
        yield
        with connection.cursor() as cursor:
            for command in back:
                cursor.execute(command)
            for command in connection.ops.sequence_reset_sql(no_style(), list(models_to_fill)):
                cursor.execute(command)


def _bared(tables: list[str]) -> list[str]:
    """Take foreign keys and indexes that guard nothing away; the commands that bring them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text = ANY(%s) ORDER BY 1, 2",
            [tables],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1",
            [tables],
        )
        indexes = cursor.fetchall()
        for table, name, _written_out in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _written_out in indexes:
            cursor.execute(f"DROP INDEX {name}")
        # What triggers would keep for each row is counted once at the end.
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
    return (
        [written for _name, written in indexes]
        + [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {written}' for table, name, written in keys]
        + [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
    )


def settle() -> None:
    """Let the database know how much it has, as it would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
