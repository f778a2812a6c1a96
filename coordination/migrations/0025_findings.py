"""Findings: whom a recommendation is addressed to, what a limitation repeats, and why its remedy was waived."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import records.fields


def _to(model, name="+"):
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_certificates"), ("coordination", "0024_grading")]

    operations = [
        migrations.AddField("finding", "addressee", _to("agencies.agency", "recommendations")),
        migrations.AddField("finding", "addressee_words", records.fields.Line(blank=True, max_length=200)),
        migrations.AddField("finding", "repeats", _to("coordination.finding", "repeated_by")),
        migrations.AddField("finding", "waived_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("finding", "waived_by", _to("agencies.membership")),
        migrations.AddField("finding", "waiver_reason", records.fields.Prose(blank=True)),
        migrations.AddField("finding", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            "finding",
            models.CheckConstraint(
                condition=Q(waived_at=None, waived_by=None, waiver_reason="")
                | Q(waived_at__isnull=False, waived_by__isnull=False, kind="limitation") & ~Q(waiver_reason=""),
                name="finding_limitation_waived_with_reason",
            ),
        ),
        migrations.AddConstraint(
            "finding",
            models.CheckConstraint(
                condition=Q(remedied_by=None) | Q(waived_at=None), name="finding_remedied_or_waived"
            ),
        ),
        migrations.AddConstraint(
            "finding",
            models.CheckConstraint(
                condition=Q(repeats=None) | Q(kind="limitation") & ~Q(repeats=F("pk")),
                name="finding_only_limitation_repeats",
            ),
        ),
        migrations.AddConstraint(
            "finding",
            models.CheckConstraint(
                condition=Q(addressee=None, addressee_words="")
                | Q(kind="recommendation") & (Q(addressee=None) | Q(addressee_words="")),
                name="finding_recommendation_has_one_addressee",
            ),
        ),
    ]
