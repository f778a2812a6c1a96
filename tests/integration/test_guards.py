"""The rules the database keeps by itself: those the migrations set up are there on both engines, and no others."""

import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from records.audit.enums import AuditAction
from records.audit.services import record
from records.beside import KeptBeside
from records.constraints import AppendOnly, ForwardOnly, Lift, _Trigger

pytestmark = pytest.mark.django_db


def guards() -> list[_Trigger]:
    """What the migrations leave in place: every guard set up, less those lifted again."""
    standing = {}
    for operation in operations():
        if isinstance(operation, Lift):
            del standing[_mark(operation.guard)]
        elif isinstance(operation, _Trigger):
            standing[_mark(operation)] = operation
    return list(standing.values())


def kept_beside() -> list[KeptBeside]:
    """The sums and marks the migrations have the database keep beside its tables."""
    return [operation for operation in operations() if isinstance(operation, KeptBeside)]


def operations() -> Iterator[Operation]:
    """What all migrations do, in order."""
    graph = MigrationLoader(None).graph
    for key in graph._generate_plan(graph.leaf_nodes(), at_end=True):
        yield from graph.nodes[key].operations


def _mark(guard: _Trigger) -> tuple:
    return type(guard).__name__, str(guard.deconstruct()[1])


def promised() -> set[tuple[str, str]]:
    """Trigger and table, as the statements of the standing guards name them."""
    created = re.compile(r"CREATE TRIGGER (\w+) (?:BEFORE|AFTER) [\w ]+? ON (\w+)")
    statements = [statement for guard in guards() for statement in guard.statements(connection.vendor)]
    statements += [statement for kept in kept_beside() for statement in kept.making(connection.vendor)]
    return {found for statement in statements for found in created.findall(statement)}


def kept() -> set[tuple[str, str]]:
    """The triggers the database has, switched on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
                " WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
        else:
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        return set(cursor.fetchall())


def test_the_database_has_the_guards_the_migrations_promise():
    assert kept() == promised()


def test_the_audit_is_among_what_is_guarded():
    tables = {(type(guard), guard.table) for guard in guards()}
    assert {(AppendOnly, "records_auditentry"), (ForwardOnly, "records_audithead")} <= tables


def test_a_guard_that_was_lost_would_be_noticed():
    name = {"postgresql": "records_auditentry_append_only ON records_auditentry"}.get(
        connection.vendor, "records_auditentry_no_update"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
    assert promised() - kept() == {(name.split()[0], "records_auditentry")}


@pytest.mark.parametrize("table", ["records_auditentry", "records_audithead"])
def test_the_audit_cannot_be_emptied(table):
    record(AuditAction.CHANGED)
    empty = f"TRUNCATE {table}" if connection.vendor == "postgresql" else f"DELETE FROM {table}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(empty)
