"""The working days of years an office has set itself."""

from django.db import migrations, models
from django.db.models.deletion import CASCADE

import records.fields


class Migration(migrations.Migration):
    dependencies = [("records", "0004_mail")]

    operations = [
        migrations.CreateModel(
            name="WorkYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("source", records.fields.Line(blank=True, max_length=400, verbose_name="source")),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(year__gte=2000, year__lte=2100), name="workyear_in_range"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("kind", models.CharField(choices=[("holiday", "Public holiday"), ("in_lieu", "Day off for a holiday at a weekend"), ("swapped", "Working day given free, worked on another"), ("worked", "Day of rest worked instead")], max_length=10, verbose_name="kind")),
                ("name", records.fields.Line(max_length=120, verbose_name="name")),
                ("year", models.ForeignKey(on_delete=CASCADE, related_name="days", to="records.workyear")),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(kind__in=["holiday", "in_lieu", "swapped", "worked"]), name="specialday_kind_known"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="specialday_has_name"),
                ],
            },
        ),
    ]
