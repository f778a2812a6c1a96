import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from records.constraints import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("coordination", "0012_lists")]

    operations = [
        migrations.AlterField(
            model_name="tasktable",
            name="program",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="task_tables",
                to="coordination.program",
            ),
        ),
        migrations.AddField(
            model_name="tasktable", name="tasks_changed", field=models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="tasktable", name="undone_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="tasktable",
            constraint=models.CheckConstraint(
                condition=Q(undone_at=None) | Q(taken_in_at__isnull=False), name="tasktable_undone_after_taken_in"
            ),
        ),
        migrations.CreateModel(
            name="TakenRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("before", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField()),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="coordination.tasktable"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="coordination.task"
                    ),
                ),
            ],
            options={
                "ordering": ["table", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("table", "task"), name="takenrow_task_once_in_table")
                ],
            },
        ),
        migrations.CreateModel(
            name="TableLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signature", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "signature"), name="tablelayout_once_in_agency")
                ],
            },
        ),
        AppendOnly("coordination_takenrow"),
    ]
