"""Rows written so that any database can take them back exactly: one line of JSON for each, in the order of their keys.

Why through the fields of the models: they know what a column means, whichever way an engine keeps it. What is generated
by the database is left out; documents in JSON go as the text they are.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.db import models
from django.db.models import GeneratedField
from django.db.models.functions import Cast

_AT_ONCE = 1000
_MOST_PIECE = 512 * 1024 * 1024
_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=lambda value: _neutral(value)).encode
_sorted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True)
class Table:
    """A table of the database and the fields of its columns."""

    model: type[models.Model]
    fields: tuple[models.Field, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    @property
    def documents(self) -> list[int]:
        """Places of the columns that hold documents in JSON."""
        return [place for place, field in enumerate(self.fields) if isinstance(field, models.JSONField)]

    @property
    def counts_itself(self) -> bool:
        """Whether the database numbers its rows."""
        return isinstance(self.model._meta.pk, models.AutoField)

    def rows(self) -> Iterator[tuple]:
        """Every row in the order of the keys, values as Python has them and documents as text."""
        casts = {
            f"text_of_{self.fields[n].attname}": Cast(self.fields[n].name, models.TextField()) for n in self.documents
        }
        names = [
            f"text_of_{field.attname}" if isinstance(field, models.JSONField) else field.attname
            for field in self.fields
        ]
        rows = self.model._base_manager.annotate(**casts).order_by("pk").values_list(*names)
        return rows.iterator(chunk_size=_AT_ONCE)


class Account:
    """How many rows of a table went by, and their digest, which is the same whichever engine kept them."""

    def __init__(self, table: Table):
        self._documents, self._digest, self.rows = table.documents, hashlib.sha256(), 0

    def add(self, row: tuple, line: str) -> None:
        if self._documents:
            values = list(row)
            for place in self._documents:
                values[place] = canonical(values[place])
            line = _line(values)
        self._digest.update(line.encode() + b"\n")
        self.rows += 1

    @property
    def told(self) -> dict[str, int | str]:
        return {"rows": self.rows, "sha256": self._digest.hexdigest()}


def tables_of(found: Iterable[type[models.Model]]) -> list[Table]:
    """The tables of some models, in the order of their names."""
    concrete = [model for model in found if model._meta.managed and not model._meta.proxy]
    kept = {
        model._meta.db_table: Table(
            model, tuple(field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField))
        )
        for model in concrete
    }
    return [kept[name] for name in sorted(kept)]


def pieces(table: Table, account: Account) -> Iterator[bytes]:
    """The rows of a table, packed a thousand at a time; the account is told of each."""
    rows = table.rows()
    while batch := list(islice(rows, _AT_ONCE)):
        lines = [_line(row) for row in batch]
        for row, line in zip(batch, lines, strict=True):
            account.add(row, line)
        yield zlib.compress("\n".join(lines).encode(), 3)


def unpacked(piece: bytes) -> list[list]:
    """The rows of a piece, values as JSON has them. A piece of more than half a gigabyte is none."""
    whole = zlib.decompressobj().decompress(piece, _MOST_PIECE).decode()
    return [json.loads(line) for line in whole.split("\n")]


def account_of(table: Table) -> dict[str, int | str]:
    """Rows and digest of a table as it stands in the database."""
    account = Account(table)
    for row in table.rows():
        account.add(row, _line(row))
    return account.told


def canonical(document: str | None) -> str | None:
    """A document in one fixed writing: PostgreSQL sorts its names and writes numbers its own way."""
    return None if document is None else _sorted(json.loads(document, parse_float=_number))


def _number(written: str) -> int | float:
    value = float(written)
    return int(value) if value.is_integer() else value


def _neutral(value: object) -> str:
    """What JSON has no way to write."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} cannot be written into an archive")
