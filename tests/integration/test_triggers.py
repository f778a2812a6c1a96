"""What migrations set up in the database itself stands there: SQLite loses triggers when a table is made anew."""

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from records.constraints import Lift, Trigger

pytestmark = pytest.mark.django_db
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def names_of(guard: Trigger) -> set[str]:
    """The triggers one rule is made of on this database."""
    return set(re.findall(r"CREATE TRIGGER (\w+)", "\n".join(guard.statements(connection.vendor))))


def set_up_by_migrations() -> set[str]:
    """The triggers all migrations together leave behind, one after another."""
    graph, left = MigrationLoader(None).graph, set()
    seen: list = []
    for leaf in graph.leaf_nodes():
        seen += [node for node in graph.forwards_plan(leaf) if node not in seen]
    for node in seen:
        for operation in graph.nodes[node].operations:
            if isinstance(operation, Trigger):
                left |= names_of(operation)
            elif isinstance(operation, Lift):
                left -= names_of(operation.guard)
    return left


def test_every_trigger_of_the_migrations_stands_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    expected = set_up_by_migrations()
    assert len(expected) > 30
    assert sorted(expected - standing) == []
