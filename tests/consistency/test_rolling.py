"""The code of before works on tables of the next version, or the release says that it stops first.

Rule: R-DEPLOY-8.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.fields import NOT_PROVIDED

from tests.consistency.tree import PROJECT

# The first tables; whoever runs older ones has no second machine.
FIRST = {"agencies": 11, "coordination": 31, "records": 7, "reports": 8}
_TAKEN_AWAY = (
    migrations.RemoveField,
    migrations.RenameField,
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def breaks_code_of_before(operation: Operation, app: str, before: ProjectState) -> bool:
    """Whether code that knows nothing of an operation asks for what is gone, or writes rows that are refused."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return any(breaks_code_of_before(one, app, before) for one in operation.database_operations)
    if isinstance(operation, migrations.AddField):
        return not _may_be_left_out(operation.field)
    if isinstance(operation, migrations.AlterField):
        was = before.models[app, operation.model_name_lower].fields[operation.name]
        return was.null and not _may_be_left_out(operation.field)
    return isinstance(operation, _TAKEN_AWAY)


def _may_be_left_out(field: models.Field) -> bool:
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def later(loader: MigrationLoader) -> Iterator[migrations.Migration]:
    """Migrations that came after the first tables."""
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if name[:4].isdigit() and int(name[:4]) > FIRST.get(app, 10_000):
            yield migration


def faults_of(loader: MigrationLoader, told: str) -> list[str]:
    """Migrations code of before does not survive and nobody was told of; `told` is the page of a new version."""
    found = []
    for migration in later(loader):
        before = loader.project_state((migration.app_label, migration.name), at_end=False)
        broken = [one for one in migration.operations if breaks_code_of_before(one, migration.app_label, before)]
        if broken and f"`{migration.app_label}.{migration.name}`" not in told:
            found += [f"{migration.app_label}.{migration.name}: {one.describe()}" for one in broken]
    return found


def page_of_a_new_version() -> str:
    return Path(PROJECT, "docs", "deploy.md").read_text()


def test_the_code_of_before_survives_every_later_migration_or_the_page_names_it():
    assert faults_of(MigrationLoader(None), page_of_a_new_version()) == []


@pytest.mark.parametrize(
    ("operation", "is_refused"),
    [
        (migrations.RemoveField("task", "title"), True),
        (migrations.RenameField("task", "title", "name"), True),
        (migrations.DeleteModel("task"), True),
        (migrations.AddField("task", "weight", models.IntegerField(default=1)), True),
        (migrations.AddField("task", "weight", models.IntegerField(db_default=1)), False),
        (migrations.AddField("task", "weight", models.IntegerField(null=True)), False),
        (migrations.AlterField("task", "done_on", models.DateField()), True),
        (migrations.AlterField("task", "done_on", models.DateField(null=True, blank=True)), False),
        (migrations.CreateModel("Weight", [("id", models.BigAutoField(primary_key=True))]), False),
    ],
)
def test_what_is_refused(operation, is_refused):
    before = ProjectState()
    fields = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=9)),
        ("done_on", models.DateField(null=True)),
    ]
    migrations.CreateModel("Task", fields).state_forwards("coordination", before)
    assert breaks_code_of_before(operation, "coordination", before) is is_refused
