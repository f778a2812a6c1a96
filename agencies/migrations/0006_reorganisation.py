"""Acts of reorganisation, their steps and their journal; which successor goes on with the work of a body that ended."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

import records.fields

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
_STATES = [("prepared", "Prepared"), ("applied", "Applied"), ("undone", "Undone")]
_SUBJECTS = [("unit", "Administrative unit"), ("agency", "Agency")]
_KINDS = [
    ("rename", "Rename"),
    ("merge", "Merge"),
    ("split", "Split"),
    ("close", "Close"),
    ("move", "Move under another body"),
]
_JSON = django.core.serializers.json.DjangoJSONEncoder


def parts_have_no_main_successor(apps, schema_editor):
    """Where a body passed in part only, nothing says who goes on with its work."""
    for name in ("UnitSuccession", "AgencySuccession"):
        apps.get_model("agencies", name).objects.filter(share_percent__lt=100).update(is_main=False)


def _member(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership", **options
    )


def _one_main(model):
    return migrations.AddConstraint(
        model,
        models.UniqueConstraint(
            condition=models.Q(is_main=True), fields=("predecessor",), name=f"{model}_one_main_successor"
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("agencies", "0005_accounts")]
    operations = [
        migrations.AddField("agencysuccession", "is_main", models.BooleanField(default=True)),
        migrations.AddField("unitsuccession", "is_main", models.BooleanField(default=True)),
        migrations.RunPython(parts_have_no_main_successor, migrations.RunPython.noop),
        _one_main("agencysuccession"),
        _one_main("unitsuccession"),
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                _ID,
                ("title", records.fields.Line(max_length=300, verbose_name="title")),
                ("number", records.fields.Line(blank=True, max_length=60, verbose_name="number of the decision")),
                ("issuing_body", records.fields.Line(blank=True, max_length=200, verbose_name="issuing body")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="day of the decision")),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="day it takes effect")),
                ("state", models.CharField(choices=_STATES, default="prepared", max_length=10)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("prepared_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("applied_entry", models.BigIntegerField(blank=True, null=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("undone_because", records.fields.Line(blank=True, max_length=300)),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reorganisations",
                        to="agencies.adminunit",
                        verbose_name="unit concerned",
                    ),
                ),
                ("prepared_by", _member()),
                ("applied_by", _member(blank=True, null=True)),
                ("undone_by", _member(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["scope", "state"], name="reorganisation_scope")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(state__in=["prepared", "applied", "undone"]),
                        name="reorganisation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(decided_on=None)
                        | models.Q(effective_on=None)
                        | models.Q(decided_on__lte=models.F("effective_on")),
                        name="reorganisation_decided_before_effect",
                        violation_error_message="The decision must not be made after the day it takes effect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state="prepared")
                        | (
                            ~models.Q(number="")
                            & models.Q(decided_on__isnull=False, effective_on__isnull=False)
                            & models.Q(applied_at__isnull=False, applied_by__isnull=False)
                        ),
                        name="reorganisation_applied_by_decision",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="undone")
                        | (
                            models.Q(undone_at__isnull=False, undone_by__isnull=False) & ~models.Q(undone_because="")
                        ),
                        name="reorganisation_undone_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReorganisationStep",
            fields=[
                _ID,
                ("position", models.PositiveSmallIntegerField()),
                ("subject", models.CharField(choices=_SUBJECTS, max_length=6)),
                ("kind", models.CharField(choices=_KINDS, max_length=10)),
                ("plan", models.JSONField(encoder=_JSON)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="agencies.reorganisation",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("act", "position"), name="reorganisationstep_one_place"),
                    models.CheckConstraint(
                        condition=models.Q(subject__in=["unit", "agency"]), name="reorganisationstep_subject_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(kind__in=["rename", "merge", "split", "close", "move"]),
                        name="reorganisationstep_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RowChange",
            fields=[
                _ID,
                ("position", models.PositiveIntegerField()),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("before", models.JSONField(encoder=_JSON, null=True)),
                ("after", models.JSONField(encoder=_JSON, null=True)),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="agencies.reorganisation",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [models.Index(fields=["table", "row"], name="rowchange_row")],
                "constraints": [
                    models.UniqueConstraint(fields=("act", "position"), name="rowchange_one_place"),
                    models.UniqueConstraint(fields=("act", "table", "row"), name="rowchange_row_once"),
                ],
            },
        ),
    ]
