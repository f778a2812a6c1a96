"""Rows of workbooks that report progress."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from records.constraints import AppendOnly, Lift

_TAKEN = AppendOnly("coordination_takenrow")


class Migration(migrations.Migration):
    dependencies = [("coordination", "0019_endings")]

    operations = [
        migrations.AddField("tasktable", "tasks_reported", models.PositiveSmallIntegerField(default=0)),
        Lift(_TAKEN),
        migrations.AddField(
            "takenrow",
            "report",
            models.ForeignKey(
                blank=True, null=True, on_delete=PROTECT, related_name="+", to="coordination.progressreport"
            ),
        ),
        _TAKEN,
    ]
