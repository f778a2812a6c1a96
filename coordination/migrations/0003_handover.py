"""Handovers: which part in a task or program passed from which agency to which."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields

_PARTS = [
    ("lead", "Lead agency"),
    ("coordinator", "Coordinating agency"),
    ("confirming", "Confirming agency"),
    ("drafting", "Drafting agency"),
    ("party", "Party"),
    ("signs_through", "Signs for the party"),
]


def _points_at(model, name, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model, **options
    )


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_append_only"), ("agencies", "0006_reorganisation")]
    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(choices=_PARTS, max_length=15)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("merged", models.BooleanField(default=False)),
                ("body", records.fields.Line(blank=True, max_length=150)),
                ("on", models.DateField()),
                ("act", _points_at("agencies.reorganisation", "handovers")),
                ("from_agency", _points_at("agencies.agency", "handed_over")),
                ("to_agency", _points_at("agencies.agency", "taken_over")),
                ("office", _points_at("agencies.office", "+", blank=True, null=True)),
                ("program", _points_at("coordination.program", "handovers", blank=True, null=True)),
                ("task", _points_at("coordination.task", "handovers", blank=True, null=True)),
            ],
            options={
                "ordering": ["on", "pk"],
                "indexes": [models.Index(fields=["task", "part", "on"], name="handover_of_task")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(part__in=[part for part, _label in _PARTS]), name="handover_part_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(task=None, program__isnull=False)
                        | models.Q(task__isnull=False, program=None),
                        name="handover_of_task_or_program",
                    ),
                ],
            },
        ),
    ]
