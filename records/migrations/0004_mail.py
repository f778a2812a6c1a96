from django.db import migrations, models

import records.fields


class Migration(migrations.Migration):
    dependencies = [("records", "0003_audit")]
    operations = [
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("to", models.EmailField(max_length=254)),
                ("subject", records.fields.Line(max_length=200)),
                ("body", records.fields.Prose(blank=True)),
                ("state", models.CharField(choices=[("waiting", "Waiting to be sent"), ("sent", "Sent"), ("given_up", "Could not be sent")], default="waiting", max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("written_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("useless_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("last_fault", records.fields.Line(blank=True, max_length=300)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "next_try_at"], name="outgoingmail_due")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("state__in", ["waiting", "sent", "given_up"])), name="outgoingmail_state_known"),
                    models.CheckConstraint(condition=models.Q(models.Q(("ended_at", None), ("state", "waiting")), models.Q(("body", ""), ("ended_at__isnull", False)), _connector="OR"), name="outgoingmail_words_go_with_the_end"),
                ],
            },
        ),
    ]
