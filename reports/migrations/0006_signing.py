"""The files parties sign: rounds, fields, every state of a file, one-time addresses."""

import django.db.models.deletion
import records.fields
from django.db import migrations, models

from records.constraints import AppendOnly, Frozen


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_paper_kinds"),
        ("coordination", "0022_signing"),
        ("agencies", "0009_certificates"),
        ("records", "0006_scans"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("field_in_file", models.CharField(blank=True, max_length=120)),
                ("subject", records.fields.Line(blank=True, max_length=300)),
                ("issuer", records.fields.Line(blank=True, max_length=300)),
                ("serial", models.CharField(blank=True, max_length=64)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("has_timestamp", models.BooleanField(default=False)),
                ("revocation_known", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("passed", "Valid (TOTAL-PASSED)"),
                            ("indeterminate", "Not decided (INDETERMINATE)"),
                            ("failed", "Not valid (TOTAL-FAILED)"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("by_hand", "Uploaded on the page"), ("by_tool", "Sent by the signing tool")],
                        max_length=7,
                    ),
                ),
                ("taken_at", models.DateTimeField()),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agencies.signingcertificate",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed_as", to="records.storedfile"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal"],
            },
        ),
        migrations.CreateModel(
            name="SigningField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("person", "Signature of the person"), ("seal", "Seal of the agency")], max_length=6
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("turn", models.PositiveSmallIntegerField()),
                ("page", models.PositiveSmallIntegerField()),
                ("left", models.FloatField()),
                ("bottom", models.FloatField()),
                ("right", models.FloatField()),
                ("top", models.FloatField()),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_fields",
                        to="coordination.signatureslot",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="SigningAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("download_digest", models.CharField(max_length=64, unique=True)),
                ("upload_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("downloaded_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_addresses",
                        to="agencies.membership",
                    ),
                ),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="reports.signedstate"
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addresses", to="reports.signingfield"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="signedstate",
            name="field",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signature",
                to="reports.signingfield",
            ),
        ),
        migrations.CreateModel(
            name="SigningRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document_number", models.PositiveIntegerField()),
                ("document_symbol", records.fields.Line(max_length=60)),
                ("dated_on", models.DateField()),
                ("content_digest", models.CharField(max_length=64)),
                ("title", records.fields.Line(max_length=400)),
                ("prepared_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdraw_reason", records.fields.Prose(blank=True)),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_rounds",
                        to="coordination.programversion",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-prepared_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="signingfield",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="fields", to="reports.signinground"
            ),
        ),
        migrations.AddField(
            model_name="signedstate",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="states", to="reports.signinground"
            ),
        ),
        migrations.AddConstraint(
            model_name="signinground",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("version",),
                name="signinground_one_file_of_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="signinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdraw_reason", ""), _negated=True), _connector="OR"
                ),
                name="signinground_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingfield",
            constraint=models.UniqueConstraint(fields=("round", "turn"), name="signingfield_one_turn"),
        ),
        migrations.AddConstraint(
            model_name="signingfield",
            constraint=models.UniqueConstraint(fields=("round", "name"), name="signingfield_one_name"),
        ),
        migrations.AddConstraint(
            model_name="signingfield",
            constraint=models.UniqueConstraint(
                fields=("slot", "purpose", "round"), name="signingfield_once_for_a_party"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingfield",
            constraint=models.CheckConstraint(
                condition=models.Q(("purpose__in", ["person", "seal"])), name="signingfield_purpose_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="signedstate",
            constraint=models.UniqueConstraint(fields=("round", "ordinal"), name="signedstate_one_of_an_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="signedstate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate", None), ("field", None), ("ordinal", 0), ("signed_at", None)),
                    models.Q(
                        ("certificate__isnull", False),
                        ("field__isnull", False),
                        ("ordinal__gte", 1),
                        ("signed_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="signedstate_first_is_unsigned",
            ),
        ),
        Frozen(
            "reports_signinground",
            [
                "version_id",
                "document_number",
                "document_symbol",
                "dated_on",
                "content_digest",
                "prepared_at",
                "prepared_by_id",
            ],
            ["withdrawn_at"],
        ),
        AppendOnly("reports_signingfield"),
        AppendOnly("reports_signedstate"),
    ]
