from django.db import migrations

from records.constraints import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("coordination", "0001_initial")]
    operations = [
        AppendOnly("coordination_programstatechange"),
        AppendOnly("coordination_taskstatechange"),
        AppendOnly("coordination_duedatechange"),
        AppendOnly("coordination_progressreport"),
    ]
