"""Task forms that were filled in and not saved."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_reorganisation"), ("coordination", "0015_reminders")]

    operations = [
        migrations.CreateModel(
            name="UnsavedTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=40)),
                ("typed", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField()),
                ("member", models.ForeignKey(on_delete=CASCADE, related_name="unsaved_tasks", to="agencies.membership")),
                ("program", models.ForeignKey(on_delete=CASCADE, related_name="unsaved_tasks", to="coordination.program")),
                ("task", models.ForeignKey(blank=True, null=True, on_delete=CASCADE, related_name="unsaved", to="coordination.task")),
            ],
            options={
                "ordering": ["-saved_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "mark"), name="unsavedtask_one_a_form"),
                    models.CheckConstraint(condition=models.Q(("mark", ""), _negated=True), name="unsavedtask_has_mark"),
                ],
            },
        ),
    ]
