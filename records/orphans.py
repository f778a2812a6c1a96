"""Rows that point at rows which are not there: none can be while the database keeps its word, and some may be after
rows were loaded or restored by hand with its checks switched off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext as _

MOST_OF_A_COLUMN = 20


@dataclass(frozen=True)
class Orphan:
    """A row, and the column that points nowhere."""

    model: str
    pk: object
    column: str
    target: object

    def __str__(self) -> str:
        return _(
            "Row %(pk)s of %(model)s points by %(column)s at %(target)s, which is not there. Compare with a backup "
            "made before."
        ) % vars(self)


def orphan_rows() -> Iterator[Orphan]:
    """Rows of every table whose foreign key leads nowhere, at most twenty of a column."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.local_concrete_fields:
            # What is derived and may outlive its row says so; everything else the database should have refused.
            if isinstance(column, models.ForeignKey) and column.db_constraint and model._meta.managed:
                yield from _of(model, column)


def _of(model: type[models.Model], column: models.ForeignKey) -> Iterator[Orphan]:
    quoted = connection.ops.quote_name
    target = column.target_field
    names = {
        "child": quoted(model._meta.db_table),
        "key": quoted(model._meta.pk.column),
        "column": quoted(column.column),
        "parent": quoted(target.model._meta.db_table),
        "target": quoted(target.column),
    }
    statement = (
        "SELECT child.{key}, child.{column} FROM {child} child LEFT JOIN {parent} parent"
        " ON parent.{target} = child.{column} WHERE child.{column} IS NOT NULL AND parent.{target} IS NULL"
        " ORDER BY child.{key} LIMIT %s"
    ).format(**names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [MOST_OF_A_COLUMN])
        for pk, led_to in cursor.fetchall():
            yield Orphan(model._meta.label, pk, column.name, led_to)
