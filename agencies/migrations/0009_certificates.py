"""Certificates of signature bound to offices and seals; what was registered stays as it was."""

import django.db.models.deletion
import records.fields
from django.db import migrations, models

from records.constraints import Frozen


class Migration(migrations.Migration):
    dependencies = [("agencies", "0008_layout")]

    operations = [
        migrations.CreateModel(
            name="SigningCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("person", "Signature of an office-holder"), ("seal", "Seal of the agency")],
                        max_length=6,
                    ),
                ),
                ("subject", records.fields.Line(max_length=300)),
                ("issuer", records.fields.Line(max_length=300)),
                ("serial", models.CharField(max_length=64)),
                ("fingerprint", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                ("reason", records.fields.Prose()),
                ("registered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("end_reason", records.fields.Prose(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_certificates",
                        to="agencies.agency",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_certificates",
                        to="agencies.office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_certificates",
                        to="agencies.person",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["purpose", "-registered_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("office__isnull", False), ("purpose", "person")),
                            models.Q(("office", None), ("person", None), ("purpose", "seal")),
                            _connector="OR",
                        ),
                        name="signingcertificate_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="signingcertificate_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="signingcertificate_registered_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="signingcertificate_ended_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("office__isnull", False)),
                        fields=("agency", "fingerprint", "office"),
                        name="signingcertificate_once_for_an_office",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("office", None)),
                        fields=("agency", "fingerprint"),
                        name="signingcertificate_once_as_seal",
                    ),
                ],
            },
        ),
        Frozen(
            "agencies_signingcertificate",
            [
                "agency_id",
                "purpose",
                "office_id",
                "person_id",
                "fingerprint",
                "content",
                "valid_from",
                "valid_to",
                "reason",
                "registered_at",
                "registered_by_id",
            ],
            ["ended_at"],
        ),
    ]
