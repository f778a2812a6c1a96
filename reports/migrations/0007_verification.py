"""What the strip of an issued paper prints, and papers taken back."""

import django.db.models.deletion
from django.db import migrations, models

import records.fields
from records.constraints import AppendOnly, Lift


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_signing"), ("agencies", "0007_groups")]

    operations = [
        Lift(AppendOnly("reports_issueddocument")),
        migrations.AddField("issueddocument", "code", models.CharField(blank=True, db_index=True, default="", max_length=12), preserve_default=False),
        migrations.AddField("issueddocument", "version_label", models.CharField(blank=True, default="", max_length=12), preserve_default=False),
        migrations.AddField("issueddocument", "printed_digest", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
        migrations.AddField("issueddocument", "issuer", records.fields.Line(blank=True, default="", max_length=400), preserve_default=False),
        AppendOnly("reports_issueddocument"),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn_on", models.DateField()),
                ("reason", records.fields.Prose()),
                ("by_paper", records.fields.Line(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("document", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="reports.issueddocument")),
                ("recorded_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="withdrawal_has_reason")],
            },
        ),
        AppendOnly("reports_withdrawal"),
    ]
