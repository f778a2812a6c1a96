"""Tasks are found by parts of their code and name (R-FIND-2, ADR 17), and what happened last is found without reading all
that ever happened.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from records.finding import PartsIndex


class Trigrams(TrigramExtension):
    """The extension of PostgreSQL; where there is none, going back has nothing to take away."""

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0016_entry")]
    operations = [
        Trigrams(),
        migrations.AddIndex(
            model_name="task",
            index=PartsIndex(fields=["title_folded"], name="task_title_parts"),
        ),
        migrations.AddIndex(
            model_name="progressreport",
            index=models.Index(fields=["-entered_at", "-id"], name="progressreport_newest"),
        ),
        migrations.AddIndex(
            model_name="taskstatechange",
            index=models.Index(
                fields=["-at", "-id"], condition=models.Q(from_state="awaiting"), name="taskstatechange_decided"
            ),
        ),
    ]
