"""Tables that only grow cannot be emptied either, on databases made before that was so."""

from django.db import migrations

from records.constraints import AppendOnly, Lift

TABLES = (
    "coordination_programstatechange", "coordination_taskstatechange", "coordination_duedatechange",
    "coordination_progressreport",
)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0003_handover")]
    operations = [operation for table in TABLES for operation in (Lift(AppendOnly(table)), AppendOnly(table))]
