"""Causes and figures of every target in a report, reports of parts with their own files, extensions asked for."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.deletion import PROTECT

from records.constraints import AppendOnly, Frozen, Lift
from records.fields import Prose

_ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def _quantity(**more):
    return models.DecimalField(decimal_places=2, max_digits=17, **more)


def _to(model, **more):
    return models.ForeignKey(to=model, on_delete=PROTECT, **more)


_OPTIONAL = {"blank": True, "null": True}
_REPORTS = AppendOnly("coordination_progressreport")


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0006_reorganisation"),
        ("coordination", "0013_workbooks"),
    ]
    operations = [
        Lift(_REPORTS),
        migrations.AddField("progressreport", "causes", Prose(blank=True, default=""), preserve_default=False),
        migrations.AddField("progressreport", "expected_on", models.DateField(**_OPTIONAL)),
        _REPORTS,
        migrations.CreateModel(
            name="ActualFigure",
            fields=[
                _ID,
                ("value_before", _quantity(**_OPTIONAL)),
                ("value", _quantity()),
                ("report", _to("coordination.progressreport", related_name="figures")),
                ("target", _to("coordination.target", related_name="figures")),
            ],
            options={
                "ordering": ["target__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "target"), name="actualfigure_target_once"),
                    models.CheckConstraint(condition=Q(value__gte=0), name="actualfigure_not_negative"),
                ],
            },
        ),
        AppendOnly("coordination_actualfigure"),
        migrations.CreateModel(
            name="PartReport",
            fields=[
                _ID,
                ("reported_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("result", Prose(blank=True)),
                ("obstacles", Prose(blank=True)),
                ("causes", Prose(blank=True)),
                ("proposal", Prose(blank=True)),
                ("expected_on", models.DateField(**_OPTIONAL)),
                ("value", _quantity(**_OPTIONAL)),
                ("is_done", models.BooleanField(default=False)),
                ("by", _to("agencies.membership", related_name="+")),
                ("role", _to("coordination.taskrole", related_name="part_reports")),
            ],
            options={
                "ordering": ["-entered_at", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(value=None) | Q(value__gte=0), name="partreport_value_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=~Q(value=None, result="", obstacles=""), name="partreport_says_something"
                    ),
                ],
            },
        ),
        AppendOnly("coordination_partreport"),
        migrations.AlterField(
            "evidence", "report", _to("coordination.progressreport", related_name="evidence", **_OPTIONAL)
        ),
        migrations.AddField("evidence", "part", _to("coordination.partreport", related_name="evidence", **_OPTIONAL)),
        migrations.AddConstraint(
            "evidence", models.UniqueConstraint(fields=("part", "file"), name="evidence_file_once_in_part")
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(report__isnull=False, part=None) | Q(report=None, part__isnull=False),
                name="evidence_proves_one_report",
            ),
        ),
        AppendOnly("coordination_evidence"),
        migrations.CreateModel(
            name="ExtensionRequest",
            fields=[
                _ID,
                ("due_on", models.DateField()),
                ("wanted_due_on", models.DateField()),
                ("reason", Prose()),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(**_OPTIONAL)),
                ("granted", models.BooleanField(null=True)),
                ("answer", Prose(blank=True)),
                ("withdrawn_at", models.DateTimeField(**_OPTIONAL)),
                ("by", _to("agencies.membership", related_name="+")),
                (
                    "change",
                    models.OneToOneField(
                        to="coordination.duedatechange",
                        on_delete=PROTECT,
                        related_name="extension_request",
                        **_OPTIONAL,
                    ),
                ),
                ("decided_by", _to("agencies.membership", related_name="+", **_OPTIONAL)),
                ("task", _to("coordination.task", related_name="extension_requests")),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=~Q(reason=""), name="extensionrequest_with_reason"),
                    models.CheckConstraint(
                        condition=Q(wanted_due_on__gt=F("due_on")), name="extensionrequest_asks_for_later"
                    ),
                    models.UniqueConstraint(
                        fields=("task",),
                        condition=Q(decided_at=None, withdrawn_at=None),
                        name="extensionrequest_one_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(decided_at=None, decided_by=None, granted=None, change=None)
                        | (
                            Q(decided_at__isnull=False, decided_by__isnull=False, withdrawn_at=None)
                            & (Q(granted=True, change__isnull=False) | (Q(granted=False, change=None) & ~Q(answer="")))
                        ),
                        name="extensionrequest_decided_whole",
                    ),
                ],
            },
        ),
        Frozen(
            "coordination_extensionrequest",
            ["task_id", "due_on", "wanted_due_on", "reason", "asked_at", "by_id"],
            ["decided_at", "decided_by_id", "granted", "change_id", "withdrawn_at"],
        ),
    ]
