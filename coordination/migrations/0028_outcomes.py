"""Conclusions that ask for no task are settled with a reason; two who change one are told apart."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import records.fields


class Migration(migrations.Migration):
    dependencies = [("agencies", "0009_certificates"), ("coordination", "0027_session")]

    operations = [
        migrations.AddField("conclusion", "settled_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "conclusion",
            "settled_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.membership",
            ),
        ),
        migrations.AddField("conclusion", "settled_reason", records.fields.Prose(blank=True)),
        migrations.AddField("conclusion", "revision", models.PositiveIntegerField(default=1)),
        migrations.AddConstraint(
            "conclusion",
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_reason="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settled_reason=""),
                name="conclusion_settled_with_reason",
            ),
        ),
    ]
