from django.db import migrations, models

import records.fields


class Migration(migrations.Migration):
    dependencies = [("records", "0006_scans")]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("title", records.fields.Line(max_length=400)),
                ("key", models.CharField(max_length=200)),
                ("values", models.JSONField(default=dict)),
                ("asked_by", models.BigIntegerField()),
                ("unit_id", models.BigIntegerField(null=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("request_id", models.CharField(blank=True, max_length=36)),
                ("asked_from", models.CharField(blank=True, max_length=500)),
                ("leads_to", models.CharField(blank=True, max_length=500)),
                ("state", models.CharField(choices=[("waiting", "Waiting for its turn"), ("running", "Being made"), ("done", "Ready"), ("failed", "Not made")], default="waiting", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("reason", records.fields.Line(blank=True, max_length=500)),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("holder", models.CharField(blank=True, max_length=32)),
                ("lease_until", models.DateTimeField(null=True)),
                ("result_name", records.fields.Line(blank=True, max_length=150)),
                ("result_type", models.CharField(blank=True, max_length=100)),
                ("result_sha256", models.CharField(blank=True, max_length=64)),
                ("result_bytes", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [models.Index(fields=["state", "due_at"], name="job_due")],
                "constraints": [models.UniqueConstraint(fields=("asked_by", "key"), name="job_once_for_a_person"), models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "running", "done", "failed"])), name="job_state_known"), models.CheckConstraint(condition=models.Q(models.Q(("lease_until__isnull", False), ("state", "running"), models.Q(("holder", ""), _negated=True)), models.Q(models.Q(("state", "running"), _negated=True), ("holder", ""), ("lease_until", None)), _connector="OR"), name="job_held_while_it_runs"), models.CheckConstraint(condition=models.Q(models.Q(("ended_at__isnull", False), ("state__in", ("done", "failed"))), models.Q(("ended_at", None), ("state__in", ("waiting", "running"))), _connector="OR"), name="job_ended_at_its_end"), models.CheckConstraint(condition=models.Q(models.Q(("state", "failed"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"), name="job_says_why_it_failed"), models.CheckConstraint(condition=models.Q(("done__lte", models.F("total")), ("total", 0), _connector="OR"), name="job_done_within_total")],
            },
        ),
    ]
