"""What a program rests on outside the portal, task tables taken in, carry-over."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import CASCADE, PROTECT, SET_NULL

from records.fields import Line

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_reorganisation"),
        ("records", "0001_initial"),
        ("coordination", "0009_register"),
    ]
    operations = [
        migrations.CreateModel(
            name="FoundationPaper",
            fields=[
                _ID,
                ("kind", Line(blank=True, max_length=60, verbose_name="kind")),
                ("title", Line(blank=True, max_length=300, verbose_name="title")),
                ("number", Line(blank=True, max_length=60, verbose_name="number and symbol")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="date")),
                ("parties", Line(blank=True, max_length=300, verbose_name="parties")),
                (
                    "program",
                    models.OneToOneField(on_delete=CASCADE, related_name="foundation", to="coordination.program"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(kind="", title="", number="", parties="", dated_on=None),
                        name="foundationpaper_says_something",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="TaskTable",
            fields=[
                _ID,
                ("sent_at", models.DateTimeField()),
                ("taken_in_at", models.DateTimeField(blank=True, null=True)),
                ("tasks_added", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="+", to="agencies.membership")),
                ("file", models.ForeignKey(on_delete=PROTECT, related_name="+", to="records.storedfile")),
                (
                    "program",
                    models.ForeignKey(on_delete=PROTECT, related_name="task_tables", to="coordination.program"),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=SET_NULL, related_name="+", to="coordination.section"
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(taken_in_at=None, tasks_added=None)
                        | Q(taken_in_at__isnull=False, tasks_added__isnull=False),
                        name="tasktable_taken_in_is_counted",
                    )
                ],
            },
        ),
    ]
