"""What `manage.py serve` still has to do before it opens the door."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal.condition.looks.database import pending_migrations

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("app", ["records", "agencies", "coordination", "reports", "axes"])
def test_a_migration_the_database_has_not_seen_is_pending(app: str):
    assert pending_migrations() == []
    [last] = MigrationLoader(connection).graph.leaf_nodes(app)
    MigrationRecorder(connection).record_unapplied(*last)
    assert [(migration.app_label, migration.name) for migration, _is_backwards in pending_migrations()] == [last]


def test_an_empty_database_has_seen_none():
    MigrationRecorder.Migration.objects.all().delete()
    pending = {(migration.app_label, migration.name) for migration, _is_backwards in pending_migrations()}
    assert set(MigrationLoader(connection).graph.leaf_nodes()) <= pending
