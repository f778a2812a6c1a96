"""The audit tells account, role, agency and wall-clock time; its head is sealed; its table cannot be emptied."""

from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac

from records.constraints import AppendOnly, ForwardOnly, Lift


def seal_the_head(apps, schema_editor):
    """The chain as it stands is taken for whole: what was cut before there was a seal cannot be told any more."""
    entries = apps.get_model("records", "AuditEntry").objects
    sequence, digest = entries.order_by("-sequence").values_list("sequence", "digest").first() or (0, "")
    sealed = salted_hmac("records.audit.head", f"{sequence}:{digest}", secret=settings.SECRET_KEY, algorithm="sha256")
    apps.get_model("records", "AuditHead").objects.create(
        id=1, sequence=sequence, digest=digest, seal=sealed.hexdigest()
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0002_append_only")]
    operations = [
        Lift(AppendOnly("records_auditentry")),
        migrations.AddField("auditentry", "agency_label", models.CharField(blank=True, default="", max_length=200), preserve_default=False),
        migrations.AddField("auditentry", "layout", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("auditentry", "local_at", models.CharField(blank=True, default="", max_length=32), preserve_default=False),
        migrations.AddField("auditentry", "object_code", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("auditentry", "role", models.CharField(blank=True, default="", max_length=20), preserve_default=False),
        migrations.AddField("auditentry", "role_label", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("auditentry", "user_id", models.BigIntegerField(null=True)),
        migrations.AddField("auditentry", "user_name", models.CharField(blank=True, default="", max_length=150), preserve_default=False),
        migrations.AlterField(
            model_name="auditentry",
            name="action",
            field=models.CharField(choices=[('created', 'Created'), ('changed', 'Changed'), ('moved', 'Moved to another state'), ('reported', 'Reported progress'), ('exported', 'Exported'), ('issued', 'Issued'), ('signed_in', 'Signed in'), ('signed_out', 'Signed out'), ('sign_in_failed', 'Sign-in failed'), ('refused', 'Refused'), ('locked_out', 'Locked out after wrong tries'), ('downloaded', 'Downloaded'), ('invited', 'Invited'), ('ended', 'Ended'), ('handed_over', 'Handed over'), ('undone', 'Undone')], max_length=40),
        ),
        migrations.AddIndex("auditentry", models.Index(fields=["at"], name="auditentry_at")),
        migrations.AddIndex("auditentry", models.Index(fields=["unit_id", "sequence"], name="auditentry_unit")),
        migrations.AddIndex("auditentry", models.Index(fields=["user_id", "sequence"], name="auditentry_user")),
        migrations.AddIndex("auditentry", models.Index(fields=["user_name", "sequence"], name="auditentry_user_name")),
        migrations.AddIndex("auditentry", models.Index(fields=["action", "sequence"], name="auditentry_action")),
        migrations.AddIndex("auditentry", models.Index(fields=["object_kind", "sequence"], name="auditentry_kind")),
        migrations.AddIndex("auditentry", models.Index(fields=["address", "sequence"], name="auditentry_address")),
        migrations.AddIndex("auditentry", models.Index(fields=["request_id"], name="auditentry_request")),
        AppendOnly("records_auditentry"),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(blank=True, max_length=64)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audithead_is_one")]},
        ),
        migrations.RunPython(seal_the_head, migrations.RunPython.noop, elidable=False),
        ForwardOnly("records_audithead", "sequence"),
    ]
