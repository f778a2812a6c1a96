"""The migrations make the tables the models describe."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation


def changes_missing_from(loader: MigrationLoader, models: ProjectState) -> dict[str, list[str]]:
    """What `makemigrations` would write, one line an operation, by app; no database is asked."""
    questioner = NonInteractiveMigrationQuestioner(specified_apps=None, dry_run=True)
    detector = MigrationAutodetector(loader.project_state(), models, questioner)
    found = detector.changes(graph=loader.graph)
    return {app: [step.describe() for one in made for step in one.operations] for app, made in found.items()}


@pytest.fixture(autouse=True)
def untranslated() -> Iterator[None]:
    """Migrations are written without a language."""
    with translation.override(None):
        yield


def test_no_migration_is_missing():
    assert changes_missing_from(MigrationLoader(None), ProjectState.from_apps(apps)) == {}


def test_a_missing_migration_would_be_noticed():
    models = ProjectState.from_apps(apps)
    models.remove_model("records", "auditentry")
    assert "records" in changes_missing_from(MigrationLoader(None), models)


def test_migrations_of_an_app_stand_in_one_line():
    assert MigrationLoader(None).detect_conflicts() == {}
